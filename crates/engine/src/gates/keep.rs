//! The loop behind the gates: asks held lanes again when their time has come, reads what people have set, and tells other
//! nodes what is held back here.

use super::{Policies, settings};
use crate::engine::Inner;
use crate::network::Network;
use crate::pages::Pages;
use crate::plans::lock;
use kernel::gate::Tick;
use kernel::id::WorkspaceId;
use std::sync::Arc;
use std::time::Duration;
use store::catalog::Kind;

/// The store is asked this often whether somebody on another node has changed something.
const LOOK: Duration = Duration::from_secs(2);
/// For so many workspaces; with more of them each is looked at less often. Accepting an event finds changes at once.
const LOOK_AT: usize = 32;

impl Inner {
    pub(crate) async fn keep_gates(self: Arc<Self>) {
        let mut look = tokio::time::Instant::now() + LOOK;
        loop {
            lock(&self.queue).wake(self.gates.now());
            self.pump();
            let next = self.plan_wake();
            let wake = next.map_or(look, |next| look.min(self.gates.began + next));
            tokio::select! {
                biased;
                () = self.stopping.cancelled() => return,
                () = self.gates.sooner.notified() => {}
                () = tokio::time::sleep_until(wake) => {}
            }
            let has_failed = self.read_unread().await;
            if look <= tokio::time::Instant::now() {
                look = tokio::time::Instant::now() + LOOK;
                if !has_failed {
                    self.look_for_changes().await;
                }
                // Whoever was to be cancelled before its lane was held, or while it was taken up, has not been found there.
                let to_cancel = self.active.to_cancel();
                if !to_cancel.is_empty() {
                    self.cancel_held(&to_cancel);
                }
                self.tell_what_is_held();
            }
        }
    }

    /// When a held lane is to be asked again. Under the queue's lock, so that whoever holds one later knows of it.
    fn plan_wake(&self) -> Option<Tick> {
        let queue = lock(&self.queue);
        *lock(&self.gates.wakes_at) = queue.next_wake();
        queue.next_wake()
    }

    /// Wakes the loop when a lane is held that is to be asked again sooner.
    pub(crate) fn expect_wake(&self) {
        let queue = lock(&self.queue);
        if let Some(next) = queue.next_wake()
            && lock(&self.gates.wakes_at).is_none_or(|at| next < at)
        {
            self.gates.sooner.notify_one();
        }
    }

    /// Reads what is to be read before anything passes; `true` when the store did not answer, and is asked again soon.
    async fn read_unread(&self) -> bool {
        let unread: Vec<WorkspaceId> = lock(&self.gates.kept).unread.keys().copied().collect();
        for workspace in unread {
            if let Err(error) = self.read_policies(workspace).await {
                tracing::warn!(%error, "the settings of destinations wait for the store");
                return true;
            }
        }
        false
    }

    async fn look_for_changes(&self) {
        let mut known: Vec<(Tick, WorkspaceId, u64)> = {
            let kept = lock(&self.gates.kept);
            let known = kept.workspaces.iter();
            known
                .map(|(id, policies)| (policies.looked_at, *id, policies.generation))
                .collect()
        };
        known.sort_unstable();
        for (_, workspace, known) in known.into_iter().take(LOOK_AT) {
            match self.store.generation(workspace).await {
                Ok(generation) if generation == known => self.looked_at(workspace),
                Ok(_) => self.forget(workspace),
                Err(error) => {
                    return tracing::warn!(%error, "the settings of destinations wait for the store");
                }
            }
        }
    }

    fn looked_at(&self, workspace: WorkspaceId) {
        let now = self.gates.now();
        if let Some(policies) = lock(&self.gates.kept).workspaces.get_mut(&workspace) {
            policies.looked_at = now;
        }
    }

    /// Reads what people have set in a workspace, also which networks are open to it, and goes by it from now on.
    pub(super) async fn read_policies(&self, workspace: WorkspaceId) -> store::Result<()> {
        let asked = {
            let kept = lock(&self.gates.kept);
            kept.unread.get(&workspace).map(|unread| unread.said)
        };
        // The generation first: what changes while the documents are read is seen as a change.
        let generation = self.store.generation(workspace).await?;
        let (all, _) = self.settings(workspace).await?;
        self.plans
            .open(workspace, generation, Network::of(&all).opened());
        let mut by_name = std::collections::HashMap::new();
        let mut pages = Pages::new(&*self.store, Some(workspace), Kind::Destination);
        while let Some(page) = pages.next().await? {
            let read = page.iter().map(|document| {
                (
                    Arc::from(document.name.as_str()),
                    settings::policy(document, self.nodes.figures().0),
                )
            });
            by_name.extend(read);
        }
        let looked_at = self.gates.now();
        self.gates.learn(
            workspace,
            Policies {
                generation,
                by_name,
                looked_at,
            },
            asked,
        );
        lock(&self.queue).ask_again_all(workspace);
        Ok(())
    }
}
