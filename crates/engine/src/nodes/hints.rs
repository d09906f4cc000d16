//! What nodes tell each other so that nobody waits for the next poll. Hints are lossy and repeat nothing: what they miss is
//! found by asking the store.

use crate::engine::Inner;
use crate::job::Job;
use crate::live::Notice;
use crate::plans::lock;
use futures_util::future::join_all;
use kernel::id::RunId;
use std::sync::Arc;
use std::time::Duration;
use store::journal::{Hint, Timer};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;

/// So many runs are taken up at once.
const TOGETHER: usize = 256;
/// Timers further away are found in time by polling.
const SOON: Duration = Duration::from_secs(10);
/// How long a node tells its news after it was last asked for them.
const WATCHED: Duration = Duration::from_secs(10);
/// A notification holds several.
const LONGEST_NEWS: usize = 1500;

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

    /// Shows to whoever watches, here or on another node, what has happened.
    pub(crate) fn announce(&self, notices: impl Iterator<Item = Notice>) {
        let elsewhere = self.live.is_watched_elsewhere();
        let mut news = Vec::new();
        for notice in notices {
            if elsewhere && self.live.may_send() {
                let text = serde_json::to_string(&notice).expect("it has text keys only");
                if text.len() <= LONGEST_NEWS {
                    news.push(Hint::News(text.into()));
                }
            }
            self.live.tell(notice);
        }
        if !news.is_empty() {
            self.store.tell(news);
        }
    }

    /// Asks the others for their news as long as somebody watches here.
    pub(crate) fn ask_for_news(&self) {
        let (nodes, _) = self.nodes.figures();
        if nodes > 1 && self.live.is_watched_here() {
            self.store.tell(vec![Hint::Watched]);
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
            Hint::Watched => self.live.watched_elsewhere(Instant::now() + WATCHED),
            Hint::News(text) if self.live.is_watched_here() => {
                if let Ok(notice) = serde_json::from_str(&text) {
                    self.live.tell(notice);
                }
            }
            Hint::News(_) => {}
            Hint::Gates(text) => self.hear_of_gates(&text),
        }
    }
}
