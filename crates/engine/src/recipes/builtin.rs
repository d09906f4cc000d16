//! The recipes that come with the binary: the files of `recipes/`, each tested before it is built in.

use super::Recipe;
use kernel::recipe::fields::CATEGORIES;
use rust_embed::RustEmbed;
use serde_json::Value;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "../../recipes"]
struct Files;

static RECIPES: LazyLock<Vec<Recipe>> = LazyLock::new(|| {
    let mut recipes: Vec<Recipe> = files()
        .map(|(name, document)| Recipe {
            id: None,
            version: 1,
            document: document.unwrap_or_else(|error| panic!("{name}: {error}, as a test finds")),
            by: None,
            imported_at: None,
            shared_until: None,
            updated_at: None,
        })
        .collect();
    recipes.sort_by_cached_key(|recipe| {
        let category = recipe.document["category"].as_str();
        let place = CATEGORIES.iter().position(|known| category == Some(known));
        (place, recipe.document["name"].to_string())
    });
    recipes
});

/// Name and content of each file.
pub(super) fn files() -> impl Iterator<Item = (String, serde_json::Result<Value>)> {
    let names = Files::iter().filter(|name| name.ends_with(".json"));
    names.filter_map(|name| {
        let file = Files::get(&name)?;
        Some((name.into_owned(), serde_json::from_slice(&file.data)))
    })
}

/// In the order of the gallery.
pub(super) fn all() -> &'static [Recipe] {
    &RECIPES
}

pub(super) fn named(key: &str) -> Option<Recipe> {
    all().iter().find(|recipe| recipe.key() == key).cloned()
}
