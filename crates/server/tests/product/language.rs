//! Promises of the language that only the whole product can show: names that kernel, engine and store supply together.

use crate::world::{Receiver, Server, ended, text};
use serde_json::{Value, json};

fn post(id: &str, url: &str, body: Value) -> Value {
    json!({ "id": id, "do": "http.request", "with": { "method": "POST", "url": url, "json": body } })
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_the_system_and_of_steps_have_values() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|_| (201, "{\"id\":7}")).await,
    );
    let server = Server::start(dir.path());
    let system = json!({ "workspace_id": "{{ workspace_id }}", "workspace_name": "{{ workspace_name }}", "flow_id": "{{ flow_id }}",
        "flow_name": "{{ flow_name }}", "execution_id": "{{ execution_id }}", "now": "{{ now }}" });
    let step = json!({ "status": "{{ steps.first.status }}", "body": "{{ steps.first.body.id }}", "attempts": "{{ steps.first.attempts }}",
        "headers": "{{ steps.first.headers['content-type'] }}", "error": "{{ steps.first.error }}" });
    // A branch is a run of its own, and tells the names of the flow that it is a part of.
    let steps = json!([post("first", &receiver.url(), system.clone()), post("second", &receiver.url(), step),
        { "id": "both", "parallel": [[post("third", &receiver.url(), system)], [{ "id": "x", "set": { "y": 1 } }]] }]);
    let flow = json!({ "name": "Names", "on": ["call.ended"], "steps": steps });
    let saved = server.ask("POST", "/v1/flows", &flow).await.ok(201);
    assert_eq!(saved["warnings"], json!([]));
    let run = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    assert_eq!(server.ended(&run).await["status"], "succeeded");
    let sent: Vec<Value> = receiver
        .all()
        .iter()
        .map(|received| received.json())
        .collect();
    for system in [&sent[0], &sent[2]] {
        assert_eq!(
            (
                &system["flow_id"],
                &system["flow_name"],
                &system["execution_id"]
            ),
            (&saved["id"], &json!("Names"), &json!(run))
        );
        assert!(text(system, "/workspace_id").starts_with("ws_"), "{system}");
        assert!(!text(system, "/workspace_name").is_empty());
        assert!(text(system, "/now").starts_with("20"), "{system}");
    }
    let step = json!({ "status": 201, "body": 7, "attempts": 1, "headers": "application/json", "error": null });
    assert_eq!(sent[1], step);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_flow_tells_why_in_its_last_block() {
    let (dir, receiver) = (
        tempfile::tempdir().unwrap(),
        Receiver::start(|n| {
            if n == 0 {
                (422, "{\"why\":\"no such lead\"}")
            } else {
                (200, "{}")
            }
        })
        .await,
    );
    let server = Server::start(dir.path());
    let why = json!({ "subject": "Flow {{ flow_name }} failed", "step": "{{ error.step }}", "code": "{{ error.code }}",
        "status": "{{ error.status }}", "text": "{{ error.message }}", "body": "{{ error.body.why }}" });
    let flow = json!({ "name": "Names", "on": ["call.ended"], "steps": [post("lead", &receiver.url(), json!({}))],
        "on_failure": [post("warn", &receiver.url(), why)] });
    server.flow(flow).await;
    let run = text(&server.send(&ended("c-1")).await, "/events/0/runs/0");
    assert_eq!(server.ended(&run).await["status"], "failed");
    let told = receiver.all()[1].json();
    let expected = json!({ "subject": "Flow Names failed", "step": "lead", "code": "http_status", "status": 422,
        "text": "the receiver answered 422 Unprocessable Entity", "body": "no such lead" });
    assert_eq!(told, expected);
}
