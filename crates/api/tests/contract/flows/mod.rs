//! Versions of flows over HTTP: drafts, publishing, going back, what differs; finding flows, and running them by hand.
mod by_hand;
mod finding;
mod versions;
use crate::world::{Answer, World, world};
use axum::body::Body;
use http::Request;
use serde_json::{Value, json};

const ROOT: &str = "root-key-of-the-tests";

fn flow(name: &str, seconds: u32) -> Value {
    json!({"name": name, "on": ["call.ended"], "steps": [
        {"id": "lead", "do": "http.request", "with": {"url": "https://crm.example/"}, "timeout_s": seconds}]})
}

async fn ask(world: &World, method: &str, path: &str, body: Value) -> Answer {
    world.call(ROOT, method, path, body).await
}

async fn get(world: &World, path: &str) -> Value {
    ask(world, "GET", path, Value::Null).await.expect(200)
}

async fn make(world: &World, document: Value) -> String {
    let made = ask(world, "POST", "/v1/flows", document).await.expect(201);
    format!("/v1/flows/{}", made["id"].as_str().unwrap())
}

/// Sends a finished call; answers the versions of the runs that it started.
async fn runs(world: &World, call: &str) -> Vec<Value> {
    let event = json!({"kind": "call.ended", "call": {"provider_call_id": call}, "analysis": {}});
    let sent = ask(world, "POST", "/v1/events", event).await.expect(202);
    let mut versions = Vec::new();
    for run in sent["events"][0]["runs"].as_array().unwrap() {
        let run = get(world, &format!("/v1/runs/{}", run.as_str().unwrap())).await;
        versions.push(run["flow"]["version"].clone());
    }
    versions
}
