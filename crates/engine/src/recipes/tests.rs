//! Each recipe that comes with the binary is right: it checks, makes flows of its examples and of the least that it needs, and
//! does on sample events what its cases say.

use super::{builtin, try_out};
use crate::schema::Vocabulary;
use kernel::flow::compile;
use kernel::recipe::Recipe;
use serde_json::json;
use std::collections::BTreeSet;

#[tokio::test]
#[allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
async fn every_built_in_recipe_does_what_its_cases_say() {
    let world = actions::World::new(actions::Config::default());
    let vocabulary = Vocabulary::of(&world);
    let kinds: Vec<&str> = actions::connection_kinds()
        .iter()
        .map(|kind| kind.name)
        .collect();
    let mut keys = BTreeSet::new();
    for (file, document) in builtin::files() {
        let document = document.unwrap_or_else(|error| panic!("{file}: {error}"));
        let trials = try_out(&document).await;
        let trials = trials.unwrap_or_else(|wrong| panic!("{file}: {wrong:#?}"));
        assert!(!trials.is_empty(), "{file} has no cases");
        for trial in trials {
            assert!(trial.ok(), "{file}: {:#}", json!(trial));
        }
        let recipe = Recipe::read(&document, &vocabulary).unwrap();
        assert_eq!(format!("{}.json", recipe.key), file);
        let asked = recipe.inputs.iter().flat_map(|input| &input.kinds);
        asked.for_each(|kind| assert!(kinds.contains(&kind.as_str()), "{file}: {kind}"));
        let flow = recipe.install(&recipe.samples(), &vocabulary).unwrap();
        assert_eq!(compile(&flow, &vocabulary).unwrap().warnings, [], "{file}");
        keys.insert(recipe.key);
    }
    assert!(keys.len() >= 12, "{keys:?}");
    let shown = builtin::all().iter().map(|recipe| recipe.key().to_owned());
    assert_eq!(shown.collect::<BTreeSet<_>>(), keys);
}

#[tokio::test]
#[allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
async fn the_recipe_of_the_docs_does_what_its_cases_say() {
    let text = include_str!("../../../../docs/recipes.md");
    let block = text.split("```json\n").nth(1).unwrap();
    let document = serde_json::from_str(block.split("```").next().unwrap()).unwrap();
    let trials = try_out(&document).await.unwrap();
    assert_eq!(trials.len(), 3);
    for trial in trials {
        assert!(trial.ok(), "{:#}", json!(trial));
    }
}
