//! What developers try out and look at: messages of platforms before and after they are sent, endpoints, rehearsals held back,
//! deliveries, keys.

mod access;
mod deliveries;
mod endpoints;
mod events;

use crate::world::World;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;

const ROOT: &str = "root-key-of-the-tests";

async fn get(world: &World, path: &str) -> Value {
    world.call(ROOT, "GET", path, Value::Null).await.expect(200)
}

async fn post(world: &World, path: &str, body: Value, status: u16) -> Value {
    world.call(ROOT, "POST", path, body).await.expect(status)
}

/// Asks again until it is so.
async fn until(world: &World, path: &str, fact: impl Fn(&Value) -> bool) -> Value {
    let ask = async {
        loop {
            let answer = get(world, path).await;
            if fact(&answer) {
                return answer;
            }
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(10), ask).await.unwrap()
}

/// A flow whose only step goes where nothing may be sent.
async fn blocked_flow(world: &World) -> String {
    let flow = json!({"name": "Tell", "on": ["call.ended"], "steps": [
        {"id": "tell", "do": "http.request", "with": {"method": "POST", "url": "http://127.0.0.1:9/x", "json": {"to": "{{ call.to }}"}}, "retry": {"attempts": 1}}]});
    let made = post(world, "/v1/flows", flow, 201).await;
    made["id"].as_str().unwrap().to_owned()
}

async fn sample(world: &World, provider: &str, name: &str) -> Value {
    let shown = get(world, &format!("/v1/providers/{provider}")).await;
    assert!(!shown["guide"]["steps"].as_array().unwrap().is_empty());
    let samples = shown["samples"].as_array().unwrap();
    let found = samples.iter().find(|sample| sample["name"] == name);
    let found = found.unwrap_or_else(|| panic!("{provider} has no {name}"));
    json!({"headers": {"content-type": found["content_type"]}, "body": found["body"], "new_call": true})
}
