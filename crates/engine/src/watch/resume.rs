//! Letting a paused flow start runs again. The runs that failed before say nothing about it any more.

use super::catch_up::CatchUp;
use super::health::{Health, Owed, Paused};
use crate::Refusal;
use crate::engine::Inner;
use kernel::Timestamp;
use kernel::id::{FlowId, WorkspaceId};
use std::sync::Arc;
use store::catalog::Kind;

/// What came in while a flow was paused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    pub from: Timestamp,
    pub to: Timestamp,
    /// Events that would have started it.
    pub events: u32,
    /// There may be more: not all were looked at.
    pub more: bool,
}

impl Inner {
    /// `None`: it was not paused.
    pub(crate) async fn resume(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        id: FlowId,
    ) -> Result<Option<Missed>, Refusal> {
        self.flow(workspace, id).await?;
        let Some(paused) = self.pause_of(id).await? else {
            return Ok(None);
        };
        if let Some(budget) = paused.budget {
            self.spare(workspace, budget, id).await?;
        }
        let now = self.start_again(workspace, id, &paused, false).await?;
        let stretch = CatchUp {
            from: Some(paused.since),
            to: Some(now),
            dry: true,
        };
        let missed = self.catch_up(workspace, id, stretch).await?;
        Ok(Some(Missed {
            from: missed.from,
            to: missed.to,
            events: missed.events,
            more: missed.next.is_some(),
        }))
    }

    /// Lets a flow start runs again; `catches_up`: on what came in meanwhile as well, in the rounds that follow.
    pub(super) async fn start_again(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
        paused: &Paused,
        catches_up: bool,
    ) -> store::Result<Timestamp> {
        let now = loop {
            let now = self.stamp.now();
            let (mut health, version) = self.health(id).await?;
            health.level = 0;
            health.from = Some(now);
            health.paused = Some((paused.since, now));
            health.owed.retain(|owed| matches!(owed, Owed::Event(_)));
            if catches_up {
                let from = health.catching.map_or(paused.since, |(from, _)| from);
                health.catching = Some((from.min(paused.since), now));
            } else if self.is_off(id).await? {
                health.catching = None;
            }
            if self.put_health(workspace, id, &health, version).await? {
                break now;
            }
        };
        self.store.delete(Kind::Pause, id.bytes(), now).await?;
        self.plans.forget(workspace);
        self.resolve_flow(workspace, id).await?;
        Ok(now)
    }

    /// Starts a flow on a portion of what came in while a budget held it back.
    pub(super) async fn catch_on(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        id: FlowId,
    ) -> store::Result<()> {
        loop {
            let (health, version) = self.health(id).await?;
            let Some((from, to)) = health.catching else {
                return Ok(());
            };
            let stretch = CatchUp {
                from: Some(from),
                to: Some(to),
                dry: false,
            };
            let next = match self.catch_up(workspace, id, stretch).await {
                Ok(caught) => caught.next,
                Err(Refusal::NotFound(_)) => None,
                // Who switched it off wants nothing of what came in meanwhile.
                Err(Refusal::NotNow(_)) if self.is_off(id).await? => None,
                // Paused again: it goes on when it starts runs again.
                Err(Refusal::NotNow(_)) => return Ok(()),
                Err(refusal) => return Err(store::Error::Unavailable(refusal.to_string())),
            };
            let after = Health {
                catching: next.map(|to| (from, to)),
                ..health
            };
            if self.put_health(workspace, id, &after, version).await? {
                return Ok(());
            }
        }
    }
}
