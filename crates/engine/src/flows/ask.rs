//! What may be asked of the engine about flows.

use super::{Change, Find, Fit, Flow};
use crate::{Engine, Refusal};
use kernel::id::{FlowId, WorkspaceId};
use serde_json::Value;

impl Engine {
    /// Checks a flow without keeping it: what is known of it, or all its problems.
    pub async fn check_flow(
        &self,
        workspace: WorkspaceId,
        document: &Value,
    ) -> Result<Fit, Refusal> {
        self.inner.check_flow(workspace, document).await
    }

    /// The secrets that a flow names and the workspace does not have.
    pub async fn missing_secrets(
        &self,
        workspace: WorkspaceId,
        document: &Value,
    ) -> Result<Vec<String>, Refusal> {
        self.inner.missing_secrets(workspace, document).await
    }

    /// Keeps a new flow (`id: None`) or a new version of one; one that changes nothing makes no version.
    /// `enabled` in the document is the switch: without it a new flow is on, and another stays as it is.
    pub async fn save_flow(
        &self,
        workspace: WorkspaceId,
        id: Option<FlowId>,
        document: Value,
        change: Change,
    ) -> Result<Flow, Refusal> {
        self.inner.save_flow(workspace, id, document, change).await
    }

    /// Puts a draft (`None`: the newest) or an earlier version in force, as a new version.
    pub async fn publish_flow(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
        version: Option<u32>,
        change: Change,
    ) -> Result<Flow, Refusal> {
        self.inner
            .publish_flow(workspace, id, version, change)
            .await
    }

    /// Starts or stops new runs, without a new version.
    pub async fn switch_flow(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
        enabled: bool,
    ) -> Result<Flow, Refusal> {
        self.inner.switch_flow(workspace, id, enabled).await
    }

    /// The version in force; of a flow that was never published the newest draft.
    pub async fn flow(&self, workspace: WorkspaceId, id: FlowId) -> Result<Flow, Refusal> {
        self.inner.flow(workspace, id).await
    }

    /// The flows after the one with id `after`.
    pub async fn flows(
        &self,
        workspace: WorkspaceId,
        find: &Find,
        after: Option<FlowId>,
        limit: u32,
    ) -> Result<Vec<Flow>, Refusal> {
        self.inner.flows(workspace, find, after, limit).await
    }

    pub async fn flow_version(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
        version: u32,
    ) -> Result<Flow, Refusal> {
        self.inner.flow_version(workspace, id, version).await
    }

    /// The versions below `before` (`None`: all), newest first, without what is wrong with them.
    pub async fn flow_versions(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<Flow>, Refusal> {
        self.inner.flow_versions(workspace, id, before, limit).await
    }

    /// Stops new runs at once; runs in flight keep their version until they end or are cancelled.
    pub async fn delete_flow(&self, workspace: WorkspaceId, id: FlowId) -> Result<(), Refusal> {
        self.inner.delete_flow(workspace, id).await
    }
}
