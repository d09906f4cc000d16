//! What an attacker sends, and that nothing comes of it: over HTTP, with the real binary. Each test fails when its defence
//! is taken away; `docs/security.md` says which is which.

mod browsers;
mod changes;
mod events;
mod flows;
mod loops;
mod secrets;
use crate::world::{ROOT, Receiver, Server, ended, text};
use serde_json::{Value, json};

const CANARY: &str = "canary-5ecret-4711-never-shown";
const ECHO: &str = "{\"you_sent\":\"Bearer canary-5ecret-4711-never-shown\"}";

/// A flow of one request with the canary in its header and its URL.
fn with_secret(name: &str, url: &str) -> Value {
    json!({ "name": name, "on": ["call.ended"], "steps": [{ "id": "send", "do": "http.request", "retry": { "attempts": 1 }, "with": {
        "method": "POST", "url": format!("{url}?key={{{{ secrets.crm }}}}"), "headers": { "Authorization": "Bearer {{ secrets.crm }}" }, "json": { "call": "{{ call_id }}" } } }] })
}

fn request(id: &str, url: &str, body: Value) -> Value {
    json!({ "id": id, "do": "http.request", "with": { "method": "POST", "url": url, "json": body },
            "retry": { "attempts": 3, "first_s": 0.05, "factor": 1 } })
}
