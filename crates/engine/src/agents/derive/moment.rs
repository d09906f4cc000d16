//! A request at a moment of a call.

use calls::agent::CallAction;
use serde_json::{Value, json};

pub(super) fn flow(action: &CallAction) -> Value {
    let (kind, connected) = action.moment.event();
    let mut with = json!({ "method": action.method, "url": action.url });
    if !action.headers.is_empty() {
        with["headers"] = Value::Object(action.headers.clone());
    }
    let body = action
        .body
        .as_deref()
        .filter(|body| !body.trim().is_empty());
    match body {
        Some(body) => with["body"] = body.into(),
        None if action.method == "GET" => {}
        None => with["json"] = "{{ payload_flat }}".into(),
    }
    let mut flow = json!({
        "on": [kind.name()],
        "steps": [{ "id": "send", "do": "http.request", "with": with, "timeout_s": action.timeout_s }],
    });
    if let Some(connected) = connected {
        flow["where"] = json!({ "connected": connected });
    }
    flow
}
