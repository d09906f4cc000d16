//! What is remembered of how a flow does, as documents under the flow's id. A pause is a document of its own, because it changes
//! which flows start; the rest changes more often and nobody else need know.

use super::trouble::Trouble;
use crate::engine::Inner;
use crate::wire;
use kernel::Timestamp;
use kernel::id::{BudgetId, EventId, FlowId, RunId, WorkspaceId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use store::catalog::{Document, Kind, Put};

/// Why a flow starts no runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Too many of its runs failed in a row.
    Failures,
    /// The receiver of its webhook answered 410.
    WebhookGone,
}

/// That a flow starts no runs for now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Paused {
    pub since: Timestamp,
    pub why: Why,
    /// Failed runs in a row.
    pub failures: u32,
    /// The webhook that is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The budget that is used up: then that is why. A binary that knows no budgets reads `why` alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<BudgetId>,
    /// Not the flow, but this action of an agent is switched off (`agent_…/a1`). A binary that does not know that pauses the flow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
}

/// Fields are only ever added.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Health {
    /// The level of which people were told last.
    pub level: u8,
    /// Runs that began before say nothing any more: the flow was resumed then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Timestamp>,
    /// When the last pause was: what may be caught up with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paused: Option<(Timestamp, Timestamp)>,
    /// What came in meanwhile and is still to be started on, without anybody asking.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catching: Option<(Timestamp, Timestamp)>,
    /// Which failures each throttled flow that watches has heard of: up to here.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub told: BTreeMap<FlowId, Timestamp>,
    /// When one of them is to hear of more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again_at: Option<Timestamp>,
    /// What was decided and is not carried out yet: done again by whoever comes next, and done once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub owed: Vec<Owed>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Owed {
    Pause(Paused),
    Alert(Trouble),
    /// The flow is well again.
    Resolve,
    Event(Telling),
}

/// An event that starts flows that watch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Telling {
    pub id: EventId,
    pub kind: String,
    /// The run that it is about.
    pub run: RunId,
    /// Starts this flow alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<FlowId>,
    pub said: Map<String, Value>,
}

impl Health {
    /// Whether the flow is to be looked at without a new failure.
    pub fn is_open(&self, now: Timestamp) -> bool {
        let is_warned = (1..kernel::health::FULL).contains(&self.level);
        let is_waiting = !self.owed.is_empty() || self.catching.is_some();
        is_waiting || is_warned || self.again_at.is_some_and(|at| at <= now)
    }
}

impl Inner {
    /// What is remembered of a flow, and the version of that.
    pub(super) async fn health(&self, flow: FlowId) -> store::Result<(Health, u32)> {
        let document = self.store.get(Kind::Health, flow.bytes()).await?;
        Ok(match document {
            Some(document) => (
                wire::decode("a flow's health", &document.body)?,
                document.version,
            ),
            None => (Health::default(), 0),
        })
    }

    /// `false`: somebody else changed it meanwhile.
    pub(super) async fn put_health(
        &self,
        workspace: WorkspaceId,
        flow: FlowId,
        health: &Health,
        expect: u32,
    ) -> store::Result<bool> {
        let document = Document {
            enabled: health.is_open(Timestamp::MAX),
            ..self.memo(Kind::Health, flow.bytes(), workspace, health)
        };
        Ok(self.store.put(document, expect).await? == Put::Saved)
    }

    /// Why a flow starts no runs, if it is paused.
    pub(crate) async fn pause_of(&self, flow: FlowId) -> store::Result<Option<Paused>> {
        let document = self.store.get(Kind::Pause, flow.bytes()).await?;
        document
            .map(|document| wire::decode("a pause", &document.body))
            .transpose()
    }

    /// Starts no more runs of a flow; one that is paused already stays so for its own reason. `false`: it was.
    pub(super) async fn put_pause(
        &self,
        workspace: WorkspaceId,
        flow: FlowId,
        paused: &Paused,
    ) -> store::Result<bool> {
        let document = Document {
            created_at: paused.since,
            updated_at: paused.since,
            ..self.memo(Kind::Pause, flow.bytes(), workspace, paused)
        };
        let put = self.store.put(document, 0).await?;
        self.plans.forget(workspace);
        Ok(put == Put::Saved)
    }

    /// Holds a paused flow back for another budget; who has changed the pause meanwhile knows better.
    pub(super) async fn pause_for(
        &self,
        flow: FlowId,
        paused: &Paused,
        budget: BudgetId,
    ) -> store::Result<()> {
        let Some(there) = self.store.get(Kind::Pause, flow.bytes()).await? else {
            return Ok(());
        };
        if wire::decode::<Paused>("a pause", &there.body)? != *paused {
            return Ok(());
        }
        let paused = Paused {
            budget: Some(budget),
            ..paused.clone()
        };
        let document = Document {
            version: there.version + 1,
            body: wire::encode(&paused),
            ..there.clone()
        };
        self.store.put(document, there.version).await?;
        self.plans.forget(there.workspace);
        Ok(())
    }

    /// Whether people have switched a flow off. One that is deleted is not.
    pub(super) async fn is_off(&self, flow: FlowId) -> store::Result<bool> {
        let document = self.store.get(Kind::Flow, flow.bytes()).await?;
        Ok(document.is_some_and(|document| !document.enabled))
    }
}
