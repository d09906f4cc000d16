//! Recipes of one's own: what is checked, what becomes of a flow, their schema.

use super::*;

#[tokio::test]
async fn a_recipe_is_checked_before_it_is_kept_and_nobody_overwrites_one_unseen() {
    let desk = desk().await;
    let mut wrong = recipe("hook");
    wrong["flow"]["steps"][0]["with"]["json"] = json!("[[sad]]");
    let refused = desk.ask("POST", "/v1/recipes", wrong).await;
    let errors = refused.json()["errors"].to_string();
    refused.refused(422, "invalid_recipe");
    assert!(errors.contains("/flow/steps/0/with/json"), "{errors}");
    let made = desk.ask("POST", "/v1/recipes", recipe("hook")).await;
    let etag = made.headers["etag"].to_str().unwrap().to_owned();
    let id = made.expect(201)["id"].as_str().unwrap().to_owned();
    desk.ask("POST", "/v1/recipes", recipe("hook"))
        .await
        .refused(409, "already_exists");
    desk.ask("POST", "/v1/recipes", recipe("crm-lead"))
        .await
        .refused(409, "already_exists");
    let mut changed = recipe("hook");
    changed["name"] = "Other".into();
    let put = |tag: &str, path: String| {
        let request = http::Request::put(path)
            .header("authorization", format!("Bearer {}", desk.ours))
            .header("content-type", "application/json")
            .header("if-match", tag);
        request
            .body(axum::body::Body::from(changed.to_string()))
            .unwrap()
    };
    let path = format!("/v1/recipes/{id}");
    let saved = desk.world.send(put(&etag, path.clone())).await.expect(200);
    assert_eq!(
        (&saved["name"], &saved["version"]),
        (&json!("Other"), &json!(2))
    );
    desk.world
        .send(put(&etag, path.clone()))
        .await
        .refused(412, "version_conflict");
    for (method, path) in [
        ("PUT", "/v1/recipes/crm-lead"),
        ("DELETE", "/v1/recipes/crm-lead"),
    ] {
        desk.ask(method, path, recipe("crm-lead"))
            .await
            .refused(409, "not_now");
    }
    desk.ask("DELETE", &path, Value::Null).await.expect(204);
    desk.ask("GET", &path, Value::Null)
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn a_flow_becomes_a_recipe_without_what_belongs_to_its_workspace() {
    let desk = desk().await;
    let flow = json!({ "name": "Lead", "on": ["call.ended"], "where": { "agents": ["Sarah"] }, "cases": [],
        "steps": [{ "id": "a", "do": "http.request", "with": { "url": "https://example.com/", "auth": "{{ secrets.crm_key }}" } }] });
    let id = desk.ask("POST", "/v1/flows", flow).await.expect(201)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/v1/flows/{id}/recipe");
    let made = desk
        .ask(
            "POST",
            &path,
            json!({ "category": "crm", "description": "Makes a lead." }),
        )
        .await
        .expect(201);
    assert_eq!(
        (&made["key"], &made["category"]),
        (&json!("lead"), &json!("crm"))
    );
    let kinds: Vec<&str> = made["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|input| input["type"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["secret", "agents"]);
    assert_eq!(
        made["document"]["flow"]["steps"][0]["with"]["auth"],
        "{{ secrets.[[crm_key]] }}"
    );
    assert_eq!(made["document"]["flow"].get("key"), None);
    let again = desk.ask("POST", &path, json!({})).await.expect(201);
    assert_eq!(again["key"], "lead-2");
    desk.ask("POST", &path, json!({ "key": "lead" }))
        .await
        .refused(409, "already_exists");
    desk.ask("POST", &path, json!({ "category": "leads" }))
        .await
        .refused(422, "invalid_recipe");
    let installed = json!({ "inputs": { "crm_key": "other_key", "agents": ["Tom"] } });
    let flow = desk
        .ask("POST", "/v1/recipes/lead/install", installed)
        .await
        .expect(201);
    assert_eq!(flow["document"]["where"]["agents"], json!(["Tom"]));
    assert_eq!(
        flow["document"]["steps"][0]["with"]["auth"],
        "{{ secrets.other_key }}"
    );
}

#[tokio::test]
async fn the_schema_of_recipes_is_served() {
    let desk = desk().await;
    let schema = desk
        .world
        .call("", "GET", "/schema/recipe.json", Value::Null)
        .await;
    assert_eq!(schema.headers["content-type"], "application/schema+json");
    assert_eq!(schema.expect(200)["title"], "Recipe");
}
