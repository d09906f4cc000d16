//! Agents over HTTP: what is refused of their settings, the flows that they keep, calls that are theirs, test requests.
mod after;
mod anew;
mod detaching;
mod settings;
use crate::world::{Answer, World, world};
use api::Scope;
use serde_json::{Value, json};
use store::catalog::{Document, Kind, Put};

struct Office {
    world: World,
    key: String,
}

impl Office {
    async fn open() -> Self {
        let world = world().await;
        let key = world.key(world.ours, Scope::Admin).await;
        let office = Self { world, key };
        let mail = json!({ "name": "Mail", "kind": "smtp", "fields": { "host": "mail.example.com", "from": "a@b.example" } });
        office
            .call("POST", "/v1/connections", mail)
            .await
            .expect(201);
        let sms = json!({ "name": "SMS", "kind": "twilio", "fields": { "account_sid": format!("AC{}", "0".repeat(32)), "auth_token": "t", "from": "+14155550100" } });
        office
            .call("POST", "/v1/connections", sms)
            .await
            .expect(201);
        office
    }

    async fn call(&self, method: &str, path: &str, body: Value) -> Answer {
        self.world.call(&self.key, method, path, body).await
    }

    async fn make(&self, agent: Value) -> Value {
        self.call("POST", "/v1/agents", agent).await.expect(201)
    }

    async fn refused(&self, agent: Value) -> Vec<String> {
        let refused = self.call("POST", "/v1/agents", agent).await.expect(422);
        let errors = refused["errors"].as_array().unwrap().iter();
        errors
            .map(|e| e["path"].as_str().unwrap().to_owned())
            .collect()
    }

    async fn flow(&self, flow: &Value) -> Value {
        let path = format!("/v1/flows/{}", flow["id"].as_str().unwrap());
        self.call("GET", &path, Value::Null).await.expect(200)
    }

    /// What a dry test of a flow of the agent does with an event.
    async fn dry(&self, flow: &Value, event: Value) -> Value {
        let path = format!("/v1/flows/{}/test", flow["id"].as_str().unwrap());
        let tested = self.call("POST", &path, json!({ "event": event })).await;
        tested.expect(200)
    }
}

fn path_of(agent: &Value) -> String {
    format!("/v1/agents/{}", agent["id"].as_str().unwrap())
}

fn sarah() -> Value {
    json!({
        "name": "Sarah", "language": "en", "numbers": ["+1 415 555 2671"], "provider": "custom", "provider_agent_id": "a1",
        "variables": [{ "name": "budget", "type": "number", "description": "what they want to spend" }],
        "questions": [{ "question": "How many seats?", "type": "number" }],
        "dispositions": ["Wants a demo"],
        "actions": [
            { "kind": "sms", "to": ["+14155552672"], "name": "Owner" },
            { "kind": "email", "to": ["sales@example.com"], "when": { "dispositions": ["Interested"], "answers": [{ "question": "How many seats?", "is": "at_least", "value": 10 }] } },
            { "kind": "webhook", "url": "https://crm.example/calls", "enabled": true }
        ],
        "call_actions": [{ "moment": "call_start", "url": "https://crm.example/start?id=${callInfo.callSid}" }]
    })
}

fn ended(agent: Value) -> Value {
    json!({ "kind": "call.ended", "call": {
        "provider_call_id": "c1", "agent": agent, "direction": "inbound", "from": "+14155552671", "to": "+14155550000",
        "status": "completed", "disposition": "interested", "duration_s": 125, "started_at": "2026-11-20T17:28:00Z",
        "contact": { "first_name": "Ada" }, "recording": { "url": "https://rec.example/1.mp3" },
        "transcript": [{ "role": "agent", "text": "Hello <b>" }, { "role": "customer", "text": "Hi" }],
        "analysis": { "summary": "Wants a demo", "answers": { "How many seats?": 12 } } } })
}
