//! Tokens of a rate: taken from the store in chunks, by whichever node is first, and handed in at the lane that asked.

use super::{Lane, Want};
use crate::engine::Inner;
use crate::plans::lock;
use kernel::gate::bucket::take;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;

/// How often other nodes may be faster before this one lets them.
const TRIES: usize = 8;
const AWAY: Duration = Duration::from_secs(1);
const CROWDED: Duration = Duration::from_millis(50);

impl Inner {
    /// Sees to the tokens that were asked for, while others go on.
    pub(crate) fn fetch_tokens(self: &Arc<Self>) {
        let wants = std::mem::take(&mut lock(&self.gates.kept).wants);
        for want in wants {
            self.tasks.spawn(self.clone().fetch(want));
        }
    }

    async fn fetch(self: Arc<Self>, want: Want) {
        let rate = want.rate;
        let wait = match self.try_to_fetch(&want).await {
            Ok(wait) => wait,
            Err(error) => {
                tracing::warn!(%error, destination = %want.lane.1, "tokens wait for the store");
                Some(AWAY)
            }
        };
        if let Some(wait) = wait {
            let until = self.gates.now() + wait;
            self.gates
                .with(&want.lane, |gate| gate.refill_at(rate, until));
        }
        lock(&self.queue).ask_again(want.lane.0, &want.lane.1);
        self.pump();
    }

    /// `None`: they are handed in; or how long there are none.
    async fn try_to_fetch(&self, want: &Want) -> store::Result<Option<Duration>> {
        let key = key(&want.lane);
        for _ in 0..TRIES {
            let limit = self.store.limit(key).await?;
            // The store's clock was here or earlier: a token is never spent before its time.
            let base = self.gates.now();
            let taken = match take(&want.rate, limit.used_until, limit.now, want.count) {
                Ok(taken) => taken,
                Err(wait) => return Ok(Some(wait)),
            };
            if self
                .store
                .use_limit(key, limit.used_until, taken.used_until)
                .await?
            {
                let now = self.gates.now();
                self.gates.with(&want.lane, |gate| {
                    gate.fill(want.rate, taken.chunk, base, now)
                });
                metrics::counter!("switchhook_rate_tokens_taken_total")
                    .increment(taken.chunk.count.into());
                return Ok(None);
            }
        }
        Ok(Some(CROWDED))
    }
}

/// The limit of a workspace's destination.
pub(super) fn key((workspace, destination): &Lane) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(workspace.bytes());
    hash.update(destination.as_bytes());
    let digest: [u8; 32] = hash.finalize().into();
    let mut key = [0; 16];
    key.copy_from_slice(&digest[..16]);
    key
}
