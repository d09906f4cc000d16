//! What tests of `sql.*` share, whichever database they speak to.

use crate::world::{Workspace, step};
use actions::{Actions, World};
use kernel::run::Outcome;
use serde_json::{Value, json};

/// A workspace with one connection of this kind; `more` are fields of it that a test says itself.
pub fn connected(kind: &'static str, mut fields: Value, more: &Value) -> Workspace {
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    Workspace::connected("CRM", kind, fields)
}

/// A statement as its template renders: a value is bound between each two texts.
pub fn sql(texts: &[&str], values: Value) -> Value {
    json!({ "sql": { "text": texts, "values": values } })
}

pub async fn run(world: &World, office: &Workspace, action: &str, with: Value) -> Outcome {
    world.perform(&step(action, with), office).await
}

pub async fn rows(world: &World, office: &Workspace, text: &str) -> Value {
    let outcome = run(world, office, "sql.query", sql(&[text], json!([]))).await;
    outcome.result.unwrap().body["rows"].clone()
}
