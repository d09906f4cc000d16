//! Recipes over HTTP: what comes with the server and what is one's own, from a recipe to a flow and back, and handing them on.
use crate::world;
mod installing;
mod keeping;
mod sharing;
use crate::world::{World, world};
use api::Scope;
use serde_json::{Value, json};

struct Desk {
    world: World,
    ours: String,
    theirs: String,
}

async fn desk() -> Desk {
    let world = world().await;
    let ours = world.key(world.ours, Scope::Write).await;
    let theirs = world.key(world.theirs, Scope::Write).await;
    Desk {
        world,
        ours,
        theirs,
    }
}

impl Desk {
    async fn ask(&self, method: &str, path: &str, body: Value) -> world::Answer {
        self.world.call(&self.ours, method, path, body).await
    }

    async fn get(&self, path: &str) -> Value {
        self.ask("GET", path, Value::Null).await.expect(200)
    }
}

fn recipe(key: &str) -> Value {
    json!({ "key": key, "name": "Hook", "description": "Sends a hook.", "category": "webhooks",
        "inputs": [{ "name": "url", "label": "Address", "type": "url", "required": true }, { "name": "said", "label": "Said", "type": "text", "default": "hello" }],
        "flow": { "name": "Hook [[said]]", "on": ["call.ended"], "steps": [{ "id": "send", "do": "http.request", "with": { "url": { "$input": "url" }, "json": { "said": "[[said]]!" } } }] } })
}
