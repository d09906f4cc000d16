//! What the resources do over HTTP.
mod access;
mod events;
mod flows;
mod lists;
mod replays;
use crate::world::{World, world};
use api::{Scope, create_link};
use axum::body::Body;
use http::Request;
use serde_json::{Value, json};
use std::time::Duration;

const ROOT: &str = "root-key-of-the-tests";

fn flow() -> Value {
    json!({"name": "Lead", "on": ["call.ended"], "steps": [{"id": "a", "set": {"x": 1}}]})
}

fn event(call: &str) -> Value {
    json!({"id": format!("evt-{call}"), "kind": "call.ended", "call": {"provider_call_id": call, "duration_s": 125}})
}

async fn get(world: &World, path: &str) -> Value {
    world.call(ROOT, "GET", path, Value::Null).await.expect(200)
}
