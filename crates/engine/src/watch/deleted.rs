//! Flows that were deleted: nothing holds them back and nobody need care for them any more, but what failed before, or fails of
//! runs that were under way, is told as ever. It is remembered only for as long as something could be told twice.

use super::Note;
use super::health::{Health, Owed};
use super::look::Ended;
use super::look_back::LATELY;
use crate::engine::Inner;
use crate::plans::{Book, Compiled};
use kernel::Timestamp;
use kernel::id::{FlowId, WorkspaceId};
use std::sync::Arc;
use std::time::Duration;
use store::catalog::Kind;

impl Inner {
    /// A flow was deleted: what is left to say of it is said soon.
    pub(crate) async fn let_flow_go(
        &self,
        workspace: WorkspaceId,
        flow: FlowId,
    ) -> store::Result<()> {
        let note = Note {
            workspace,
            flow,
            gone: None,
        };
        self.watch.note(vec![note]);
        self.forget_trouble(workspace, flow).await
    }

    pub(super) async fn forget_trouble(
        &self,
        workspace: WorkspaceId,
        flow: FlowId,
    ) -> store::Result<()> {
        let now = self.stamp.now();
        if self.store.delete(Kind::Pause, flow.bytes(), now).await? {
            self.plans.forget(workspace);
        }
        self.resolve_flow(workspace, flow).await
    }

    /// One that is there and does not compile with this version is not.
    pub(super) async fn is_deleted(&self, flow: FlowId) -> store::Result<bool> {
        Ok(self.store.get(Kind::Flow, flow.bytes()).await?.is_none())
    }

    /// What is remembered of a flow that was deleted, with what is to be told of it.
    pub(super) async fn remembered(
        &self,
        book: &Book,
        id: FlowId,
        before: &Health,
    ) -> store::Result<Health> {
        let mut after = Health {
            told: before.told.clone(),
            owed: before.owed.clone(),
            ..Health::default()
        };
        after.owed.retain(|owed| matches!(owed, Owed::Event(_)));
        if let Some(flow) = self.last_version(id).await?
            && !flow.plan.trigger.watches()
        {
            self.tell_throttled(book, &flow, &mut after).await?;
        }
        self.fade(book, &mut after);
        Ok(after)
    }

    /// There is nothing left to remember, which was kept in this version.
    pub(super) async fn forget_health(
        &self,
        workspace: WorkspaceId,
        id: FlowId,
        version: u32,
    ) -> store::Result<()> {
        if version > 0 {
            let now = self.stamp.now();
            self.store.delete(Kind::Health, id.bytes(), now).await?;
            self.forget_trouble(workspace, id).await?;
        }
        Ok(())
    }

    /// The version of its last run.
    async fn last_version(&self, id: FlowId) -> store::Result<Option<Arc<Compiled>>> {
        let one = |seen: &[Ended]| !seen.is_empty();
        let ended = self.last_ended(id, None, one).await?;
        let Some(last) = ended.first() else {
            return Ok(None);
        };
        let version = last.row.flow_version;
        self.plans
            .version(&*self.store, &*self.world, id, version)
            .await
    }

    /// Forgets who has heard of which failures once those are so old that nobody who asks again would hear of them.
    fn fade(&self, book: &Book, after: &mut Health) {
        let now = self.stamp.now();
        let every = |watcher| {
            let flow = book.by_id(watcher);
            flow.and_then(|flow| flow.plan.trigger.every)
        };
        let fades = |watcher: FlowId, told: Timestamp| {
            let lasts = every(watcher).map_or(Duration::ZERO, |every| every.max(LATELY));
            told.saturating_add(lasts).unwrap_or(Timestamp::MAX)
        };
        after
            .told
            .retain(|watcher, told| fades(*watcher, *told) > now);
        let told = after.told.iter();
        let next = told.map(|(watcher, told)| fades(*watcher, *told)).min();
        after.again_at = after.again_at.into_iter().chain(next).min();
    }
}
