//! What is happening now, for whoever watches: a lossy broadcast that costs nothing while nobody listens.

use kernel::id::WorkspaceId;
use kernel::run::Transition;
use serde_json::{Value, json};
use std::sync::Arc;
use store::journal::Unit;
use tokio::sync::broadcast;

/// One thing that happened, in the shape the API shows it: an event, a run, or an entry of a run.
#[derive(Debug, Clone)]
pub struct Notice {
    pub workspace: WorkspaceId,
    /// `event`, `run` or `entry`.
    pub topic: &'static str,
    pub data: Value,
}

pub(crate) struct Live {
    sender: broadcast::Sender<Arc<Notice>>,
}

impl Live {
    pub fn new() -> Self {
        Self {
            sender: broadcast::channel(1024).0,
        }
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Notice>> {
        self.sender.subscribe()
    }

    /// Whether it is worth the work to say something.
    pub fn is_watched(&self) -> bool {
        self.sender.receiver_count() > 0
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
        topic: "entry",
        data: json!({ "run_id": run.id, "number": entry.number, "step": entry.step, "attempt": entry.attempt, "result": entry.result }),
    });
    let face = Notice {
        workspace,
        topic: "run",
        data: json!({ "id": run.id, "status": run.status }),
    };
    entries.chain([face]).collect()
}

/// What an accepted unit means to a watcher: its events and the runs they started.
pub(crate) fn arrivals(unit: &Unit) -> Vec<Notice> {
    let events = unit.events.iter().map(|event| Notice {
        workspace: event.workspace,
        topic: "event",
        data: json!({ "id": event.id, "kind": event.kind, "at": event.at, "call_id": event.call }),
    });
    let runs = unit.runs.iter().map(|run| Notice {
        workspace: run.workspace,
        topic: "run",
        data: json!({ "id": run.id, "status": run.status, "flow_id": run.flow, "call_id": run.call }),
    });
    events.chain(runs).collect()
}
