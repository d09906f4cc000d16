//! Who may see, who may say what is confidential, and what is refused because it would tell.

use super::*;

#[tokio::test]
async fn whoever_may_not_see_is_refused_clearly_and_nothing_is_done() {
    let world = redacting().await;
    let told = told(&world).await;
    let write = world.key(world.ours, Scope::Write).await;
    let path = format!("/v1/calls/{}?reveal=true", told.call);
    let answer = world.call(&write, "GET", &path, Value::Null).await;
    assert!(answer.text.contains("`admin`"), "{}", answer.text);
    answer.refused(403, "forbidden");
    let replay = format!("/v1/runs/{}/replay?reveal=true", told.failed);
    world
        .call(&write, "POST", &replay, json!({"from": "start"}))
        .await
        .refused(403, "forbidden");
    let runs = ask(&world, "GET", "/v1/runs", Value::Null, 200).await;
    assert_eq!(runs["data"].as_array().unwrap().len(), 2);
    let odd = world
        .call(ROOT, "GET", "/v1/calls?reveal=maybe", Value::Null)
        .await;
    assert_eq!(odd.expect(422)["errors"][0]["path"], "reveal");
    let link = format!("/v1/calls/{}/recordings/1/link", told.call);
    world
        .call(&write, "POST", &link, json!({}))
        .await
        .refused(403, "forbidden");
    ask(
        &world,
        "POST",
        &format!("{link}?reveal=true"),
        json!({}),
        200,
    )
    .await;
}

#[tokio::test]
async fn a_search_that_would_find_confidential_values_is_refused() {
    let world = redacting().await;
    let write = world.key(world.ours, Scope::Write).await;
    for path in [
        "/v1/calls?search=415",
        "/v1/calls.csv?search=canary",
        "/v1/contacts?search=canary",
        "/v1/contacts/count?columns=%7B%22diagnosis%22%3A%22x%22%7D",
        "/v1/contacts.csv?search=canary",
    ] {
        let answer = world
            .call(&write, "GET", path, Value::Null)
            .await
            .expect(422);
        let message = answer["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains("reveal=true"), "{path}: {message}");
        let asked = format!("{path}&reveal=true");
        assert_eq!(
            world.call(ROOT, "GET", &asked, Value::Null).await.status,
            200,
            "{path}"
        );
    }
    let filter = json!({"filter": {"search": "415"}, "dry_run": true});
    world
        .call(&write, "POST", "/v1/calls/analyze", filter)
        .await
        .expect(422);
    world
        .call(
            &write,
            "GET",
            "/v1/calls?number=%2B14155558123",
            Value::Null,
        )
        .await
        .expect(200);
}

#[tokio::test]
async fn only_an_administrator_makes_a_variable_less_confidential() {
    let world = redacting().await;
    let write = world.key(world.ours, Scope::Write).await;
    let agents = ask(&world, "GET", "/v1/agents", Value::Null, 200).await;
    let path = format!("/v1/agents/{}", agents["data"][0]["id"].as_str().unwrap());
    let ssn = |more: Value| {
        let mut ssn = json!({"name": "ssn", "type": "text", "description": "The number"});
        ssn.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        ssn
    };
    for (less, name) in [
        (json!([]), "`ssn`"),
        (json!([ssn(json!({"from": ["social"]}))]), "`ssn`"),
        (json!([ssn(json!({"confidential": true}))]), "`social`"),
    ] {
        let less = json!({"variables": less});
        let refused = world.call(&write, "PATCH", &path, less).await;
        assert!(refused.text.contains(name), "{}", refused.text);
        refused.refused(403, "forbidden");
    }
    world
        .call(&write, "DELETE", &path, Value::Null)
        .await
        .refused(403, "forbidden");
    let more = json!({"variables": [
        ssn(json!({"from": ["social"], "confidential": true})),
        {"name": "income", "type": "number", "description": "Yearly", "confidential": true}]});
    world.call(&write, "PATCH", &path, more).await.expect(200);
    let known = ask(&world, "GET", "/v1/settings/redaction", Value::Null, 200).await;
    assert_eq!(known["variables"], json!(["income", "social", "ssn"]));
    ask(&world, "PATCH", &path, json!({"variables": []}), 200).await;
    let known = ask(&world, "GET", "/v1/settings/redaction", Value::Null, 200).await;
    assert_eq!(known["variables"], json!([]));
}
