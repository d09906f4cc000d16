//! The engine as its callers hold it: one handle that accepts, replays, cancels and stops.

use crate::flows::Flow;
use crate::live::Notice;
use crate::vault::Vault;
use crate::{Clock, Receipt, Refusal, ReplayFrom, ReplayVersion};
use actions::World;
use calls::{Observation, Policy};
use kernel::id::{EndpointId, FlowId, RunId, WorkspaceId};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use tokio::sync::broadcast;

#[derive(Clone)]
pub struct Config {
    /// This node's name in leases.
    pub node: String,
    /// How many calls to the world may be under way at once.
    pub concurrency: usize,
    /// How many of them to one destination.
    pub per_destination: usize,
    /// How many accepts may wait for the disk at once before senders are told to slow down.
    pub intake: usize,
    /// How long payloads of finished runs are kept.
    pub retention: Duration,
    pub clock: Clock,
}

/// Cheap to clone.
#[derive(Clone)]
pub struct Engine {}

/// Figures for `/metrics` and the screens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Runs with a place in the queue.
    pub queued: u64,
    /// Calls to the world under way.
    pub performing: u64,
}

impl Engine {
    /// Takes ownership, takes up what an earlier process left, and starts the loops.
    pub async fn start(
        store: Arc<dyn Store>,
        world: World,
        vault: Vault,
        config: Config,
    ) -> Result<Engine, store::Error> {
        let _ = (store, world, vault, config);
        Ok(Engine {})
    }

    pub fn store(&self) -> &Arc<dyn Store> {
        unreachable!()
    }

    pub fn vault(&self) -> &Vault {
        unreachable!()
    }

    pub fn now(&self) -> kernel::Timestamp {
        unreachable!()
    }

    /// A new id for a document (part 0).
    pub fn new_id<K: kernel::id::Kind>(&self) -> kernel::id::Id<K> {
        unreachable!()
    }

    /// Accepts messages, all or nothing, and answers when they and the runs they cause are on disk. Receipts are in order.
    pub async fn accept(
        &self,
        workspace: WorkspaceId,
        endpoint: Option<EndpointId>,
        policy: &Policy,
        observations: Vec<Observation>,
    ) -> Result<Vec<Receipt>, Refusal> {
        let _ = (workspace, endpoint, policy, observations);
        unreachable!()
    }

    /// Checks a flow without keeping it: its warnings, or all its problems.
    pub fn check_flow(&self, document: &Value) -> Result<Vec<kernel::Problem>, Refusal> {
        let _ = document;
        unreachable!()
    }

    /// Keeps a new flow (`id: None`) or a new version of one; `expect` is the version that it replaces, where the caller cares.
    /// `enabled` is read from the document (true unless it says otherwise).
    pub async fn save_flow(
        &self,
        workspace: WorkspaceId,
        id: Option<FlowId>,
        expect: Option<u32>,
        document: Value,
    ) -> Result<Flow, Refusal> {
        let _ = (workspace, id, expect, document);
        unreachable!()
    }

    pub async fn flow(&self, workspace: WorkspaceId, id: FlowId) -> Result<Flow, Refusal> {
        let _ = (workspace, id);
        unreachable!()
    }

    /// Newest first.
    pub async fn flows(
        &self,
        workspace: WorkspaceId,
        before: Option<FlowId>,
        limit: u32,
    ) -> Result<Vec<Flow>, Refusal> {
        let _ = (workspace, before, limit);
        unreachable!()
    }

    pub async fn flow_versions(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
    ) -> Result<Vec<Flow>, Refusal> {
        let _ = (workspace, id);
        unreachable!()
    }

    /// Stops new runs at once; runs in flight keep their version until they end or are cancelled.
    pub async fn delete_flow(&self, workspace: WorkspaceId, id: FlowId) -> Result<(), Refusal> {
        let _ = (workspace, id);
        unreachable!()
    }

    /// Keeps a secret (a new value replaces the old one, which stays valid for `overlap`).
    pub async fn save_secret(
        &self,
        workspace: WorkspaceId,
        name: &str,
        value: &str,
        overlap: Duration,
    ) -> Result<(), Refusal> {
        let _ = (workspace, name, value, overlap);
        unreachable!()
    }

    /// Does a finished run again as a new run.
    pub async fn replay(
        &self,
        workspace: WorkspaceId,
        run: RunId,
        from: ReplayFrom,
        version: ReplayVersion,
    ) -> Result<RunId, Refusal> {
        let _ = (workspace, run, from, version);
        unreachable!()
    }

    /// Asks for a run to be cancelled; it ends once the attempt under way is over.
    pub async fn cancel(&self, workspace: WorkspaceId, run: RunId) -> Result<(), Refusal> {
        let _ = (workspace, run);
        unreachable!()
    }

    /// What happens from now on, in all workspaces.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Notice>> {
        unreachable!()
    }

    pub fn stats(&self) -> Stats {
        Stats::default()
    }

    /// Stops taking, finishes what is under way (at most `grace`), hands back the rest.
    pub async fn stop(&self, grace: Duration) {
        let _ = grace;
    }
}
