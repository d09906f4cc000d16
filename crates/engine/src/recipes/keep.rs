//! Keeping recipes: checked whole before they are kept, each under a key of its own. What comes from elsewhere is remembered to.

use super::share::Share;
use super::{Kept, Recipe, alias, builtin, find, read, shown};
use crate::Refusal;
use crate::engine::Inner;
use crate::flows::Author;
use crate::schema::Vocabulary;
use crate::wire;
use kernel::flow::slug;
use kernel::id::{FlowId, RecipeId, WorkspaceId};
use kernel::recipe::{About, from_flow};
use kernel::{Problem, Timestamp};
use serde_json::Value;
use store::catalog::{Document, Kind, Put};

const MAX_BYTES: usize = 256 << 10;
/// Numbers that are tried behind the key of one that was taken in.
const NUMBERED: u32 = 99;

/// What is to be kept, and who says so.
#[derive(Debug, Clone)]
pub struct NewRecipe {
    pub document: Value,
    pub by: Option<Author>,
    /// It comes from elsewhere: its key may be changed, and people look at its flow before they switch it on.
    pub imported: bool,
}

impl Inner {
    /// `which: None` makes a recipe; else that one is replaced, at `expect` where the caller cares.
    pub(crate) async fn save_recipe(
        &self,
        workspace: WorkspaceId,
        which: Option<&str>,
        expect: Option<u32>,
        new: NewRecipe,
    ) -> Result<Recipe, Refusal> {
        let before = match which {
            Some(which) => Some(self.own_recipe(workspace, which).await?),
            None => None,
        };
        let version = before.as_ref().map_or(0, |before| before.version);
        if expect.is_some_and(|expect| expect != version) {
            return Err(Refusal::Conflict(version));
        }
        let NewRecipe {
            mut document,
            by,
            imported,
        } = new;
        let size = wire::encode(&document).len();
        if size > MAX_BYTES {
            let message = format!("has {size} bytes; a recipe has at most {MAX_BYTES}");
            return Err(Refusal::Invalid(vec![Problem::new("", message)]));
        }
        let recipe = self.check_recipe(&document).map_err(Refusal::Invalid)?;
        let mut key = recipe.key;
        if before.is_none() {
            self.room_for_recipe(workspace).await?;
            if imported {
                key = self.free_recipe_key(workspace, &key).await?;
                document["key"] = key.clone().into();
            }
        }
        let own = before.as_ref().map(read).transpose()?;
        if before
            .as_ref()
            .is_none_or(|before| before.alias != Some(alias(workspace, &key)))
            && builtin::named(&key).is_some()
        {
            return Err(taken(&key));
        }
        let now = self.stamp.now();
        let kept = Kept {
            document,
            by,
            imported_at: match &own {
                Some(own) => own.imported_at,
                None => imported.then_some(now),
            },
            share: own.and_then(|own| own.share),
        };
        let saved = Document {
            kind: Kind::Recipe,
            id: before.as_ref().map_or_else(
                || self.stamp.id::<kernel::id::Recipe>(0).bytes(),
                |before| before.id,
            ),
            workspace,
            version: version + 1,
            name: recipe.name,
            alias: Some(alias(workspace, &key)),
            enabled: true,
            created_at: before.map_or(now, |before| before.created_at),
            updated_at: now,
            body: wire::encode(&kept),
        };
        self.put_recipe(saved, version).await
    }

    async fn put_recipe(&self, document: Document, expect: u32) -> Result<Recipe, Refusal> {
        match self.store.put(document.clone(), expect).await? {
            Put::Saved => shown(&document, self.stamp.now()),
            Put::Conflict(version) => Err(Refusal::Conflict(version)),
            Put::Taken => {
                let alias = document.alias.unwrap_or_default();
                Err(taken(alias.rsplit(':').next().unwrap_or_default()))
            }
        }
    }

    async fn room_for_recipe(&self, workspace: WorkspaceId) -> Result<(), Refusal> {
        let there = self
            .store
            .list(Some(workspace), Kind::Recipe, None, find::MOST);
        match there.await?.len() < find::MOST as usize {
            true => Ok(()),
            false => Err(Refusal::NotNow(format!(
                "a workspace keeps at most {} recipes of its own: delete some first",
                find::MOST
            ))),
        }
    }

    async fn free_recipe_key(&self, workspace: WorkspaceId, key: &str) -> Result<String, Refusal> {
        let short: String = key.chars().take(slug::MAX - 3).collect();
        let short = short.trim_end_matches('-');
        let numbered = (2..=NUMBERED).map(|number| format!("{short}-{number}"));
        for key in [key.to_owned()].into_iter().chain(numbered) {
            if self.recipe(workspace, &key).await.is_err() {
                return Ok(key);
            }
        }
        Err(taken(key))
    }

    /// A recipe of the version in force of a flow.
    pub(crate) async fn recipe_of_flow(
        &self,
        workspace: WorkspaceId,
        flow: FlowId,
        about: About,
        by: Option<Author>,
    ) -> Result<Recipe, Refusal> {
        let flow = self.flow(workspace, flow).await?;
        if !flow.problems.is_empty() {
            return Err(Refusal::NotNow(
                "the flow has problems: mend it before it becomes a recipe".into(),
            ));
        }
        let has_key = about.key.is_some();
        let vocabulary = Vocabulary::of(&*self.world);
        let mut document = from_flow(&flow.document, about, &vocabulary);
        if let (false, Some(key)) = (has_key, document["key"].as_str()) {
            document["key"] = self.free_recipe_key(workspace, key).await?.into();
        }
        let new = NewRecipe {
            document,
            by,
            imported: false,
        };
        self.save_recipe(workspace, None, None, new).await
    }

    pub(super) async fn set_share(
        &self,
        mut document: Document,
        share: Option<Share>,
    ) -> Result<Recipe, Refusal> {
        let mut kept = read(&document)?;
        kept.share = share;
        let version = document.version;
        document.version += 1;
        document.body = wire::encode(&kept);
        self.put_recipe(document, version).await
    }

    pub(crate) async fn delete_recipe(
        &self,
        workspace: WorkspaceId,
        which: &str,
    ) -> Result<(), Refusal> {
        let document = self.own_recipe(workspace, which).await?;
        let now: Timestamp = self.stamp.now();
        let id = RecipeId::from_bytes(document.id).bytes();
        self.store.delete(Kind::Recipe, id, now).await?;
        Ok(())
    }
}

fn taken(key: &str) -> Refusal {
    Refusal::Taken(format!("the recipe key `{key}`"))
}
