//! Nothing fails silently: flows that watch others, warnings and pauses of those that keep failing, catching up, webhooks that are
//! gone, and the switch for a whole workspace.

mod catching_up;
mod gone;
mod pausing;
mod telling;
mod watching;
use crate::world::{Received, Receiver, Server, command, ended, text, webhook};
use serde_json::{Value, json};

/// A flow that sends its calls to `url`, once each.
fn lead(url: &str) -> Value {
    json!({ "name": "Lead", "on": ["call.ended"], "steps": [
        { "id": "lead", "do": "http.request", "with": { "method": "POST", "url": url, "json": { "call": "{{ call_id }}" } }, "retry": { "attempts": 1 } }] })
}

/// The same, paused after so many failures at once.
fn doomed(url: &str, failures: u32) -> Value {
    let mut flow = lead(url);
    flow["pause_after"] = json!({ "failures": failures, "minutes": 0 });
    flow
}

/// A flow that watches others and tells `url` what it knows.
fn watcher(on: &[&str], url: &str) -> Value {
    let say = json!({
        "event": "{{ call_id }}", "code": "{{ error.code }}", "status": "{{ error.status }}", "step": "{{ error.step }}",
        "run": "{{ failed.run_id }}", "flow": "{{ failed.flow_name }}", "attempts": "{{ failed.attempts }}",
        "caller": "{{ caller_number }}", "level": "{{ failing.level | default(0) }}" });
    let mut say = say;
    if on == ["run.failed"] {
        say.as_object_mut().unwrap().shift_remove("level");
    }
    json!({ "name": "Watcher", "on": on, "steps": [
        { "id": "tell", "do": "webhook.send", "with": { "url": url, "json": say } }] })
}

async fn receiver(script: fn(usize) -> (u16, &'static str)) -> Receiver {
    Receiver::start(script).await
}

/// Sends a call and waits until its run has ended.
async fn fail(server: &Server, call: &str) -> String {
    let run = text(&server.send(&ended(call)).await, "/events/0/runs/0");
    assert_eq!(server.ended(&run).await["status"], "failed", "{call}");
    run
}

async fn alert(server: &Server, kind: &str, fact: impl Fn(&Value) -> bool) -> Value {
    let is_it = |alert: &&Value| alert["kind"] == kind && fact(alert);
    let of = |list: &Value| list["data"].as_array().unwrap().iter().find(is_it).cloned();
    let list = server.until("/v1/alerts", |list| of(list).is_some()).await;
    of(&list).unwrap()
}

fn levels(received: &[Received]) -> Vec<u64> {
    received
        .iter()
        .map(|received| received.json()["level"].as_u64().unwrap())
        .collect()
}
