//! Recipes found by words, category and source: one's own first, the newest before the others, then those that come with the
//! binary. There are few enough to look at each.

use super::{Recipe, builtin, shown};
use crate::Refusal;
use crate::engine::Inner;
use kernel::id::WorkspaceId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::catalog::Kind;

/// How many recipes of its own a workspace may have.
pub(super) const MOST: u32 = 200;

/// Which recipes; all of what is given must hold.
#[derive(Debug, Clone, Default)]
pub struct Find {
    /// Part of the name, key or description, whatever its case.
    pub words: Option<String>,
    pub category: Option<String>,
    pub source: Option<Source>,
}

/// Where a recipe comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// With the binary.
    BuiltIn,
    /// Made in this workspace.
    Own,
    /// Taken in from elsewhere.
    Imported,
}

impl Find {
    fn takes(&self, recipe: &Recipe) -> bool {
        let text = |name: &str| recipe.document[name].as_str().unwrap_or_default();
        let has_words = self.words.as_ref().is_none_or(|words| {
            let words = words.to_lowercase();
            let fields = ["name", "key", "description"].into_iter();
            fields
                .map(text)
                .any(|text| text.to_lowercase().contains(&words))
        });
        let category = self.category.as_deref();
        has_words
            && category.is_none_or(|category| text("category") == category)
            && self.source.is_none_or(|source| recipe.source() == source)
    }
}

impl Inner {
    pub(crate) async fn recipes(
        &self,
        workspace: WorkspaceId,
        find: &Find,
    ) -> Result<Vec<Recipe>, Refusal> {
        let now = self.stamp.now();
        let own = self.store.list(Some(workspace), Kind::Recipe, None, MOST);
        let mut recipes = Vec::new();
        for document in own.await? {
            recipes.push(shown(&document, now)?);
        }
        // One's own under the key of one that comes with the binary stands in its place.
        let keys: Vec<Value> = recipes
            .iter()
            .map(|recipe| recipe.document["key"].clone())
            .collect();
        let others = builtin::all().iter();
        recipes.extend(
            others
                .filter(|recipe| !keys.contains(&recipe.document["key"]))
                .cloned(),
        );
        recipes.retain(|recipe| find.takes(recipe));
        Ok(recipes)
    }
}
