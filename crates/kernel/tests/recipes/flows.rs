//! A flow becomes a recipe, and the same flow again.

use super::*;
use kernel::recipe::{About, from_flow};

#[test]
fn a_flow_becomes_a_recipe_and_the_same_flow_again() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/examples/");
    let world = World::new();
    for name in [
        "crm-lead",
        "support-ticket",
        "appointment",
        "sales-workflow",
    ] {
        let text = std::fs::read_to_string(format!("{folder}{name}.json")).unwrap();
        let mut flow: Value = serde_json::from_str(&text).unwrap();
        kernel::flow::complete_ids(&mut flow);
        let document = from_flow(&flow, About::default(), &world);
        let recipe = Recipe::check(&document, &world)
            .unwrap_or_else(|wrong| panic!("{name}: {wrong:#?}\n{document:#}"));
        assert!(!recipe.inputs.is_empty());
        assert!(!document["flow"].to_string().contains("secrets.api_key"));
        let again = recipe.install(&recipe.samples(), &world).unwrap();
        flow.as_object_mut().unwrap().shift_remove("cases");
        assert_eq!(again, flow, "{name}");
    }
}

#[test]
fn a_flow_with_everything_that_looks_like_a_hole_survives_being_a_recipe() {
    let world = World::new();
    let flow = json!({ "key": "own", "name": "[[a]] [[!b]]", "note": "For [[c]]", "enabled": false, "on": ["call.ended"],
        "where": { "agents": ["Sarah"], "campaigns": ["K"], "if": "outcome.a == '[[a]]'" },
        "steps": [{ "id": "a", "do": "http.request", "connection": "My CRM!", "with": { "url": "https://example.com/[[a]]",
            "headers": { "x": "{{ secrets.crm_key }}{{ secrets['crm_key'] }}${secrets.other}" },
            "json": { "a": { "$input": "a" }, "b": { "$$input": 1 }, "c": "$${[[a]] {{ '[[a]]' }} { [[[a]]] $", "d": "{{ secrets.crm_key }}" } } },
            { "id": "b", "do": "http.request", "connection": "My CRM!", "with": { "url": "https://example.com/" } }] });
    let document = from_flow(&flow, About::default(), &world);
    let recipe =
        Recipe::check(&document, &world).unwrap_or_else(|wrong| panic!("{wrong:#?}\n{document:#}"));
    let names: Vec<&str> = recipe
        .inputs
        .iter()
        .map(|input| input.name.as_str())
        .collect();
    assert_eq!(names, ["my_crm", "crm_key", "other", "agents", "campaigns"]);
    let mut inputs = recipe.samples();
    inputs.insert("my_crm".into(), "My CRM!".into());
    let again = recipe.install(&inputs, &world).unwrap();
    let mut flow = flow;
    for own in ["key", "enabled"] {
        flow.as_object_mut().unwrap().shift_remove(own);
    }
    flow["steps"][0]["with"]["headers"]["x"] =
        "{{ secrets.crm_key }}{{ secrets.crm_key }}{{ secrets.other }}".into();
    assert_eq!(again, flow);
}
