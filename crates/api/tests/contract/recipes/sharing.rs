//! Recipes handed on: by link and by file.

use super::*;

#[tokio::test]
async fn another_workspace_takes_a_copy_by_link_until_it_is_taken_back() {
    let desk = desk().await;
    desk.ask("POST", "/v1/recipes", recipe("hook"))
        .await
        .expect(201);
    let shared = desk
        .ask("POST", "/v1/recipes/hook/share", json!({ "days": 7 }))
        .await
        .expect(201);
    let link = shared["link"].as_str().unwrap().to_owned();
    assert!(
        link.starts_with("https://hooks.example/recipes?link=share_"),
        "{link}"
    );
    assert!(desk.get("/v1/recipes/hook").await["shared_until"].is_string());
    assert!(
        !desk
            .get("/v1/recipes/hook")
            .await
            .to_string()
            .contains(&link[link.len() - 64..])
    );
    let import = |link: String| {
        let body = json!({ "link": link });
        desk.world
            .call(&desk.theirs, "POST", "/v1/recipes/import", body)
    };
    let copy = import(link.clone()).await.expect(201);
    assert_eq!(
        (&copy["key"], &copy["source"]),
        (&json!("hook"), &json!("imported"))
    );
    assert_eq!(copy["shared_until"], Value::Null);
    // Once more it stands beside the first.
    assert_eq!(import(link.clone()).await.expect(201)["key"], "hook-2");
    // What was taken in is looked at before it is switched on.
    let on = json!({ "inputs": { "url": "https://example.com/" }, "enabled": true });
    let path = "/v1/recipes/hook/install";
    desk.world
        .call(&desk.theirs, "POST", path, on.clone())
        .await
        .refused(409, "not_now");
    let off = json!({ "inputs": { "url": "https://example.com/" } });
    let flow = desk
        .world
        .call(&desk.theirs, "POST", path, off)
        .await
        .expect(201);
    assert_eq!(flow["enabled"], false);
    for (link, status) in [
        ("x", 422),
        ("share_0", 422),
        (&*link.replace("share_0", "share_1"), 404),
        (&*format!("{}{}", &link[..link.len() - 4], "0000"), 404),
    ] {
        assert_eq!(import(link.to_owned()).await.status, status, "{link}");
    }
    // A new link takes the place of the one before, and a change of the recipe leaves the link alone.
    let second = desk
        .ask("POST", "/v1/recipes/hook/share", json!({}))
        .await
        .expect(201);
    let second = second["link"].as_str().unwrap().to_owned();
    import(link).await.refused(404, "not_found");
    desk.ask("PUT", "/v1/recipes/hook", recipe("hook"))
        .await
        .expect(200);
    import(second.clone()).await.expect(201);
    desk.ask("DELETE", "/v1/recipes/hook/share", Value::Null)
        .await
        .expect(204);
    import(second).await.refused(404, "not_found");
    desk.ask("POST", "/v1/recipes/hook/share", json!({ "days": 0 }))
        .await
        .refused(422, "invalid_request");
    desk.ask("POST", "/v1/recipes/crm-lead/share", json!({}))
        .await
        .refused(409, "not_now");
}

#[tokio::test]
async fn a_copy_by_link_says_no_name_of_the_workspace_that_shares() {
    let desk = desk().await;
    let flow = json!({ "name": "Lead", "on": ["call.ended"], "where": { "agents": ["Sarah of Sales"] },
        "steps": [{ "id": "a", "do": "http.request", "with": { "url": "https://example.com/", "auth": "{{ secrets.crm_key }}" } }] });
    let flow = desk.ask("POST", "/v1/flows", flow).await.expect(201);
    let path = format!("/v1/flows/{}/recipe", flow["id"].as_str().unwrap());
    let made = desk.ask("POST", &path, json!({})).await.expect(201);
    assert_eq!(made["inputs"][0]["example"], "crm_key");
    let shared = desk
        .ask("POST", "/v1/recipes/lead/share", json!({}))
        .await
        .expect(201);
    let body = json!({ "link": shared["link"] });
    let copy = desk
        .world
        .call(&desk.theirs, "POST", "/v1/recipes/import", body)
        .await
        .expect(201);
    for input in copy["document"]["inputs"].as_array().unwrap() {
        assert_eq!(input.get("example"), None, "{input}");
    }
    assert!(!copy.to_string().contains("Sarah"), "{copy}");
}

#[tokio::test]
async fn a_file_is_taken_in_under_a_key_that_is_free() {
    let desk = desk().await;
    let exported = desk.get("/v1/recipes/crm-lead").await["document"].clone();
    let import =
        |recipe: &Value| desk.ask("POST", "/v1/recipes/import", json!({ "recipe": recipe }));
    let copy = import(&exported).await.expect(201);
    assert_eq!(
        (&copy["key"], &copy["source"]),
        (&json!("crm-lead-2"), &json!("imported"))
    );
    assert_eq!(copy["document"]["flow"], exported["flow"]);
    import(&json!({ "key": "a" }))
        .await
        .refused(422, "invalid_recipe");
    let both = json!({ "recipe": exported, "link": "x" });
    desk.ask("POST", "/v1/recipes/import", both)
        .await
        .refused(422, "invalid_request");
    let mut large = recipe("large");
    large["description"] = "x".repeat(2_001).into();
    let refused = import(&large).await;
    assert!(
        refused.text.contains("/recipe/description"),
        "{}",
        refused.text
    );
    let mut huge = recipe("huge");
    huge["cases"] = json!([{ "name": "x".repeat(300_000) }]);
    let refused = import(&huge).await;
    assert!(refused.text.contains("at most 262144"), "{}", refused.text);
}
