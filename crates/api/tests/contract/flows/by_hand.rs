//! Flows run on calls by hand: on what a test would take, once unless it is wanted, and never behind anybody's back.

use super::*;
use api::Scope;

/// Sends a call that has ended; its id.
async fn call(world: &World, id: &str) -> String {
    let event = json!({"kind": "call.ended", "call": {"provider_call_id": id, "duration_s": 40, "analysis": {"summary": "said"}}});
    let sent = ask(world, "POST", "/v1/events", event).await.expect(202);
    sent["events"][0]["call_id"].as_str().unwrap().to_owned()
}

fn saves(name: &str, value: &str) -> Value {
    json!({"name": name, "on": ["call.ended"], "steps": [{"id": "keep", "set": {"found": value}}]})
}

async fn run(world: &World, flow: &str, body: Value) -> Answer {
    ask(world, "POST", &format!("{flow}/run"), body).await
}

/// A run that takes its steps at once, as it is kept.
async fn begun(world: &World, flow: &str, body: Value) -> Value {
    let begun = run(world, flow, body).await.expect(202);
    get(
        world,
        &format!("/v1/runs/{}", begun["id"].as_str().unwrap()),
    )
    .await
}

#[tokio::test]
async fn a_flow_made_after_a_call_runs_on_it_with_what_is_known_now() {
    let world = world().await;
    let call = call(&world, "c-1").await;
    // It reads what only a settled call knows, and nobody waited for that when the call ended.
    let flow = make(&world, saves("Late", "{{ summary }}")).await;
    let test = json!({"call_id": call});
    let shown = ask(&world, "POST", &format!("{flow}/test"), test).await;
    assert_eq!(shown.expect(200)["saved"]["found"], "said");
    let kept = begun(&world, &flow, json!({"call_id": "custom:c-1"})).await;
    assert_eq!(
        (&kept["status"], &kept["call"]["id"]),
        (&json!("succeeded"), &json!(call))
    );
    assert_eq!(kept["event"]["kind"], "call.ended");
    // Again only where that is said, and then on the same event.
    let again = run(&world, &flow, json!({"call_id": call})).await;
    let id = kept["id"].as_str().unwrap();
    assert!(
        again.text.contains(id) && again.text.contains("anyway"),
        "{}",
        again.text
    );
    again.refused(409, "not_now");
    let twice = begun(&world, &flow, json!({"call_id": call, "anyway": true})).await;
    assert_ne!(twice["id"], kept["id"]);
    assert_eq!(twice["event"]["id"], kept["event"]["id"]);
    // Nobody else starts on what was told to this flow alone.
    let other = make(&world, saves("Other", "{{ summary }}")).await;
    let caught = json!({"from": "2020-01-01T00:00:00Z"});
    let caught = ask(&world, "POST", &format!("{other}/catch-up"), caught).await;
    assert_eq!(caught.expect(200)["runs"], json!([]));
}

#[tokio::test]
async fn a_run_by_hand_is_on_the_newest_event_of_a_kind_that_starts_the_flow_however_many_came_since()
 {
    let world = world().await;
    let started = json!({"kind": "call.started", "call": {"provider_call_id": "c-1"}});
    ask(&world, "POST", "/v1/events", started).await.expect(202);
    let id = call(&world, "c-1").await;
    let mut flow = saves("Both", "{{ call_id }}");
    flow["on"] = json!(["call.started", "call.ended"]);
    let flow = make(&world, flow).await;
    let kept = begun(&world, &flow, json!({"call_id": id})).await;
    assert_eq!(kept["event"]["kind"], "call.ended");

    let tools = (0..501).map(|n| {
        let mut told = calls::samples::json(calls::Kind::ToolCalled);
        told["call"] = json!({"provider_call_id": "c-1"});
        let mut told = calls::generic::read(told).unwrap();
        told.dedupe = format!("tool {n}");
        told.tool.as_mut().unwrap().id = Some(n.to_string());
        told
    });
    let accepted = world.engine.accept(world.ours, None, tools.collect());
    accepted.await.unwrap();
    let again = json!({"call_id": id, "anyway": true});
    let kept = begun(&world, &flow, again).await;
    assert_eq!(kept["event"]["kind"], "call.ended");
}

#[tokio::test]
async fn a_run_by_hand_counts_when_its_flow_catches_up() {
    let world = world().await;
    let call = call(&world, "c-1").await;
    let flow = make(&world, saves("Early", "{{ call_id }}")).await;
    begun(&world, &flow, json!({"call_id": call})).await;
    let caught = json!({"from": "2020-01-01T00:00:00Z"});
    let caught = ask(&world, "POST", &format!("{flow}/catch-up"), caught)
        .await
        .expect(200);
    assert_eq!((&caught["runs"], &caught["done"]), (&json!([]), &json!(1)));
}

#[tokio::test]
async fn what_keeps_a_call_from_starting_a_flow_is_told_at_once_and_only_then_overridden() {
    let world = world().await;
    let call = call(&world, "c-1").await;
    let mut flow = saves("Long", "{{ call_id }}");
    flow["where"] = json!({"min_duration_s": 60});
    flow["enabled"] = json!(false);
    let flow = make(&world, flow).await;
    let refused = run(&world, &flow, json!({"call_id": call})).await;
    for why in ["the flow is off", "/where/min_duration_s", "anyway"] {
        assert!(refused.text.contains(why), "{why}: {}", refused.text);
    }
    refused.refused(409, "not_now");
    // Whoever may not switch a flow on runs none that is off.
    let operate = world.key(world.ours, Scope::Operate).await;
    let path = format!("{flow}/run");
    let anyway = json!({"call_id": call, "anyway": true});
    let refused = world.call(&operate, "POST", &path, anyway.clone()).await;
    refused.refused(403, "forbidden");
    let kept = begun(&world, &flow, anyway).await;
    assert_eq!(kept["status"], "succeeded");
}

#[tokio::test]
async fn a_flow_that_cannot_run_on_the_call_does_not_whatever_is_said() {
    let world = world().await;
    let call = call(&world, "c-1").await;
    let on = |kind: &str| {
        let steps = json!([{"id": "keep", "set": {"x": 1}}]);
        json!({"name": kind, "on": [kind], "steps": steps})
    };
    for (flow, why) in [
        (on("tool.called"), "tool.called"),
        (on("run.failed"), "watches other flows"),
    ] {
        let flow = make(&world, flow).await;
        let refused = run(&world, &flow, json!({"call_id": call, "anyway": true})).await;
        assert!(refused.text.contains(why), "{}", refused.text);
        refused.refused(409, "not_now");
    }
    let flow = make(&world, saves("Flow", "{{ call_id }}")).await;
    run(&world, &flow, json!({"call_id": "custom:c-2"}))
        .await
        .refused(404, "not_found");
    run(&world, &flow, json!({"call": call}))
        .await
        .refused(422, "invalid_request");
    // Their call of the same id does not make the flow theirs.
    let key = world.key(world.theirs, Scope::Write).await;
    let event = json!({"kind": "call.ended", "call": {"provider_call_id": "c-1"}});
    let ingest = world.key(world.theirs, Scope::Ingest).await;
    let sent = world.call(&ingest, "POST", "/v1/events", event).await;
    sent.expect(202);
    let path = format!("{flow}/run");
    let asked = json!({"call_id": "custom:c-1"});
    let foreign = world.call(&key, "POST", &path, asked).await;
    foreign.refused(404, "not_found");
}

#[tokio::test]
async fn a_call_tells_its_parent_its_children_and_others_of_its_session() {
    let world = world().await;
    let told = |id: &str, parent: Value, session: Value, to: &str| {
        json!({"kind": "call.ended", "call": {"provider_call_id": id, "parent_id": parent, "session_id": session,
            "from": "+14155552671", "to": to}})
    };
    let none = Value::Null;
    for event in [
        told("first", none.clone(), json!("s-1"), "+14155550100"),
        told("leg", json!("first"), json!("s-1"), "+14155550101"),
        told("beside", none.clone(), json!("s-1"), "+14155550102"),
        told("stranger", none, json!("s-2"), "+14155550100"),
    ] {
        ask(&world, "POST", "/v1/events", event).await.expect(202);
    }
    let related = async |id: &str| {
        let call = get(&world, &format!("/v1/calls/custom:{id}")).await;
        let related = call["related"].as_array().unwrap().iter();
        let related = related.map(|each| {
            (
                each["relation"].clone(),
                each["call"]["provider_call_id"].clone(),
            )
        });
        related
            .map(|(relation, id)| format!("{relation} {id}").replace('"', ""))
            .collect::<Vec<_>>()
    };
    assert_eq!(related("first").await, ["child leg", "session beside"]);
    assert_eq!(related("leg").await, ["parent first", "session beside"]);
    assert_eq!(related("beside").await, ["session first", "session leg"]);
    assert!(related("stranger").await.is_empty());
}
