//! Deliveries that come back as events.

use super::*;
use crate::world::inbox;

/// Every delivery of ours counts the deliveries that led to it; a flow cannot hide that.
#[tokio::test(flavor = "multi_thread")]
async fn a_flow_that_sends_to_the_address_it_listens_at_ends_after_eight_rounds() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let endpoint = json!({ "provider": "custom", "name": "e", "signature": "off", "auth": {} });
    let endpoint = server.ask("POST", "/v1/endpoints", &endpoint).await.ok(201);
    let inbox = format!("{}{}", server.url, inbox(&endpoint));
    let event = json!({ "kind": "call.ended", "call": { "provider_call_id": "{{ provider_call_id }}x", "analysis": { "summary": "s" } } });
    let mut send = request("send", &inbox, event);
    send["with"]["headers"] = json!({ "Switchhook-Hops": "0" });
    // The second flow starts later than its event, when the call is settled.
    for (name, condition) in [("at once", "duration != 7"), ("settled", "summary exists")] {
        let flow = json!({ "name": name, "on": ["call.ended"], "where": { "if": condition }, "steps": [send] });
        let id = server.flow(flow).await;
        server.send(&ended(&format!("c-{name}"))).await;
        let path = format!("/v1/runs?flow={id}&status=failed");
        let failed = server
            .until(&path, |page| {
                page["data"].as_array().is_some_and(|runs| !runs.is_empty())
            })
            .await;
        let last = server
            .get(&format!("/v1/runs/{}", text(&failed, "/data/0/id")))
            .await;
        let answer = text(&last, "/entries/0/exchange/response/body");
        assert!(answer.contains("loop_detected"), "{last:#}");
        let runs = server.get(&format!("/v1/runs?flow={id}&limit=100")).await;
        assert_eq!(runs["data"].as_array().map(Vec::len), Some(9), "{name}");
        server
            .ask("DELETE", &format!("/v1/flows/{id}"), &Value::Null)
            .await
            .ok(204);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_flows_that_send_to_each_other_end_after_eight_rounds() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let endpoint = json!({ "provider": "custom", "name": "e", "signature": "off", "auth": {} });
    let endpoint = server.ask("POST", "/v1/endpoints", &endpoint).await.ok(201);
    let inbox = format!("{}{}", server.url, inbox(&endpoint));
    for (hears, says) in [("ping", "pong"), ("pong", "ping")] {
        let event = json!({ "kind": "call.ended", "call": {
            "provider_call_id": "{{ provider_call_id }}x", "analysis": { "summary": says } } });
        let condition = format!("summary == '{hears}'");
        let flow = json!({ "name": hears, "on": ["call.ended"], "where": { "if": condition }, "steps": [request("send", &inbox, event)] });
        server.flow(flow).await;
    }
    let mut first = ended("c");
    first["call"]["analysis"]["summary"] = "ping".into();
    server.send(&first).await;
    let failed = server
        .until("/v1/runs?status=failed", |page| !page["data"][0].is_null())
        .await;
    let last = server
        .get(&format!("/v1/runs/{}", text(&failed, "/data/0/id")))
        .await;
    let answer = text(&last, "/entries/0/exchange/response/body");
    assert!(answer.contains("loop_detected"), "{last:#}");
    let runs = server.get("/v1/runs?limit=100").await;
    assert_eq!(runs["data"].as_array().map(Vec::len), Some(9));
}
