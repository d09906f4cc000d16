//! Flows tried out over HTTP, dry and live, without a trace.
mod access;
mod cases;
mod documents;
mod dry;
use crate::world::{World, world};
use api::Scope;
use serde_json::{Value, json};

const ROOT: &str = "root-key-of-the-tests";

fn flow() -> Value {
    json!({
        "name": "Lead", "on": ["call.ended"], "where": {"campaigns": ["Sales Outbound Q1"], "if": "outcome.budget >= 1000"},
        "steps": [
            {"id": "lead", "do": "http.request", "with": {"url": "https://crm.invalid/leads", "auth": "{{ secrets.crm }}",
             "json": {"name": "{{ contact.first_name }}", "budget": "{{ outcome.budget }}"}}, "save": {"lead_id": "{{ body.id }}"}},
            {"id": "pause", "wait": {"for": "10m"}},
            {"id": "tell", "do": "webhook.send", "with": {"url": "https://hook.invalid/{{ lead_id }}", "secret": "{{ secrets.sign }}"}}
        ]
    })
}

async fn secrets(world: &World, key: &str) {
    for name in ["crm", "sign"] {
        let secret = json!({"name": name, "value": format!("canary-{name}-0123456789abcdef")});
        world
            .call(key, "POST", "/v1/secrets", secret)
            .await
            .expect(201);
    }
}

async fn test(world: &World, body: Value) -> Value {
    world
        .call(ROOT, "POST", "/v1/flows/test", body)
        .await
        .expect(200)
}
