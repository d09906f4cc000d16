//! What a flow document may say, and how all that is wrong with it comes back at once with its place.
#![allow(clippy::unwrap_used)]

mod mistakes;
mod names;
mod schema;
mod steps;
#[path = "../world/mod.rs"]
mod world;

use serde_json::{Value, json};
use std::collections::BTreeSet;
use world::{plan, problems};

fn flow(steps: Value) -> Value {
    json!({ "name": "A flow", "on": ["call.ended"], "steps": steps })
}

fn step(fields: Value) -> Value {
    let mut step =
        json!({ "id": "a", "do": "http.request", "with": { "url": "https://example.com/" } });
    step.as_object_mut().unwrap().extend(world::object(fields));
    step
}

fn one_problem(document: &Value) -> String {
    let problems = problems(document);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    problems.into_iter().next().unwrap()
}
