//! Removes what has been kept long enough, in small portions, so that nobody notices.

use crate::engine::Inner;
use std::sync::Arc;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(600);
const PORTION: u32 = 500;
/// Between portions the writer belongs to others.
const PAUSE: Duration = Duration::from_millis(50);

impl Inner {
    pub(crate) async fn tidy_up(self: Arc<Self>) {
        loop {
            // One node removes for all: the owner of the first partition.
            if !self.nodes.works_on(0) {
                tokio::select! {
                    biased;
                    () = self.stopping.cancelled() => return,
                    () = tokio::time::sleep(EVERY) => continue,
                }
            }
            let wait = match self
                .store
                .prune(self.stamp.now() - self.config.retention, PORTION)
                .await
            {
                Ok(touched) if touched >= u64::from(PORTION) => PAUSE,
                Ok(_) => EVERY,
                Err(error) => {
                    tracing::warn!(%error, "removing expired payloads waits for the store");
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
}
