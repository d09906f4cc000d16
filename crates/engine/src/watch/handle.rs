//! What callers may ask and do about flows that fail: the engine's handle, continued.

use super::{Alert, CatchUp, Caught, Missed, Trouble};
use crate::notify::{NewNotify, Notify};
use crate::{Engine, Refusal};
use kernel::id::{AlertId, FlowId, WorkspaceId};

impl Engine {
    /// Lets a paused flow start runs again, and says what came in meanwhile; `None`: it was not paused.
    pub async fn resume(
        &self,
        workspace: WorkspaceId,
        flow: FlowId,
    ) -> Result<Option<Missed>, Refusal> {
        self.inner.resume(workspace, flow).await
    }

    /// Starts a flow on events that came in while it did not start, once for each.
    pub async fn catch_up(
        &self,
        workspace: WorkspaceId,
        flow: FlowId,
        wanted: CatchUp,
    ) -> Result<Caught, Refusal> {
        self.inner.catch_up(workspace, flow, wanted).await
    }

    /// Tells people of trouble: the same again changes its alert, until it is resolved.
    pub async fn raise_alert(
        &self,
        workspace: WorkspaceId,
        trouble: &Trouble,
    ) -> Result<(), Refusal> {
        Ok(self.inner.raise_alert(workspace, trouble).await?)
    }

    /// Newest first; `open: None`: all of the last month.
    pub async fn alerts(
        &self,
        workspace: WorkspaceId,
        open: Option<bool>,
        before: Option<AlertId>,
        limit: u32,
    ) -> Result<Vec<Alert>, Refusal> {
        self.inner.alerts(workspace, open, before, limit).await
    }

    /// Somebody has seen an alert.
    pub async fn acknowledge(
        &self,
        workspace: WorkspaceId,
        alert: AlertId,
        by: &str,
    ) -> Result<Alert, Refusal> {
        self.inner.acknowledge(workspace, alert, by).await
    }

    /// Whom the workspace wants to be told when something fails.
    pub async fn notify(&self, workspace: WorkspaceId) -> Result<Option<Notify>, Refusal> {
        self.inner.notify(workspace).await
    }

    /// `expect` is the version that it replaces, where the caller cares; 0: nobody was told.
    pub async fn save_notify(
        &self,
        workspace: WorkspaceId,
        expect: Option<u32>,
        new: NewNotify,
    ) -> Result<Notify, Refusal> {
        self.inner.save_notify(workspace, expect, new).await
    }

    /// `false`: nobody was to be told.
    pub async fn delete_notify(&self, workspace: WorkspaceId) -> Result<bool, Refusal> {
        self.inner.delete_notify(workspace).await
    }
}
