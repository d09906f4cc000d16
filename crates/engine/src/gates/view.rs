//! Gates as people see them: those with settings, those seen lately here, and what other nodes hold back.

use super::elsewhere::Told;
use super::{Known, Setting, settings};
use crate::engine::Inner;
use crate::pages::Pages;
use crate::plans::lock;
use kernel::Timestamp;
use kernel::gate::{Hold, State, Tick, Why};
use kernel::id::{RunId, WorkspaceId};
use kernel::run::Failure;
use kernel::usage::Attempts;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::catalog::Kind;
use store::journal::RunRow;

/// A destination of a workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct Destination {
    pub name: Arc<str>,
    pub state: State,
    /// Since when it is in this state; `None` while it is closed.
    pub since: Option<Timestamp>,
    /// When an open breaker lets the next call through.
    pub next_probe_at: Option<Timestamp>,
    /// The first failure after which nothing has succeeded.
    pub failing_since: Option<Timestamp>,
    /// Runs that are ready and wait for their turn.
    pub waiting: u64,
    pub last_failure: Option<LastFailure>,
    /// Over the last five to ten minutes.
    pub succeeded: u64,
    pub failed: u64,
    pub setting: Option<Setting>,
    /// In the last day, and so far in this hour; filled in for people who look.
    pub last_day: Attempts,
    /// Of the newest runs that wait; filled in likewise.
    pub next_retry: Option<NextRetry>,
}

/// The run that tries again soonest.
#[derive(Debug, Clone, PartialEq)]
pub struct NextRetry {
    pub at: Timestamp,
    pub run: RunId,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LastFailure {
    pub at: Timestamp,
    pub code: String,
    pub message: String,
    pub run: RunId,
}

/// What a list shows of a message.
const LONGEST_MESSAGE: usize = 200;

impl LastFailure {
    pub(crate) fn new(failure: &Failure, run: RunId, at: Timestamp) -> Self {
        let message = failure.message.chars().take(LONGEST_MESSAGE).collect();
        Self {
            at,
            code: failure.code.clone(),
            message,
            run,
        }
    }
}

/// Why a run that is ready does not begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    pub destination: String,
    pub why: Why,
    /// When it is looked at again, where that is known.
    pub until: Option<Timestamp>,
}

impl Inner {
    /// All destinations of a workspace that have settings, were seen lately, or are held back anywhere, by name.
    pub(crate) async fn destinations(
        &self,
        workspace: WorkspaceId,
    ) -> store::Result<Vec<Destination>> {
        let mut all: BTreeMap<Arc<str>, Destination> = BTreeMap::new();
        for (name, told) in self
            .here(workspace)
            .into_iter()
            .chain(self.elsewhere(workspace))
        {
            all.entry(name.clone())
                .or_insert_with(|| Destination::unseen(name))
                .add(told);
        }
        let mut pages = Pages::new(&*self.store, Some(workspace), Kind::Destination);
        while let Some(page) = pages.next().await? {
            for document in &page {
                let name: Arc<str> = document.name.as_str().into();
                let shown = all
                    .entry(name.clone())
                    .or_insert_with(|| Destination::unseen(name));
                shown.set(settings::read(document));
            }
        }
        Ok(all.into_values().collect())
    }

    pub(crate) async fn destination_named(
        &self,
        workspace: WorkspaceId,
        name: &str,
    ) -> store::Result<Option<Destination>> {
        let all = self
            .here(workspace)
            .into_iter()
            .chain(self.elsewhere(workspace));
        let mut shown: Option<Destination> = None;
        for (name, told) in all.filter(|(known, _)| **known == *name) {
            shown
                .get_or_insert_with(|| Destination::unseen(name))
                .add(told);
        }
        if let Some(document) = self.find_destination(workspace, name).await? {
            let shown = shown.get_or_insert_with(|| Destination::unseen(name.into()));
            shown.set(settings::read(&document));
        }
        Ok(shown)
    }

    /// What a run waits for that is ready, where its gate is held here or another node has said so.
    pub(crate) fn held(&self, row: &RunRow) -> Option<Held> {
        let destination = row
            .destination
            .as_deref()
            .filter(|_| row.status == kernel::run::Status::Running)?;
        if self.active.is_under_way(row.id) {
            return None;
        }
        let (why, until) = self
            .hold_here(row.workspace, destination)
            .or_else(|| self.hold_elsewhere(row.workspace, destination))?;
        Some(Held {
            destination: destination.into(),
            why,
            until,
        })
    }

    fn hold_here(
        &self,
        workspace: WorkspaceId,
        destination: &str,
    ) -> Option<(Why, Option<Timestamp>)> {
        let lane = (workspace, destination.into());
        let kept = lock(&self.gates.kept);
        let hold = kept.lanes.get(&lane)?.hold?;
        let until = hold.until.map(|until| self.time(until));
        (hold.until.is_none_or(|until| until > self.gates.now())).then_some((hold.why, until))
    }

    /// What this node knows of a workspace's destinations.
    pub(super) fn here(&self, workspace: WorkspaceId) -> Vec<(Arc<str>, Told)> {
        let known: Vec<(Arc<str>, Told)> = {
            let kept = lock(&self.gates.kept);
            let lanes = kept.lanes.iter().filter(|(lane, _)| lane.0 == workspace);
            lanes
                .map(|((_, name), known)| (name.clone(), self.told(known)))
                .collect()
        };
        known
            .into_iter()
            .map(|(name, told)| (name.clone(), self.counted(workspace, &name, told)))
            .collect()
    }

    pub(super) fn told(&self, known: &Known) -> Told {
        let (gate, now) = (&known.gate, self.gates.now());
        let hold = known
            .hold
            .filter(|hold| hold.until.is_none_or(|until| until > now));
        let state = match (gate.state(), hold) {
            (State::Closed, Some(Hold { why: Why::Rate, .. })) => State::Limited,
            (state, _) => state,
        };
        let (succeeded, failed) = gate.tally(now);
        Told {
            state,
            since: (gate.state() != State::Closed).then(|| self.time(gate.since())),
            next_probe_at: gate.next_probe().map(|at| self.time(at)),
            failing_since: gate.failing_since().map(|at| self.time(at)),
            why: hold.map(|hold| hold.why),
            until: hold
                .and_then(|hold| hold.until)
                .map(|until| self.time(until)),
            waiting: 0,
            last_failure: known.last_failure.clone(),
            succeeded,
            failed,
        }
    }

    /// Counts what waits: in the queue, and set aside.
    pub(super) fn counted(&self, workspace: WorkspaceId, name: &Arc<str>, told: Told) -> Told {
        let waiting =
            lock(&self.queue).length(workspace, name) + self.aside.length(workspace, name);
        Told {
            waiting: waiting as u64,
            ..told
        }
    }

    /// A tick by the clock on the wall.
    pub(super) fn time(&self, at: Tick) -> Timestamp {
        let (now, tick) = (self.stamp.now(), self.gates.now());
        let ahead = now
            .saturating_add(at.saturating_sub(tick))
            .unwrap_or(Timestamp::MAX);
        ahead
            .saturating_sub(tick.saturating_sub(at))
            .unwrap_or(Timestamp::MIN)
    }
}

impl Destination {
    pub(crate) fn unseen(name: Arc<str>) -> Self {
        Self {
            name,
            state: State::Closed,
            since: None,
            next_probe_at: None,
            failing_since: None,
            waiting: 0,
            last_failure: None,
            succeeded: 0,
            failed: 0,
            setting: None,
            last_day: Attempts::default(),
            next_retry: None,
        }
    }

    /// Adds what one node knows. The worst state is shown, and since when it is.
    fn add(&mut self, told: Told) {
        if rank(told.state) > rank(self.state) {
            (self.state, self.since, self.next_probe_at) =
                (told.state, told.since, told.next_probe_at);
        }
        self.failing_since = [self.failing_since, told.failing_since]
            .into_iter()
            .flatten()
            .min();
        self.waiting += told.waiting;
        self.succeeded += told.succeeded;
        self.failed += told.failed;
        let at = |failure: &Option<LastFailure>| failure.as_ref().map(|failure| failure.at);
        if at(&told.last_failure) > at(&self.last_failure) {
            self.last_failure = told.last_failure;
        }
    }

    fn set(&mut self, setting: Setting) {
        if let Some(paused) = setting.paused {
            (self.state, self.since, self.next_probe_at) =
                (State::Paused, Some(paused.since), None);
        } else if self.state == State::Paused {
            // Another node has not heard yet.
            (self.state, self.since) = (State::Closed, None);
        }
        self.setting = Some(setting);
    }
}

fn rank(state: State) -> u8 {
    match state {
        State::Closed => 0,
        State::HalfOpen => 1,
        State::Limited => 2,
        State::Open => 3,
        State::Paused => 4,
    }
}
