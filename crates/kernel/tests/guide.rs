//! The examples of `docs/flows.md` are steps that can be saved.
#![allow(clippy::unwrap_used)]

mod world;

use serde_json::{Value, json};

#[test]
fn every_example_of_the_guide_is_a_step() {
    let text = include_str!("../../../docs/flows.md");
    let blocks: Vec<&str> = text.split("```json\n").skip(1).collect();
    assert!(blocks.len() >= 11);
    for block in blocks {
        let step = block.split("```").next().unwrap();
        let step: Value =
            serde_json::from_str(step).unwrap_or_else(|error| panic!("{error}: {step}"));
        let kind = if step.get("reply").is_some() {
            "tool.called"
        } else {
            "call.ended"
        };
        let document = json!({ "name": "A", "on": [kind], "steps": [step] });
        assert_eq!(world::problems(&document), [""; 0], "{step}");
        let warnings = world::plan(&document).unwrap().warnings;
        assert_eq!(warnings, [], "{step}");
    }
}
