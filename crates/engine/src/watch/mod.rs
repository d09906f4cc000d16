//! Watching over flows: what failed is noted when it is durable, and looked at soon after, beside the work and never in its way.
//! How a flow does is read from its runs; what is remembered of it changes by compare-and-set, so that nodes agree.

mod agents;
mod alerts;
mod budgets;
mod catch_up;
mod deleted;
mod destinations;
mod gone;
mod handle;
mod health;
mod look;
mod look_back;
mod owed;
mod resume;
mod trouble;

pub(crate) use owed::touched;

pub use agents::QuietAlerts;
pub use alerts::Alert;
pub use budgets::{Held, Standing};
pub use catch_up::{CatchUp, Caught};
pub use health::{Paused, Why};
pub use resume::Missed;
pub use trouble::{AlertKind, Trouble};

use crate::engine::Inner;
use crate::job::Course;
use crate::plans::lock;
use destinations::Failing;
pub(crate) use gone::Gone;
pub use gone::origin;
use kernel::id::{FlowId, WorkspaceId};
use kernel::run::{Retriable, Status, Transition};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;

/// However many runs of a flow fail, it is looked at no more often than this.
const REST: Duration = Duration::from_millis(250);
/// A look at very many runs takes long: then the next comes so many times as much later.
const SELDOM: u32 = 4;
/// One node looks this often at flows of which something is still to be said, or was not said because a node died.
const ROUND: Duration = Duration::from_secs(5);

/// A flow of which a run has failed, or whose webhook is gone.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    pub workspace: WorkspaceId,
    pub flow: FlowId,
    pub gone: Option<Gone>,
}

impl Note {
    pub fn of(course: &Course, transition: &Transition) -> Option<Note> {
        let run = &transition.run;
        let is_gone = |error: &kernel::run::Failure| error.retry == Retriable::Gone;
        let mut entries = transition.entries.iter();
        let gone = entries.find(|entry| entry.error.as_ref().is_some_and(is_gone));
        let gone = gone.map(|entry| Gone {
            address: entry
                .exchange
                .as_ref()
                .map(|exchange| origin(&exchange.request.url).to_owned()),
            run: run.id,
            step: entry.step.clone(),
            version: course.flow.version,
        });
        let has_failed = run.status == Status::Failed && run.parent.is_none();
        (has_failed || gone.is_some()).then_some(Note {
            workspace: course.workspace,
            flow: course.flow.id,
            gone,
        })
    }
}

#[derive(Default)]
pub(crate) struct Watch {
    noted: Mutex<BTreeMap<(WorkspaceId, FlowId), Option<Gone>>>,
    /// What another node noted, or this one before it started, may be lost.
    behind: AtomicBool,
    failing: Mutex<Failing>,
    /// For budgets, and read by whoever asks how they stand.
    closed: budgets::Closed,
    /// When those of all workspaces were looked at last, by this node.
    looked_at_agents: Mutex<Option<Instant>>,
    wake: Notify,
}

impl Watch {
    pub fn note(&self, notes: Vec<Note>) {
        if notes.is_empty() {
            return;
        }
        let mut noted = lock(&self.noted);
        for note in notes {
            let gone = noted.entry((note.workspace, note.flow)).or_default();
            *gone = gone.take().or(note.gone);
        }
        drop(noted);
        self.wake.notify_one();
    }

    /// Work has come to this node: what was noted of it elsewhere may be lost.
    pub fn look_back(&self) {
        self.behind.store(true, Ordering::Release);
        self.wake.notify_one();
    }

    fn take(&self) -> BTreeMap<(WorkspaceId, FlowId), Option<Gone>> {
        std::mem::take(&mut lock(&self.noted))
    }
}

impl Inner {
    pub(crate) async fn watch(self: Arc<Self>) {
        let mut round = Instant::now();
        loop {
            tokio::select! {
                biased;
                () = self.stopping.cancelled() => return,
                () = self.watch.wake.notified() => {}
                () = tokio::time::sleep_until(round) => {}
            }
            let began = Instant::now();
            if self.watch.behind.swap(false, Ordering::AcqRel)
                && let Err(error) = self.look_back().await
            {
                tracing::warn!(%error, "looking for failures that were noted elsewhere waits for the store");
                self.watch.look_back();
            }
            self.look_at_noted().await;
            // One node looks for all: the owner of the first partition.
            if round <= began {
                if self.nodes.works_on(0) {
                    let rounds = [
                        self.look_around().await,
                        self.look_at_destinations().await,
                        self.look_at_agents().await,
                    ];
                    for looked in rounds {
                        if let Err(error) = looked {
                            tracing::warn!(%error, "looking after flows, destinations and agents waits for the store");
                        }
                    }
                }
                round = Instant::now() + ROUND.max(began.elapsed() * SELDOM);
            }
            let rest = REST.max(began.elapsed() * SELDOM).min(ROUND);
            tokio::select! {
                biased;
                () = self.stopping.cancelled() => return,
                () = tokio::time::sleep(rest) => {}
            }
        }
    }

    /// Looks at every flow that is noted; what cannot be looked at now stays noted.
    pub(crate) async fn look_at_noted(self: &Arc<Self>) {
        for ((workspace, flow), gone) in self.watch.take() {
            if let Err(error) = self.look(workspace, flow, gone.as_ref()).await {
                tracing::warn!(%error, %flow, "looking after a flow waits for the store");
                let note = Note {
                    workspace,
                    flow,
                    gone,
                };
                self.watch.note(vec![note]);
            }
        }
    }
}
