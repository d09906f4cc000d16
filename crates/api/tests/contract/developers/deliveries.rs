//! Deliveries that are found, and done again.

use super::{blocked_flow, get, post, until};
use crate::world::world;
use serde_json::{Value, json};

#[tokio::test]
async fn deliveries_are_found_by_destination_and_the_failed_ones_are_done_again() {
    let world = world().await;
    let flow = blocked_flow(&world).await;
    let event =
        json!({"kind": "call.ended", "call": {"provider_call_id": "c-1", "to": "+15550101"}});
    post(&world, "/v1/events", event, 202).await;
    until(&world, "/v1/runs?status=failed", |runs| {
        runs["data"][0].is_object()
    })
    .await;
    let found = get(
        &world,
        &format!("/v1/deliveries?destination=127.0.0.1:9&result=failed&flow={flow}"),
    )
    .await;
    assert_eq!(found["data"][0]["destination"], "127.0.0.1:9", "{found}");
    assert_eq!(found["data"][0]["error"], "blocked");
    assert_eq!((&found["runs"], &found["next"]), (&json!(1), &Value::Null));
    let blocked = get(&world, "/v1/deliveries?answer=blocked").await;
    assert_eq!(blocked["data"].as_array().unwrap().len(), 1);
    for none in [
        "destination=elsewhere.example",
        "result=ok",
        "answer=5xx",
        "answer=404",
    ] {
        let none = get(&world, &format!("/v1/deliveries?{none}")).await;
        assert_eq!(none["data"], json!([]));
    }
    let wanted = json!({"filter": {"destination": "127.0.0.1", "answer": "blocked"}});
    let foreseen = post(&world, "/v1/deliveries/replay/preview", wanted.clone(), 200).await;
    let step = &foreseen["again"][0];
    assert_eq!(
        (&foreseen["runs"], &step["step"], &step["times"]),
        (&json!(1), &json!("tell"), &json!(1))
    );
    let again = post(&world, "/v1/deliveries/replay", wanted, 202).await;
    assert_eq!(
        (&again["replayed"], &again["skipped"]),
        (&json!(1), &json!(0))
    );
    for refused in [
        json!({"filter": {}}),
        json!({"filter": {"destination": ""}}),
        json!({"filter": {"flow": []}}),
        json!({"filter": {"answer": "9xx"}}),
        json!({"filter": {"answer": "5xx"}, "limit": 501}),
    ] {
        for path in ["/v1/deliveries/replay", "/v1/deliveries/replay/preview"] {
            post(&world, path, refused.clone(), 422).await;
        }
    }
}

#[tokio::test]
async fn failed_deliveries_are_done_again_from_the_start_and_a_few_at_a_time() {
    let world = world().await;
    let steps = json!([
        {"id": "before", "do": "code.run", "with": {"code": "return 1"}},
        {"id": "tell", "do": "http.request", "with": {"url": "http://127.0.0.1:9/x"}, "retry": {"attempts": 1}}]);
    let flow = json!({"name": "Tell", "on": ["call.ended"], "steps": steps});
    post(&world, "/v1/flows", flow, 201).await;
    for call in ["c-1", "c-2"] {
        let event = json!({"kind": "call.ended", "call": {"provider_call_id": call}});
        post(&world, "/v1/events", event, 202).await;
    }
    until(&world, "/v1/runs?status=failed", |runs| {
        runs["data"].as_array().unwrap().len() == 2
    })
    .await;
    let mut wanted = json!({"filter": {"destination": "127.0.0.1"}, "from": "start", "limit": 1});
    let foreseen = post(&world, "/v1/deliveries/replay/preview", wanted.clone(), 200).await;
    assert_eq!(
        (&foreseen["runs"], &foreseen["kept"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(foreseen["again"].as_array().unwrap().len(), 2);
    for _ in 0..2 {
        let again = post(&world, "/v1/deliveries/replay", wanted.clone(), 202).await;
        assert_eq!(again["replayed"], 1);
        wanted["cursor"] = again["next"].clone();
    }
    let last = post(&world, "/v1/deliveries/replay", wanted, 202).await;
    assert_eq!(
        (&last["replayed"], &last["next"]),
        (&json!(0), &Value::Null)
    );
}

#[tokio::test]
async fn a_delivery_that_failed_in_a_branch_is_done_again_with_its_run() {
    let world = world().await;
    let send = json!({"id": "tell", "do": "http.request", "with": {"url": "http://127.0.0.1:9/x"}, "retry": {"attempts": 1}});
    let wait = json!({"id": "rest", "set": {"a": "1"}});
    let flow = json!({"name": "Fork", "on": ["call.ended"], "steps": [{"id": "fork", "parallel": [[send], [wait]]}]});
    post(&world, "/v1/flows", flow, 201).await;
    let event = json!({"kind": "call.ended", "call": {"provider_call_id": "c-1"}});
    let sent = post(&world, "/v1/events", event, 202).await;
    let run = sent["events"][0]["runs"][0].as_str().unwrap();
    until(&world, &format!("/v1/runs/{run}"), |run| {
        run["status"] == "failed"
    })
    .await;
    let wanted = json!({"filter": {"destination": "127.0.0.1"}});
    let again = post(&world, "/v1/deliveries/replay", wanted, 202).await;
    assert_eq!(
        (&again["replayed"], &again["skipped"]),
        (&json!(1), &json!(0))
    );
    let new = again["runs"][0].as_str().unwrap();
    let new = get(&world, &format!("/v1/runs/{new}")).await;
    assert_eq!(new["replay_of"], run);
    let elsewhere = json!({"filter": {"destination": "elsewhere.example"}});
    let none = post(&world, "/v1/deliveries/replay", elsewhere, 202).await;
    assert_eq!(none["replayed"], 0);
}
