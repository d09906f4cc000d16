//! Letting a paused flow start runs again. The runs that failed before say nothing about it any more.

use super::catch_up::CatchUp;
use super::health::Owed;
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
        let now = loop {
            let now = self.stamp.now();
            let (mut health, version) = self.health(id).await?;
            health.level = 0;
            health.from = Some(now);
            health.paused = Some((paused.since, now));
            health.owed.retain(|owed| matches!(owed, Owed::Event(_)));
            if self.put_health(workspace, id, &health, version).await? {
                break now;
            }
        };
        self.store.delete(Kind::Pause, id.bytes(), now).await?;
        self.plans.forget(workspace);
        self.resolve_flow(workspace, id).await?;
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
}
