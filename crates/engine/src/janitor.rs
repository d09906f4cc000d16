//! Removes what has been kept long enough, in small portions, so that nobody notices.

use crate::engine::Inner;
use kernel::usage;
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
        loop {
            // One node removes for all: the owner of the first partition.
            let removed = if self.nodes.works_on(0) {
                self.remove_expired().await
            } else {
                Ok(0)
            };
            let wait = match removed {
                Ok(removed) if removed >= u64::from(PORTION) => PAUSE,
                Ok(_) => EVERY,
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

    /// A portion of each; returns how many rows the largest of them had.
    async fn remove_expired(&self) -> store::Result<u64> {
        let now = self.stamp.now();
        let old = now - self.config.retention;
        let mut most = self.store.prune(old, PORTION).await?;
        let counted = usage::hour(now - COUNTED_FOR);
        most = most.max(self.store.prune_tallies(counted, PORTION).await?);
        for kind in [Kind::Answer, Kind::Link, Kind::Session, Kind::Alert] {
            let lasts = kind.lasts().expect("these do not last for ever");
            let removed = self.store.expire(kind, now - lasts, PORTION).await?;
            most = most.max(removed);
        }
        Ok(most)
    }
}
