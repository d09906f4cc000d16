//! The engine's handle, as far as destinations go.

use super::{Destination, Held, Setting};
use crate::{Engine, Refusal};
use kernel::id::WorkspaceId;

impl Engine {
    /// The destinations of a workspace that have settings, were sent to in the last day, or are held back, by name.
    pub async fn destinations(&self, workspace: WorkspaceId) -> Result<Vec<Destination>, Refusal> {
        let known = self.inner.destinations(workspace).await?;
        Ok(self.inner.add_lately(workspace, known, None).await?)
    }

    pub async fn destination(
        &self,
        workspace: WorkspaceId,
        name: &str,
    ) -> Result<Destination, Refusal> {
        let known = self.inner.destination_named(workspace, name).await?;
        let lately = self.inner.add_lately(workspace, known, Some(name)).await?;
        match lately.into_iter().next() {
            Some(found) => Ok(found),
            // It has rested for long.
            None if self.inner.is_counted(workspace, name).await? => {
                Ok(Destination::unseen(name.into()))
            }
            None => Err(Refusal::NotFound("such destination")),
        }
    }

    /// Keeps what people set for a destination, except for a pause, which stays; `expect` is the version that it replaces.
    pub async fn save_destination(
        &self,
        workspace: WorkspaceId,
        name: &str,
        expect: Option<u32>,
        setting: Setting,
    ) -> Result<(), Refusal> {
        self.inner
            .save_destination(workspace, name, expect, setting)
            .await
    }

    /// Holds a destination's runs back, or lets them go on.
    pub async fn pause_destination(
        &self,
        workspace: WorkspaceId,
        name: &str,
        is_paused: bool,
    ) -> Result<(), Refusal> {
        self.inner
            .pause_destination(workspace, name, is_paused)
            .await
    }

    /// Forgets what was set for a destination, a pause included; `false`: nothing was.
    pub async fn delete_destination(
        &self,
        workspace: WorkspaceId,
        name: &str,
    ) -> Result<bool, Refusal> {
        self.inner.delete_destination(workspace, name).await
    }

    /// What a run that is ready waits for, as far as it is known without asking anybody.
    pub fn held(&self, row: &store::journal::RunRow) -> Option<Held> {
        self.inner.held(row)
    }
}
