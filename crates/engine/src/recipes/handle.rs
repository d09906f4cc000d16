//! What callers of the engine do with recipes; `which` is an id or a key.

use super::{Filled, Find, NewRecipe, Outlook, Recipe, Shared};
use crate::flows::{Author, Change, Flow};
use crate::{Engine, Refusal};
use kernel::id::{FlowId, WorkspaceId};
use kernel::recipe::About;
use serde_json::{Map, Value};
use std::time::Duration;

impl Engine {
    /// One's own first, then those that come with the binary.
    pub async fn recipes(
        &self,
        workspace: WorkspaceId,
        find: &Find,
    ) -> Result<Vec<Recipe>, Refusal> {
        self.inner.recipes(workspace, find).await
    }

    pub async fn recipe(&self, workspace: WorkspaceId, which: &str) -> Result<Recipe, Refusal> {
        self.inner.recipe(workspace, which).await
    }

    /// Its inputs, and the flow that its examples make.
    pub fn outlook(&self, recipe: &Recipe) -> Outlook {
        self.inner.outlook(recipe)
    }

    /// Keeps a new recipe (`which: None`) or a change of one's own; `expect` is the version that it replaces.
    pub async fn save_recipe(
        &self,
        workspace: WorkspaceId,
        which: Option<&str>,
        expect: Option<u32>,
        new: NewRecipe,
    ) -> Result<Recipe, Refusal> {
        self.inner.save_recipe(workspace, which, expect, new).await
    }

    /// Keeps a recipe made of a flow: connections, secrets, agents and campaigns become inputs.
    pub async fn recipe_of_flow(
        &self,
        workspace: WorkspaceId,
        flow: FlowId,
        about: About,
        by: Option<Author>,
    ) -> Result<Recipe, Refusal> {
        self.inner.recipe_of_flow(workspace, flow, about, by).await
    }

    pub async fn delete_recipe(&self, workspace: WorkspaceId, which: &str) -> Result<(), Refusal> {
        self.inner.delete_recipe(workspace, which).await
    }

    /// The flow that a recipe makes of these inputs, or all that is wrong with them.
    pub async fn fill_recipe(
        &self,
        workspace: WorkspaceId,
        which: &str,
        inputs: &Map<String, Value>,
    ) -> Result<Filled, Refusal> {
        self.inner.fill_recipe(workspace, which, inputs).await
    }

    /// Keeps the flow of a filled recipe, off unless `enabled`.
    pub async fn install_recipe(
        &self,
        workspace: WorkspaceId,
        filled: Filled,
        enabled: bool,
        change: Change,
    ) -> Result<Flow, Refusal> {
        self.inner
            .install_recipe(workspace, filled, enabled, change)
            .await
    }

    /// Makes a link by which other workspaces of this server may take a copy.
    pub async fn share_recipe(
        &self,
        workspace: WorkspaceId,
        which: &str,
        lasts: Duration,
    ) -> Result<Shared, Refusal> {
        self.inner.share_recipe(workspace, which, lasts).await
    }

    /// Takes the link back.
    pub async fn unshare_recipe(&self, workspace: WorkspaceId, which: &str) -> Result<(), Refusal> {
        self.inner.unshare_recipe(workspace, which).await
    }

    /// Takes a copy of the recipe that a link leads to.
    pub async fn import_shared(
        &self,
        workspace: WorkspaceId,
        link: &str,
        by: Option<Author>,
    ) -> Result<Recipe, Refusal> {
        self.inner.import_shared(workspace, link, by).await
    }
}
