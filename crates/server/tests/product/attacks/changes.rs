//! What is changed or deleted while a run is under way.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_run_under_way_keeps_its_version_when_its_flow_is_changed_disabled_or_deleted() {
    let (dir, receiver, other) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|n| if n == 0 { (503, "{}") } else { (200, "{}") }).await,
        Receiver::start(|_| (200, "{}")).await,
    );
    let server = Server::start(dir.path());
    let flow = |url: &str| json!({ "name": "f", "on": ["call.ended"], "steps": [request("one", url, json!({ "step": 1 })), request("two", url, json!({ "step": 2 }))] });
    let id = server.flow(flow(&receiver.url())).await;
    receiver.hold();
    let run = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    receiver.wait(1).await;
    let path = format!("/v1/flows/{id}");
    server.ask("PUT", &path, &flow(&other.url())).await.ok(200);
    server
        .ask("POST", &format!("{path}/disable"), &Value::Null)
        .await
        .ok(200);
    assert_eq!(server.ask("DELETE", &path, &Value::Null).await.status, 204);
    receiver.release();
    let run = server.ended(&run).await;
    assert_eq!(
        (&run["status"], &run["flow"]["version"]),
        (&json!("succeeded"), &json!(1)),
        "{run:#}"
    );
    let steps: Vec<Value> = receiver
        .all()
        .iter()
        .map(|received| received.json()["step"].clone())
        .collect();
    assert_eq!(
        (steps, other.all().len()),
        (vec![json!(1), json!(1), json!(2)], 0)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_deleted_while_a_retry_waits_is_sent_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (503, "{}")).await;
    let server = Server::start(dir.path());
    server
        .ask(
            "POST",
            "/v1/secrets",
            &json!({ "name": "crm", "value": CANARY }),
        )
        .await
        .ok(201);
    let mut flow = with_secret("f", &receiver.url());
    flow["steps"][0]["retry"] = json!({ "attempts": 3, "first_s": 0.05, "factor": 1 });
    server.flow(flow).await;
    receiver.hold();
    let run = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    receiver.wait(1).await;
    assert_eq!(
        server
            .ask("DELETE", "/v1/secrets/crm", &Value::Null)
            .await
            .status,
        204
    );
    receiver.release();
    let run = server.ended(&run).await;
    let last = run["entries"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .find(|entry| !entry["error"].is_null());
    assert_eq!(last.unwrap()["error"]["code"], "secret_missing", "{run:#}");
    assert_eq!(receiver.all().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_deleted_by_force_while_a_retry_waits_is_used_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(|_| (503, "{}")).await;
    let server = Server::start(dir.path());
    let bearer = json!({ "name": "CRM", "kind": "bearer", "fields": { "token": CANARY } });
    let made = server.ask("POST", "/v1/connections", &bearer).await.ok(201);
    let path = format!("/v1/connections/{}", text(&made, "/id"));
    let mut send = request("send", &receiver.url(), json!({}));
    send["connection"] = "CRM".into();
    server
        .flow(json!({ "name": "f", "on": ["call.ended"], "steps": [send] }))
        .await;
    receiver.hold();
    let run = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    let first = receiver.wait(1).await[0].header("authorization");
    assert_eq!(first, format!("Bearer {CANARY}"));
    let refused = server.ask("DELETE", &path, &Value::Null).await;
    assert_eq!(refused.status, 409, "{}", refused.text);
    let force = format!("{path}?force=true");
    server.ask("DELETE", &force, &Value::Null).await.ok(204);
    receiver.release();
    let run = server.ended(&run).await;
    let entries = run["entries"].as_array().unwrap();
    let last = entries.iter().rfind(|entry| !entry["error"].is_null());
    let code = &last.unwrap()["error"]["code"];
    assert_eq!(
        (&run["status"], code),
        (&json!("failed"), &json!("connection_missing")),
        "{run:#}"
    );
    assert_eq!(receiver.all().len(), 1);
    assert!(!run.to_string().contains(CANARY));
}
