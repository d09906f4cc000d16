//! Recipes: what is wrong with one is said with its place; what is put into a hole stays data; a flow becomes a recipe and the
//! same flow again.
#![allow(clippy::unwrap_used)]

mod flows;
mod holes;
mod inputs;
mod mistakes;
#[path = "../world/mod.rs"]
mod world;

use kernel::Problem;
use kernel::recipe::Recipe;
use serde_json::{Value, json};
use world::World;

fn recipe(inputs: Value, step: Value) -> Value {
    json!({ "key": "a", "name": "A", "description": "Does a thing.", "category": "crm", "inputs": inputs,
        "flow": { "name": "A", "on": ["call.ended"], "steps": [step] } })
}

fn problems(document: &Value) -> Vec<String> {
    let checked = Recipe::check(document, &World::new());
    let shown = |problem: Problem| format!("{}: {}", problem.path, problem.message);
    checked
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(shown)
        .collect()
}

#[track_caller]
fn installed(document: &Value, inputs: Value) -> Value {
    let world = World::new();
    let recipe = Recipe::check(document, &world).unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    let inputs = inputs.as_object().unwrap();
    let flow = recipe.install(inputs, &world);
    let flow = flow.unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    assert_eq!(world::problems(&flow), [""; 0], "{flow:#}");
    flow["steps"][0].clone()
}

fn http(json: Value) -> Value {
    json!({ "id": "a", "do": "http.request", "with": { "url": "https://example.com/", "json": json } })
}
