//! What is said to be confidential, and that nobody writes the mask over a value.

use super::*;

async fn hide_nothing(world: &World) {
    let none = json!({"fields": []});
    ask(world, "PUT", "/v1/settings/redaction", none, 200).await;
}

#[tokio::test]
async fn fields_are_checked_kept_over_the_version_that_was_seen_and_told_in_the_audit_log() {
    let world = redacting().await;
    let wrong = json!({"fields": ["from", "ssn", "contact."]});
    let refused = ask(&world, "PUT", "/v1/settings/redaction", wrong, 422).await;
    assert_eq!(refused["errors"][0]["path"], "/fields/1");
    assert_eq!(refused["errors"][1]["path"], "/fields/2");
    let known = world
        .call(ROOT, "GET", "/v1/settings/redaction", Value::Null)
        .await;
    assert_eq!(known.headers["etag"], "\"2\"");
    let known = known.expect(200);
    assert_eq!(known["fields"].as_array().unwrap().len(), 7);
    hide_nothing(&world).await;
    let entries = ask(&world, "GET", "/v1/audit?what=redaction", Value::Null, 200).await;
    assert_eq!(entries["data"][0]["action"], "changed");
}

#[tokio::test]
async fn with_nothing_confidential_answers_are_as_they_were() {
    let world = redacting().await;
    let told = told(&world).await;
    let write = world.key(world.ours, Scope::Write).await;
    let path = format!("/v1/runs/{}", told.failed);
    let masked = world.call(&write, "GET", &path, Value::Null).await;
    assert!(masked.text.contains("[redacted]"));
    hide_nothing(&world).await;
    let agents = ask(&world, "GET", "/v1/agents", Value::Null, 200).await;
    let agent = format!("/v1/agents/{}", agents["data"][0]["id"].as_str().unwrap());
    ask(&world, "DELETE", &agent, Value::Null, 204).await;
    let whole = world.call(&write, "GET", &path, Value::Null).await;
    assert!(whole.text.contains(SSN) && !whole.text.contains("[redacted]"));
}

#[tokio::test]
async fn a_contact_that_is_saved_unseen_keeps_its_values() {
    let world = redacting().await;
    let told = told(&world).await;
    let operate = world.key(world.ours, Scope::Operate).await;
    let path = format!("/v1/contacts/{}", told.contact);
    let seen = world
        .call(&operate, "GET", &path, Value::Null)
        .await
        .expect(200);
    let mut saved = json!({"phone": seen["phone"], "email": seen["email"], "columns": seen["columns"], "company": "New"});
    assert_eq!(saved["email"], "[redacted]");
    world
        .call(&operate, "PUT", &path, saved.take())
        .await
        .expect(200);
    let table = "phone,email,diagnosis\n+14155558123,[redacted],[redacted]\n";
    let request = Request::post("/v1/contacts/import?mode=update")
        .header("host", "hooks.example")
        .header("authorization", format!("Bearer {operate}"))
        .header("content-type", "text/csv");
    let answer = world.send(request.body(Body::from(table)).unwrap()).await;
    assert_eq!(answer.expect(200)["unchanged"], 1);
    let kept = ask(
        &world,
        "GET",
        &format!("{path}?reveal=true"),
        Value::Null,
        200,
    )
    .await;
    assert_eq!(
        (&kept["email"], &kept["company"]),
        (&json!("canary+x@example.com"), &json!("New"))
    );
    assert_eq!(kept["columns"], json!({"diagnosis": "canary diabetes"}));
}

#[tokio::test]
async fn an_event_that_was_not_seen_whole_is_not_replayed() {
    let world = redacting().await;
    let told = told(&world).await;
    let path = format!("/v1/events/{}/payload?shape=event", told.event);
    let event = ask(&world, "GET", &path, Value::Null, 200).await;
    let replay = json!({"from": "start", "event": event});
    let path = format!("/v1/runs/{}/replay", told.failed);
    let refused = ask(&world, "POST", &path, replay, 422).await;
    assert_eq!(refused["errors"][0]["path"], "/event/call/from");
}
