//! What is happening now, for whoever watches: a lossy broadcast that costs nothing while nobody listens.

use crate::plans::lock;
use crate::wire::{self, EventDetail};
use kernel::id::WorkspaceId;
use kernel::run::Transition;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::journal::{EventRow, Unit};
use tokio::sync::broadcast;
use tokio::time::Instant;

/// One thing that happened, in the shape the API shows it: an event, a run, or an entry of a run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Notice {
    pub workspace: WorkspaceId,
    /// `event`, `run`, `entry`, `alert` or `message`.
    pub topic: Cow<'static, str>,
    pub data: Value,
}

pub(crate) struct Live {
    sender: broadcast::Sender<Arc<Notice>>,
    /// Until when somebody watches on another node.
    elsewhere: Mutex<Option<Instant>>,
    /// The second that is being counted, and how much was sent to other nodes in it.
    sent: Mutex<(Instant, u32)>,
    /// Commits under way that began while nobody watched: they tell nothing.
    unheard: AtomicUsize,
}

/// A commit of which nobody may hear.
pub(crate) struct Unheard<'a>(&'a Live);

impl Drop for Unheard<'_> {
    fn drop(&mut self) {
        self.0.unheard.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Commits take milliseconds.
const UNHEARD: Duration = Duration::from_secs(5);
/// People cannot follow more; the store has other work.
const NEWS_PER_S: u32 = 200;

impl Live {
    pub fn new() -> Self {
        Self {
            sender: broadcast::channel(1024).0,
            elsewhere: Mutex::default(),
            sent: Mutex::new((Instant::now(), 0)),
            unheard: AtomicUsize::new(0),
        }
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Notice>> {
        self.sender.subscribe()
    }

    /// To be held over a commit that tells nothing; `None`: somebody watches.
    pub fn unheard(&self) -> Option<Unheard<'_>> {
        // Counted before it is asked: whoever begins to watch in between waits for it.
        self.unheard.fetch_add(1, Ordering::SeqCst);
        let unheard = Unheard(self);
        (!self.is_watched()).then_some(unheard)
    }

    /// For whoever has begun to watch: after that, what was not told is in the lists. A store that hangs is not waited for.
    pub async fn unheard_are_over(&self) {
        let until = Instant::now() + UNHEARD;
        while self.unheard.load(Ordering::SeqCst) > 0 && Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Whether it is worth the work to say something.
    pub fn is_watched(&self) -> bool {
        self.is_watched_here() || self.is_watched_elsewhere()
    }

    pub fn is_watched_here(&self) -> bool {
        self.sender.receiver_count() > 0
    }

    pub fn is_watched_elsewhere(&self) -> bool {
        lock(&self.elsewhere).is_some_and(|until| Instant::now() < until)
    }

    pub fn watched_elsewhere(&self, until: Instant) {
        *lock(&self.elsewhere) = Some(until);
    }

    /// Counts one piece of news for other nodes in, unless there were enough in this second.
    pub fn may_send(&self) -> bool {
        let mut sent = lock(&self.sent);
        if sent.0.elapsed().as_secs() > 0 {
            *sent = (Instant::now(), 0);
        }
        sent.1 += 1;
        sent.1 <= NEWS_PER_S
    }

    pub fn tell(&self, notice: Notice) {
        // Nobody listening any more is fine: the broadcast is lossy by design.
        let _ = self.sender.send(Arc::new(notice));
    }
}

/// What a transition means to a watcher: its entries and the run's new status.
pub(crate) fn progress(workspace: WorkspaceId, transition: &Transition) -> Vec<Notice> {
    let run = &transition.run;
    let entries = transition.entries.iter().map(|entry| Notice {
        workspace,
        topic: "entry".into(),
        data: json!({ "run_id": run.id, "number": entry.number, "step": entry.step, "attempt": entry.attempt, "result": entry.result }),
    });
    let face = Notice {
        workspace,
        topic: "run".into(),
        data: json!({ "id": run.id, "status": run.status }),
    };
    entries.chain([face]).collect()
}

/// What an accepted unit means to a watcher: its events and the runs they started.
pub(crate) fn arrivals(unit: &Unit) -> Vec<Notice> {
    let events = unit.events.iter().filter(|event| is_for_all(event));
    let events = events.map(|event| Notice {
        workspace: event.workspace,
        topic: "event".into(),
        data: json!({ "id": event.id, "kind": event.kind, "at": event.at, "call_id": event.call }),
    });
    let runs = unit.runs.iter().map(|run| Notice {
        workspace: run.workspace,
        topic: "run".into(),
        data: json!({ "id": run.id, "status": run.status, "flow_id": run.flow, "call_id": run.call }),
    });
    events.chain(runs).collect()
}

fn is_for_all(row: &EventRow) -> bool {
    let detail = wire::decode::<EventDetail>("an event", &row.detail);
    detail.is_ok_and(|detail| detail.is_for(None))
}
