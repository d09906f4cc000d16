//! Recipes of a workspace: those that come with the binary, its own, and those it took in from elsewhere. None ever runs: a
//! recipe is made a flow, and the flow is what people switch on.

mod builtin;
mod fill;
mod find;
mod handle;
mod keep;
mod share;
#[cfg(test)]
mod tests;
mod trial;

pub use fill::{Filled, Outlook};
pub use find::{Find, Source};
pub use keep::NewRecipe;
pub use share::Shared;
pub use trial::{Trial, try_out};

use crate::Refusal;
use crate::engine::Inner;
use crate::flows::Author;
use crate::schema::Vocabulary;
use crate::wire;
use kernel::id::{RecipeId, WorkspaceId};
use kernel::{Problem, Timestamp, recipe};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::catalog::{Document, Kind};

/// A recipe, and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    /// `None`: it comes with the binary.
    pub id: Option<RecipeId>,
    pub version: u32,
    pub document: Value,
    pub by: Option<Author>,
    /// When it was taken in from elsewhere.
    pub imported_at: Option<Timestamp>,
    /// Until when whoever has the link may take it.
    pub shared_until: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}

/// As stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    document: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<Author>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    imported_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    share: Option<share::Share>,
}

impl Recipe {
    pub fn source(&self) -> Source {
        match (self.id, self.imported_at) {
            (None, _) => Source::BuiltIn,
            (_, Some(_)) => Source::Imported,
            _ => Source::Own,
        }
    }

    pub fn key(&self) -> &str {
        self.document["key"].as_str().unwrap_or_default()
    }
}

fn shown(document: &Document, now: Timestamp) -> Result<Recipe, Refusal> {
    let kept = read(document)?;
    let until = kept.share.map(|share| share.until);
    Ok(Recipe {
        id: Some(RecipeId::from_bytes(document.id)),
        version: document.version,
        document: kept.document,
        by: kept.by,
        imported_at: kept.imported_at,
        shared_until: until.filter(|until| *until > now),
        updated_at: Some(document.updated_at),
    })
}

fn read(document: &Document) -> Result<Kept, Refusal> {
    Ok(wire::decode("a recipe", &document.body)?)
}

fn alias(workspace: WorkspaceId, key: &str) -> String {
    format!("{workspace}:{key}")
}

impl Inner {
    /// By id or key; one's own wins over one that comes with the binary.
    async fn recipe_document(
        &self,
        workspace: WorkspaceId,
        which: &str,
    ) -> Result<Option<Document>, Refusal> {
        let found = match which.parse::<RecipeId>() {
            Ok(id) => self.store.get(Kind::Recipe, id.bytes()).await?,
            Err(_) => {
                let alias = alias(workspace, which);
                self.store.find(Kind::Recipe, &alias).await?
            }
        };
        Ok(found.filter(|document| document.workspace == workspace))
    }

    /// One's own, which alone can be changed.
    async fn own_recipe(&self, workspace: WorkspaceId, which: &str) -> Result<Document, Refusal> {
        match self.recipe_document(workspace, which).await? {
            Some(document) => Ok(document),
            None if builtin::named(which).is_some() => Err(Refusal::NotNow(format!(
                "the recipe `{which}` comes with Switchhook and stays as it is: export it, and import it under another key"
            ))),
            None => Err(Refusal::NotFound("such recipe")),
        }
    }

    pub(crate) async fn recipe(
        &self,
        workspace: WorkspaceId,
        which: &str,
    ) -> Result<Recipe, Refusal> {
        match self.recipe_document(workspace, which).await? {
            Some(document) => shown(&document, self.stamp.now()),
            None => builtin::named(which).ok_or(Refusal::NotFound("such recipe")),
        }
    }

    pub(crate) fn check_recipe(&self, document: &Value) -> Result<recipe::Recipe, Vec<Problem>> {
        recipe::Recipe::check(document, &Vocabulary::of(&*self.world))
    }

    fn read_recipe(&self, document: &Value) -> Result<recipe::Recipe, Vec<Problem>> {
        recipe::Recipe::read(document, &Vocabulary::of(&*self.world))
    }
}
