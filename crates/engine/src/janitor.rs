//! Removes what has been kept long enough, workspace by workspace and in small portions, so that nobody notices.

use crate::Refusal;
use crate::engine::Inner;
use crate::pages::Pages;
use crate::retention::Reach;
use kernel::id::WorkspaceId;
use kernel::usage;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use store::catalog::Kind;

/// How long counters are kept.
const COUNTED_FOR: Duration = Duration::from_secs(800 * 24 * 3600);
const EVERY: Duration = Duration::from_secs(600);
const PORTION: u32 = 500;
/// Between portions the writer belongs to others.
const PAUSE: Duration = Duration::from_millis(50);

impl Inner {
    pub(crate) async fn tidy_up(self: Arc<Self>) {
        // How far each workspace's payloads have been gone through.
        let mut reached = HashMap::new();
        loop {
            // One node removes for all: the owner of the first partition.
            let more = if self.nodes.works_on(0) {
                self.remove_expired(&mut reached).await
            } else {
                Ok(false)
            };
            let wait = match more {
                Ok(true) => PAUSE,
                Ok(false) => EVERY,
                Err(error) => {
                    tracing::warn!(%error, "removing what has expired waits for the store");
                    EVERY
                }
            };
            tokio::select! {
                biased;
                () = self.stopping.cancelled() => return,
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// A portion of each; whether there may be more.
    async fn remove_expired(
        &self,
        reached: &mut HashMap<WorkspaceId, Reach>,
    ) -> Result<bool, Refusal> {
        let now = self.stamp.now();
        let counted = usage::hour(now - COUNTED_FOR);
        let uncounted = self.store.prune_tallies(counted, PORTION).await?;
        let mut more = uncounted >= u64::from(PORTION);
        for kind in [
            Kind::Answer,
            Kind::Link,
            Kind::Session,
            Kind::Alert,
            Kind::Audit,
            Kind::Gone,
            Kind::Leg,
        ] {
            let lasts = kind.lasts().expect("these do not last for ever");
            let removed = self.store.expire(kind, now - lasts, PORTION).await?;
            more |= removed >= u64::from(PORTION);
        }
        let mut pages = Pages::new(&*self.store, None, Kind::Workspace);
        while let Some(page) = pages.next().await? {
            for document in &page {
                let workspace = WorkspaceId::from_bytes(document.id);
                let reach = reached.entry(workspace).or_default();
                match self.remove_old(workspace, reach).await {
                    Ok(old) => more |= old,
                    Err(error) => {
                        tracing::warn!(%error, %workspace, "what has expired of a workspace stays for now")
                    }
                }
            }
        }
        Ok(more)
    }
}
