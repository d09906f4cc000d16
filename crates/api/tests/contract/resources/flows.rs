//! Flows saved, patched, switched, copied, deleted and checked.

use super::*;

#[tokio::test]
async fn a_flow_is_saved_patched_switched_copied_and_deleted() {
    let world = world().await;
    let created = world.call(ROOT, "POST", "/v1/flows", flow()).await;
    assert_eq!(created.headers["etag"], "\"1\"");
    let created = created.expect(201);
    let path = format!("/v1/flows/{}", created["id"].as_str().unwrap());
    let patched = world
        .call(ROOT, "PATCH", &path, json!({"name": "Lead 2"}))
        .await
        .expect(200);
    assert_eq!(
        (&patched["name"], &patched["version"]),
        (&json!("Lead 2"), &json!(2))
    );
    let stale = Request::put(&path)
        .header("authorization", format!("Bearer {ROOT}"))
        .header("if-match", "\"1\"");
    let stale = stale
        .header("content-type", "application/json")
        .body(Body::from(flow().to_string()));
    world
        .send(stale.unwrap())
        .await
        .refused(412, "version_conflict");
    let disabled = world
        .call(ROOT, "POST", &format!("{path}/disable"), Value::Null)
        .await
        .expect(200);
    assert_eq!(disabled["enabled"], false);
    let copy = world
        .call(ROOT, "POST", &format!("{path}/duplicate"), Value::Null)
        .await
        .expect(201);
    assert_eq!(
        (&copy["name"], &copy["enabled"]),
        (&json!("Lead 2 (copy)"), &json!(false))
    );
    let versions = get(&world, &format!("{path}/versions")).await;
    assert_eq!(versions["data"].as_array().unwrap().len(), 2);
    assert_eq!(
        get(&world, &format!("{path}/versions/1")).await["name"],
        "Lead"
    );
    world
        .call(ROOT, "DELETE", &path, Value::Null)
        .await
        .expect(204);
    world
        .call(ROOT, "GET", &path, Value::Null)
        .await
        .refused(404, "not_found");
    world
        .call(ROOT, "POST", "/v1/flows", json!({"name": 7}))
        .await
        .refused(422, "invalid_flow");
    let checked = world
        .call(ROOT, "POST", "/v1/flows/check", json!({"name": 7}))
        .await
        .expect(200);
    assert!(!checked["problems"].as_array().unwrap().is_empty());
    assert_eq!(checked["settles"], Value::Null);
}

#[tokio::test]
async fn a_check_says_whether_a_flow_waits_for_the_outcome() {
    let world = world().await;
    for (condition, settles) in [("duration > 5", false), ("outcome.interested", true)] {
        let flow = json!({"name": "f", "on": ["call.ended"], "where": {"if": condition}, "steps": [{"set": {"x": 1}}]});
        let checked = world.call(ROOT, "POST", "/v1/flows/check", flow).await;
        assert_eq!(checked.expect(200)["settles"], settles, "{condition}");
    }
}

#[tokio::test]
async fn a_step_made_from_an_actions_own_examples_is_valid() {
    let world = world().await;
    let actions = get(&world, "/v1/actions").await;
    assert!(actions.as_array().unwrap().len() >= 2);
    for action in actions.as_array().unwrap() {
        let mut groups = std::collections::BTreeSet::new();
        let fields = action["fields"].as_array().unwrap().iter();
        // A second connection is one of the workspace's own.
        let fields = fields.filter(|field| field["name"] != "fallback_connection");
        let given = fields.filter(|field| match field["group"].as_str() {
            Some(group) => groups.insert(group),
            None => true,
        });
        let pair = |field: &Value| {
            let name = field["name"].as_str().unwrap().to_owned();
            (name, field["example"].clone())
        };
        let with: serde_json::Map<_, _> = given.map(pair).collect();
        // Some examples speak of an appointment that an earlier step made.
        let event =
            json!({"id": "event", "do": "http.request", "with": {"url": "https://e.example/"}});
        let flow = json!({"name": "f", "on": ["call.ended"], "steps": [event, {"do": action["name"], "with": with}]});
        let checked = world.call(ROOT, "POST", "/v1/flows/check", flow).await;
        assert_eq!(checked.expect(200)["problems"], json!([]), "{action:#}");
    }
}
