//! Trying things out over HTTP: samples, expressions, conditions.
use crate::world::{World, world};
use api::Scope;
use serde_json::{Value, json};

const ROOT: &str = "root-key-of-the-tests";

async fn get(world: &World, path: &str) -> Value {
    world.call(ROOT, "GET", path, Value::Null).await.expect(200)
}

async fn post(world: &World, path: &str, body: Value) -> Value {
    world.call(ROOT, "POST", path, body).await.expect(200)
}

fn variable<'a>(sample: &'a Value, path: &str) -> &'a Value {
    let all = sample["variables"].as_array().unwrap();
    let found = all.iter().find(|variable| variable["path"] == path);
    found.unwrap_or_else(|| panic!("no {path}"))
}

#[tokio::test]
async fn every_kind_has_a_sample_and_moments_of_calls_can_be_sent_as_they_are() {
    let world = world().await;
    let kinds = get(&world, "/v1/samples").await;
    assert_eq!(kinds.as_array().unwrap().len(), 17);
    for kind in kinds.as_array().unwrap() {
        let kind = kind["kind"].as_str().unwrap();
        let sample = get(&world, &format!("/v1/samples/{kind}")).await;
        assert_eq!(sample["payload"]["type"], kind);
        let sent = world.call(ROOT, "POST", "/v1/events", sample["event"].clone());
        let sent = sent.await;
        if !kind.starts_with("call.") && !kind.starts_with("tool.") {
            sent.refused(422, "invalid_event");
        } else {
            assert_eq!(sent.expect(202)["accepted"], 1, "{kind}");
        }
    }
}

#[tokio::test]
async fn a_past_call_shows_what_flows_saw_of_it() {
    let world = world().await;
    let sample = get(&world, "/v1/samples/call.ended").await;
    let mut event = sample["event"].clone();
    event["call"]["contact"]["first_name"] = "Grace".into();
    let sent = world.call(ROOT, "POST", "/v1/events", event).await;
    let call = sent.expect(202)["events"][0]["call_id"].clone();
    let call = call.as_str().unwrap();
    for id in [call, "custom:c-123"] {
        let path = format!("/v1/calls/{id}/payload?kind=call.ended");
        let shown = get(&world, &path).await;
        let name = variable(&shown, "contact.first_name");
        assert_eq!(name["value"], "Grace");
        assert_eq!(name["insert"], "{{ contact.first_name }}");
        assert_eq!(name["group"], "contact");
        assert_eq!(variable(&shown, "call_id")["value"], call);
        assert_eq!(shown["payload"]["data"]["id"], call);
        let view = variable(&shown, "callInfo.from");
        assert_eq!(view["insert"], "${callInfo.from}");
    }
    let path = format!("/v1/calls/{call}/payload");
    get(&world, &path).await;
    for (kind, status, code) in [
        ("call.dialing", 404, "not_found"),
        ("call.over", 422, "invalid_request"),
    ] {
        let path = format!("{path}?kind={kind}");
        let refused = world.call(ROOT, "GET", &path, Value::Null).await;
        refused.refused(status, code);
    }
}

#[tokio::test]
async fn an_expression_is_previewed_on_a_sample_a_call_or_an_event_of_ones_own() {
    let world = world().await;
    let path = "/v1/expressions";
    let shown = post(
        &world,
        path,
        json!({"text": "Hi {{ contact.first_name }}, ${callInfo.from}"}),
    )
    .await;
    assert_eq!(shown["text"], "Hi Ada, +15550100");
    assert_eq!(
        (&shown["warnings"], &shown["problems"]),
        (&json!([]), &json!([]))
    );
    let shown = post(
        &world,
        path,
        json!({"text": "{{ item.price * 2 }}", "as": "json", "kind": "call.started", "saved": {"item": {"price": 3}}}),
    );
    assert_eq!(shown.await["value"], 6);
    let event = json!({"kind": "call.ended", "call": {"provider_call_id": "c", "duration_s": 90}});
    let body = json!({"text": "duration > 60", "as": "condition", "event": event});
    assert_eq!(post(&world, path, body).await["value"], true);
}

#[tokio::test]
async fn an_expression_with_problems_says_where_they_are_in_utf_16() {
    let world = world().await;
    let body = json!({"text": "𝄞 {{ summary | uper }} {{ outcome.x }}", "kind": "call.dialing"});
    let shown = post(&world, "/v1/expressions", body).await;
    assert_eq!(shown["value"], Value::Null);
    let problem = &shown["problems"][0];
    assert_eq!(
        (&problem["from"], &problem["to"]),
        (&json!(16), &json!(20)),
        "{shown}"
    );
    let body = json!({"text": "{{ outcome.x }}", "kind": "call.dialing"});
    let shown = post(&world, "/v1/expressions", body).await;
    let message = shown["problems"][0]["message"].as_str().unwrap();
    assert!(message.contains("only after the call"), "{message}");
    let body = json!({"text": "{{ secrets.crm }} {{ contract.x }}"});
    let shown = post(&world, "/v1/expressions", body).await;
    assert_eq!(shown["text"], "‹secret:crm› ");
    let message = shown["warnings"][0]["message"].as_str().unwrap();
    assert!(message.contains("did you mean `contact`"), "{message}");
}

#[tokio::test]
async fn what_is_wrong_with_the_question_itself_is_refused_with_its_path() {
    let world = world().await;
    let cases = [
        (json!({"text": "x", "as": "sql"}), "/as"),
        (json!({"text": "x", "kind": "call.over"}), "/kind"),
        (
            json!({"text": "x", "kind": "call.ended", "event": {}}),
            "/event",
        ),
        (
            json!({"text": "x", "event": {"kind": "call.ended", "call": {}}}),
            "/event/call/provider_call_id",
        ),
    ];
    for (body, path) in cases {
        let answer = world.call(ROOT, "POST", "/v1/expressions", body).await;
        assert_eq!(answer.status, 422, "{path}: {}", answer.text);
        assert_eq!(answer.json()["errors"][0]["path"], path, "{}", answer.text);
    }
}

/// Attack 59.
#[tokio::test]
async fn a_call_of_another_workspace_cannot_be_tried_out_on() {
    let world = world().await;
    let theirs = world.key(world.theirs, Scope::Admin).await;
    let sample = get(&world, "/v1/samples/call.ended").await;
    let sent = world.call(&theirs, "POST", "/v1/events", sample["event"].clone());
    let call = sent.await.expect(202)["events"][0]["call_id"].clone();
    let body = json!({"text": "{{ summary }}", "call_id": call});
    let mine = world
        .call(&theirs, "POST", "/v1/expressions", body.clone())
        .await;
    assert!(mine.expect(200)["text"].as_str().unwrap().contains("demo"));
    let foreign = world.call(ROOT, "POST", "/v1/expressions", body).await;
    foreign.refused(404, "not_found");
}

#[tokio::test]
async fn a_condition_is_converted_both_ways() {
    let world = world().await;
    let path = "/v1/conditions";
    let text = "outcome.interested == true and (duration > 60 or not summary is_empty)";
    let shown = post(&world, path, json!({ "text": text })).await;
    let tree = shown["tree"].clone();
    assert_eq!(
        tree["all"][1]["any"][1],
        json!({"not": {"left": "summary", "operator": "is_empty"}})
    );
    let back = post(&world, path, json!({ "tree": tree })).await;
    assert_eq!(back["text"], text);
    let wrong = json!({"tree": {"all": [{"left": "a", "operator": "~", "right": "b"}]}});
    let answer = world.call(ROOT, "POST", path, wrong).await;
    assert_eq!(answer.json()["errors"][0]["path"], "/tree/all/0/operator");
    answer.refused(422, "invalid_request");
    for wrong in [
        json!({"text": "a ==", }),
        json!({}),
        json!({"text": "a", "tree": {}}),
    ] {
        let answer = world.call(ROOT, "POST", path, wrong).await;
        answer.refused(422, "invalid_request");
    }
}

#[tokio::test]
async fn an_event_of_ones_own_shows_its_variables() {
    let world = world().await;
    let sample = get(&world, "/v1/samples/call.ended").await;
    let mut event = sample["event"].clone();
    event["call"]["contact"]["first_name"] = "Grace".into();
    let shown = post(&world, "/v1/samples", event.clone()).await;
    assert_eq!(variable(&shown, "contact.first_name")["value"], "Grace");
    assert_eq!(shown["event"], event);
    event["kind"] = "call.over".into();
    let refused = world.call(ROOT, "POST", "/v1/samples", event).await;
    refused.refused(422, "invalid_event");
    let calls = get(&world, "/v1/calls").await;
    assert_eq!(calls["data"], json!([]));
}

#[tokio::test]
async fn all_filters_are_listed_with_how_many_arguments_they_take() {
    let world = world().await;
    let filters = get(&world, "/v1/filters").await;
    let find = |name: &str| {
        let all = filters.as_array().unwrap();
        all.iter().find(|filter| filter["name"] == name).cloned()
    };
    let truncate = json!({"name": "truncate", "required": 1, "optional": 1});
    assert_eq!(find("truncate"), Some(truncate));
    assert!(find("phone").is_some());
}
