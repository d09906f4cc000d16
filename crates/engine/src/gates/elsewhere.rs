//! What nodes tell each other of their gates, so that people see the same wherever they ask: what is held back, every two
//! seconds while it is, and that settings have changed. Lossy, and never asked before a job begins.

use super::view::LastFailure;
use super::{Gates, Lane};
use crate::engine::Inner;
use crate::plans::lock;
use kernel::Timestamp;
use kernel::gate::{State, Tick, Why};
use kernel::id::WorkspaceId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;
use store::journal::Hint;

/// What was not said again for so long is over.
const LASTS: Duration = Duration::from_secs(7);
/// No more is told at once.
const MOST_TOLD: usize = 100;
/// No more is kept of what others tell.
const MOST_KEPT: usize = 10_000;

#[derive(Default)]
pub(super) struct Elsewhere(HashMap<(Lane, Arc<str>), (Told, Tick)>);

/// What one node knows of a destination.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Told {
    pub state: State,
    pub since: Option<Timestamp>,
    pub next_probe_at: Option<Timestamp>,
    pub failing_since: Option<Timestamp>,
    pub why: Option<Why>,
    pub until: Option<Timestamp>,
    pub waiting: u64,
    pub last_failure: Option<LastFailure>,
    pub succeeded: u64,
    pub failed: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    /// The settings of a workspace were changed.
    Changed(WorkspaceId),
    Held {
        node: Arc<str>,
        workspace: WorkspaceId,
        destination: Arc<str>,
        told: Box<Told>,
    },
}

impl Inner {
    pub(super) fn tell_of_change(&self, workspace: WorkspaceId) {
        self.tell_gates([Word::Changed(workspace)]);
    }

    pub(super) fn tell_what_is_held(&self) {
        if self.nodes.figures().0 < 2 {
            return;
        }
        let mut held: Vec<(Lane, Told)> = {
            let kept = lock(&self.gates.kept);
            let lanes = kept.lanes.iter();
            let lanes = lanes.map(|(lane, known)| (lane, self.told(known)));
            let held = lanes.filter(|(_, told)| told.state != State::Closed || told.why.is_some());
            held.map(|(lane, told)| (lane.clone(), told)).collect()
        };
        held.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        held.truncate(MOST_TOLD);
        let node: Arc<str> = self.nodes.name().into();
        self.tell_gates(
            held.into_iter()
                .map(|((workspace, destination), told)| Word::Held {
                    node: node.clone(),
                    workspace,
                    told: Box::new(self.counted(workspace, &destination, told)),
                    destination,
                }),
        );
    }

    fn tell_gates(&self, words: impl IntoIterator<Item = Word>) {
        let text = |word| serde_json::to_string(&word).expect("it has text keys only");
        let hints: Vec<Hint> = words
            .into_iter()
            .map(|word| Hint::Gates(text(word).into()))
            .collect();
        if !hints.is_empty() {
            self.store.tell(hints);
        }
    }

    /// Another node has said something of its gates; what a newer version says may not be understood.
    pub(crate) fn hear_of_gates(&self, text: &str) {
        match serde_json::from_str(text) {
            Ok(Word::Changed(workspace)) => self.forget(workspace),
            Ok(Word::Held {
                node,
                workspace,
                destination,
                told,
            }) => {
                let now = self.gates.now();
                lock(&self.gates.elsewhere).keep(((workspace, destination), node), *told, now);
            }
            Err(_) => {}
        }
    }

    /// What other nodes hold back of a workspace.
    pub(super) fn elsewhere(&self, workspace: WorkspaceId) -> Vec<(Arc<str>, Told)> {
        let now = self.gates.now();
        let elsewhere = lock(&self.gates.elsewhere);
        let of_it = elsewhere.fresh(now).filter(|(lane, _)| lane.0 == workspace);
        of_it
            .map(|(lane, told)| (lane.1.clone(), told.clone()))
            .collect()
    }

    pub(super) fn hold_elsewhere(
        &self,
        workspace: WorkspaceId,
        destination: &str,
    ) -> Option<(Why, Option<Timestamp>)> {
        let now = self.gates.now();
        let elsewhere = lock(&self.gates.elsewhere);
        let mut of_it = elsewhere
            .fresh(now)
            .filter(|(lane, _)| lane.0 == workspace && *lane.1 == *destination);
        of_it.find_map(|(_, told)| Some((told.why?, told.until)))
    }
}

impl Gates {
    /// The workspaces of which something is held back, here or on another node.
    pub(crate) fn workspaces(&self) -> BTreeSet<WorkspaceId> {
        let now = self.now();
        let elsewhere: BTreeSet<WorkspaceId> = {
            let elsewhere = lock(&self.elsewhere);
            let fresh = elsewhere.fresh(now);
            fresh.map(|(lane, _)| lane.0).collect()
        };
        let kept = lock(&self.kept);
        let held = kept.lanes.iter();
        let held = held.filter(|(_, known)| known.gate.state() != State::Closed);
        held.map(|(lane, _)| lane.0).chain(elsewhere).collect()
    }

    /// Breakers that are open here.
    pub(crate) fn open(&self) -> usize {
        let kept = lock(&self.kept);
        kept.lanes
            .values()
            .filter(|known| known.gate.state() == State::Open)
            .count()
    }
}

impl Elsewhere {
    fn keep(&mut self, of: (Lane, Arc<str>), told: Told, now: Tick) {
        if self.0.len() >= MOST_KEPT {
            self.0.retain(|_, (_, at)| *at + LASTS > now);
        }
        if self.0.len() < MOST_KEPT {
            self.0.insert(of, (told, now));
        }
    }

    fn fresh(&self, now: Tick) -> impl Iterator<Item = (&Lane, &Told)> {
        let fresh = self.0.iter().filter(move |(_, (_, at))| *at + LASTS > now);
        fresh.map(|((lane, _), (told, _))| (lane, told))
    }
}
