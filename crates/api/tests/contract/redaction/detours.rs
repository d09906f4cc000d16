//! Values that are reached by a detour: through a request that names its call in its body, and through what was said before a
//! correction.

use super::*;

#[tokio::test]
async fn a_refusal_to_run_a_flow_on_a_call_quotes_no_confidential_value() {
    let world = redacting().await;
    let told = told(&world).await;
    let flow = json!({"name": "Other", "on": ["call.ended"], "where": {"numbers": ["+491234567"], "if": "outcome.ssn == 'x'"},
        "steps": [{"id": "a", "set": {"b": 1}}]});
    let flow = ask(&world, "POST", "/v1/flows", flow, 201).await;
    let key = world.key(world.ours, Scope::Operate).await;
    let path = format!("/v1/flows/{}/run", flow["id"].as_str().unwrap());
    let call = json!({"call_id": told.call});
    let answer = world.call(&key, "POST", &path, call).await;
    assert_eq!(answer.status, 409, "{}", answer.text);
    assert!(answer.text.contains("[redacted]"), "{}", answer.text);
    is_clean(&path, &answer.text);
}

#[tokio::test]
async fn the_audit_log_names_a_call_that_a_body_named() {
    let world = redacting().await;
    let told = told(&world).await;
    let admin = world.key(world.ours, Scope::Admin).await;
    let question = json!({"text": "{{ outcome.ssn }}", "call_id": "custom:c-1"});
    let path = "/v1/expressions?reveal=true";
    let answer = world.call(&admin, "POST", path, question).await.expect(200);
    assert_eq!(answer["value"], SSN);
    let entries = ask(
        &world,
        "GET",
        "/v1/audit?action=revealed&what=call",
        Value::Null,
        200,
    )
    .await;
    assert_eq!(entries["data"][0]["id"], told.call);
}

#[tokio::test]
async fn a_message_hides_what_it_told_before_a_correction() {
    let world = redacting().await;
    let fields = json!({"fields": ["variables.card"]});
    ask(&world, "PUT", "/v1/settings/redaction", fields, 200).await;
    let told = told(&world).await;
    let mut correction = call("c-1");
    correction["call"]["variables"]["card"] = "5500000000000004".into();
    ask(&world, "POST", "/v1/events", correction, 202).await;
    let key = world.key(world.ours, Scope::Read).await;
    let path = format!("/v1/calls/{}", told.call);
    let now = ask(
        &world,
        "GET",
        &format!("{path}?reveal=true"),
        Value::Null,
        200,
    )
    .await;
    assert_eq!(now["snapshot"]["variables"]["card"], "5500000000000004");
    let path = format!("{path}/messages");
    let text = world
        .call(&key, "GET", &path, Value::Null)
        .await
        .expect(200)
        .to_string();
    assert!(text.contains("canary diabetes"), "{text}");
    assert!(!text.contains("4111222233334444"), "{text}");
}

#[tokio::test]
async fn what_is_left_of_a_run_without_its_payload_is_hidden_whole_and_its_call_is_shown() {
    let world = redacting().await;
    let fields = json!({"fields": ["variables.card"]});
    ask(&world, "PUT", "/v1/settings/redaction", fields, 200).await;
    let told = told(&world).await;
    let later = world.engine.now() + jiff::SignedDuration::from_hours(24);
    let calls = [told.call.parse().unwrap()];
    world.engine.store().prune(&calls, later).await.unwrap();
    let key = world.key(world.ours, Scope::Read).await;
    let get = async |path: String| {
        world
            .call(&key, "GET", &path, Value::Null)
            .await
            .expect(200)
    };
    let run = get(format!("/v1/runs/{}", told.failed)).await;
    assert_eq!(run["error"], "[redacted]");
    assert_eq!(
        (&run["flow"]["name"], &run["call"]["id"]),
        (&json!("Tell"), &json!(told.call))
    );
    let call = get(format!("/v1/calls/{}", told.call)).await;
    assert_eq!(call["snapshot"]["variables"]["lead"], "fair");
}
