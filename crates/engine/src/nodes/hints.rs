//! What nodes tell each other so that nobody waits for the next poll. Hints are lossy and repeat nothing: what they miss is
//! found by asking the store.

use crate::engine::Inner;
use crate::job::Job;
use crate::plans::lock;
use futures_util::future::join_all;
use kernel::id::RunId;
use std::sync::Arc;
use std::time::Duration;
use store::journal::{Hint, Timer};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// So many runs are taken up at once.
const TOGETHER: usize = 256;
/// Timers further away are found in time by polling.
const SOON: Duration = Duration::from_secs(10);

impl Inner {
    /// Tells the owners of these that there is something for them.
    pub(crate) fn tell_others(&self, jobs: &[Job], timers: &[Timer]) {
        let soon = self.stamp.now() + SOON;
        let ready = jobs.iter().map(|job| Hint::Ready(job.run.id));
        let due = timers
            .iter()
            .filter(|timer| timer.due_at < soon && !self.nodes.works_on(timer.part))
            .map(|timer| Hint::Due(timer.part, timer.due_at));
        let hints: Vec<Hint> = ready.chain(due).collect();
        if !hints.is_empty() {
            self.store.tell(hints);
        }
    }

    pub(crate) async fn listen(self: Arc<Self>, mut hints: Receiver<Hint>) {
        loop {
            let first = tokio::select! {
                biased;
                () = self.stopping.cancelled() => return,
                hint = hints.recv() => hint,
            };
            let mut ready = Vec::new();
            match first {
                Ok(hint) => self.hear(hint, &mut ready),
                // Missed some: polling finds them, now rather than later.
                Err(RecvError::Lagged(_)) => self.look_for_work(),
                Err(RecvError::Closed) => return,
            }
            while ready.len() < TOGETHER
                && let Ok(hint) = hints.try_recv()
            {
                self.hear(hint, &mut ready);
            }
            if lock(&self.queue).waiting() + ready.len() > self.config.queued {
                self.look_for_work();
                continue;
            }
            for taken in join_all(ready.into_iter().map(|run| self.take_up_ready(run))).await {
                if let Err(error) = taken {
                    tracing::warn!(%error, "a run that another node accepted waits for the store");
                    self.look_for_work();
                }
            }
        }
    }

    fn hear(&self, hint: Hint, ready: &mut Vec<RunId>) {
        match hint {
            Hint::Ready(run) if self.nodes.works_on(run.part()) => ready.push(run),
            Hint::Due(part, at) if self.nodes.works_on(part) => self.timers.expect_at(at),
            Hint::Ready(_) | Hint::Due(..) => {}
        }
    }
}
