//! The five-step flow: look up, branch, update, message, set. Three requests and four writes a run; the bare pipeline makes as
//! many of both for each event, and knows no steps.

use crate::subject::create;
use bench::load::Target;
use serde_json::json;
use std::net::SocketAddr;

/// What the bare pipeline delivers for each event.
pub const DELIVERIES: usize = 3;

pub async fn create_flow(target: &Target, receiver: SocketAddr) -> anyhow::Result<()> {
    let url = |path: &str| format!("http://{receiver}{path}");
    let update = json!({ "summary": "{{ summary }}", "disposition": "{{ disposition }}", "duration": "{{ duration }}" });
    // The receiver counts what carries the call's id.
    let message = json!({ "text": "{{ contact.first_name }} {{ contact.last_name }}: {{ summary }}", "call": "{{ provider_call_id }}" });
    create(target, &json!({ "name": "five steps", "on": ["call.ended"], "steps": [
        { "id": "look_up", "do": "http.request", "with": { "url": url("/leads?phone={{ customer_number }}") }, "save": { "lead": "{{ body }}" } },
        { "id": "known", "if": "lead.ok == true and outcome.budget >= 1000", "then": [
            { "id": "update", "do": "http.request", "with": { "method": "PATCH", "url": url("/leads/{{ customer_number }}"), "json": update } } ] },
        { "id": "message", "do": "http.request", "with": { "url": url("/messages"), "json": message } },
        { "id": "done", "set": { "told": "{{ contact.first_name | upper }}" } }
    ] }))
    .await
}
