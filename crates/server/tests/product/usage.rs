//! Usage is what happened, and a budget that is used up holds flows back until there is room again: nothing is lost.
use crate::world::{Receiver, Server, ended, text};
use serde_json::{Value, json};

async fn used(server: &Server) -> Value {
    server.get("/v1/usage?by=total").await["data"][0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn usage_is_what_happened_and_a_budget_that_is_used_up_holds_flows_back() {
    let dir = tempfile::tempdir().unwrap();
    let crm = Receiver::start(|_| (200, "{}")).await;
    let server = Server::start(dir.path());
    let flow = json!({ "name": "Lead", "on": ["call.ended"], "steps": [
        { "id": "lead", "do": "http.request", "with": { "method": "POST", "url": crm.url(), "json": { "call": "{{ call_id }}" } } }] });
    let flow = server.flow(flow).await;
    let run = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    server.ended(&run).await;
    let line = used(&server).await;
    for (meter, amount) in [
        // Its end, and that it is analysed.
        ("events", 2),
        ("calls_begun", 1),
        ("calls_ended", 1),
        ("runs_begun", 1),
        ("runs_succeeded", 1),
        ("runs_failed", 0),
        ("actions", 1),
    ] {
        assert_eq!(line[meter], amount, "{meter} of {line:#}");
    }
    let latency = line["latency"].as_array().unwrap().iter();
    let counted: u64 = latency.map(|share| share["count"].as_u64().unwrap()).sum();
    assert_eq!(counted, 1);
    // The message again counts for nothing.
    server.send(&ended("c-1")).await;
    assert_eq!(used(&server).await, line);

    let prices = json!({ "action": 2.5, "zone": "Europe/Berlin" });
    server
        .ask("PUT", "/v1/settings/prices", &prices)
        .await
        .ok(200);
    let days = server.get("/v1/usage").await;
    assert_eq!(days["zone"], "Europe/Berlin");
    let days = days["data"].as_array().unwrap();
    assert_eq!(days.len(), 30);
    assert_eq!(days[29]["credits"], 2.5);
    let flows = server.get("/v1/usage?by=flow").await;
    assert_eq!(flows["data"][1]["flow_name"], "Lead", "{flows:#}");
    let csv = server
        .ask("GET", "/v1/usage?by=flow&format=csv", &Value::Null)
        .await;
    let csv = &csv.text;
    assert!(
        csv.starts_with("at,agent,flow_id,flow_name,credits,events,"),
        "{csv}"
    );
    assert_eq!(csv.lines().count(), 3);

    let told = Receiver::start(|_| (200, "{}")).await;
    let notify = json!({ "webhook_url": told.url() });
    server
        .ask("PUT", "/v1/settings/notify", &notify)
        .await
        .ok(200);
    let budget = json!({ "name": "Actions", "flow": flow, "of": "actions", "limit": 1, "per": "month", "at_limit": "stop" });
    let made = server.ask("POST", "/v1/budgets", &budget).await.ok(201);
    assert_eq!((&made["used"], &made["share"]), (&json!(1.0), &json!(100)));
    let (path, id) = (format!("/v1/flows/{flow}"), text(&made, "/id"));
    let paused = server.until(&path, |flow| !flow["paused"].is_null()).await;
    assert_eq!(
        (&paused["paused"]["why"], &paused["paused"]["budget_id"]),
        (&json!("budget"), &json!(id))
    );
    let alerts = server
        .until("/v1/alerts?open=true", |alerts| {
            alerts["data"][0]["kind"] == "budget"
        })
        .await;
    assert_eq!(
        (&alerts["data"][0]["level"], &alerts["data"][0]["budget_id"]),
        (&json!(100), &json!(id))
    );
    let said = told.wait(1).await[0].json();
    assert_eq!(said["failing"]["budget_id"], id, "{said:#}");
    assert_eq!(said["failing"]["level"], 100);
    let kept = server.send(&ended("c-2")).await;
    assert_eq!(kept["events"][0]["runs"], json!([]));

    // There is room again: what came in meanwhile is caught up with, and nobody has to ask.
    let mut wider = budget;
    wider["limit"] = json!(100);
    server
        .ask("PUT", &format!("/v1/budgets/{id}"), &wider)
        .await
        .ok(200);
    crm.wait(2).await;
    let after = server
        .until("/v1/budgets", |list| list["data"][0]["used"] == 2.0)
        .await;
    assert_eq!(after["data"][0]["paused_flows"], json!([]));
    let alerts = server.get("/v1/alerts?open=true").await;
    assert_eq!(alerts["data"], json!([]));
}
