//! The model store: the port's semantics over plain maps in memory. It has no faults and takes no time (`line` adds both);
//! the port's conformance suite holds that it is the same store as the real ones.

mod documents;
mod lease;
mod lists;
mod removal;
mod tallies;
mod unit;

use bytes::Bytes;
use kernel::Timestamp;
use kernel::id::{CallId, EventId, MessageId, PARTITIONS, RunId, WorkspaceId};
use kernel::run::Status;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::catalog::Document;
use store::journal::{CallRow, Due, EventRow, MessageRow, RunRow, Timer, TimerKind};
use store::tally::TallyKey;
use store::{Parts, Tally};
use tokio::time::Instant;

type Key = [u8; 16];

pub struct Model {
    pub calls: BTreeMap<Key, CallRow>,
    pub call_keys: BTreeMap<CallId, Key>,
    pub messages: BTreeMap<MessageId, MessageRow>,
    pub events: BTreeMap<EventId, EventRow>,
    pub runs: BTreeMap<RunId, RunRow>,
    pub entries: BTreeMap<(RunId, u32), Bytes>,
    timers: BTreeSet<(Timestamp, u8, [u8; 16], u16)>,
    documents: BTreeMap<(u8, [u8; 16]), Document>,
    versions: BTreeMap<(u8, [u8; 16], u32), Document>,
    generations: BTreeMap<WorkspaceId, u64>,
    limits: BTreeMap<Key, Timestamp>,
    pub tallies: BTreeMap<TallyKey, Tally>,
    /// Those on the roster: their numbers, and until when their leases last.
    nodes: BTreeMap<Arc<str>, (usize, Instant)>,
    /// All there ever were, by number.
    names: Vec<Arc<str>>,
    owners: Vec<Option<usize>>,
    epochs: Vec<u64>,
}

impl Default for Model {
    fn default() -> Self {
        let parts = usize::from(PARTITIONS);
        Self {
            calls: BTreeMap::new(),
            call_keys: BTreeMap::new(),
            messages: BTreeMap::new(),
            events: BTreeMap::new(),
            runs: BTreeMap::new(),
            entries: BTreeMap::new(),
            timers: BTreeSet::new(),
            documents: BTreeMap::new(),
            versions: BTreeMap::new(),
            generations: BTreeMap::new(),
            limits: BTreeMap::new(),
            tallies: BTreeMap::new(),
            nodes: BTreeMap::new(),
            names: Vec::new(),
            owners: vec![None; parts],
            epochs: vec![1; parts],
        }
    }
}

impl Model {
    pub fn call(&self, key: Key) -> Option<&CallRow> {
        self.calls.get(&key)
    }

    pub fn call_by_id(&self, id: CallId) -> Option<&CallRow> {
        self.calls.get(self.call_keys.get(&id)?)
    }

    pub fn ready(&self, parts: &Parts, after: Option<RunId>, limit: u32) -> Vec<RunId> {
        let running = self
            .runs
            .values()
            .filter(|run| run.status == Status::Running);
        running
            .map(|run| run.id)
            .filter(|id| after.is_none_or(|after| *id > after) && parts.has(id.part()))
            .take(limit as usize)
            .collect()
    }

    pub fn due(&self, parts: &Parts, until: Timestamp, limit: u32) -> Due {
        let mut due = Due::default();
        for timer in self.timers().filter(|timer| parts.has(timer.part)) {
            if timer.due_at > until || due.timers.len() == limit as usize {
                due.next = Some(timer.due_at);
                break;
            }
            due.timers.push(timer);
        }
        due
    }

    pub fn limit(&self, key: Key) -> Option<Timestamp> {
        self.limits.get(&key).copied()
    }

    pub fn use_limit(
        &mut self,
        key: Key,
        expect: Option<Timestamp>,
        used_until: Timestamp,
    ) -> bool {
        let is_expected = self.limit(key).is_none_or(|used| Some(used) == expect);
        if is_expected {
            self.limits.insert(key, used_until);
        }
        is_expected
    }

    /// All of them, earliest first.
    pub fn timers(&self) -> impl Iterator<Item = Timer> + '_ {
        self.timers
            .iter()
            .map(|(due_at, kind, subject, part)| Timer {
                part: *part,
                due_at: *due_at,
                kind: kind_of(*kind),
                subject: *subject,
            })
    }

    pub fn epoch(&self, part: u16) -> u64 {
        self.epochs[usize::from(part)]
    }

    /// Who may write what stands in a partition.
    pub fn owner(&self, part: u16) -> Option<&str> {
        self.owners[usize::from(part)].map(|number| &*self.names[number])
    }
}

fn identity(timer: &Timer) -> (Timestamp, u8, [u8; 16], u16) {
    (timer.due_at, timer.kind as u8, timer.subject, timer.part)
}

fn kind_of(number: u8) -> TimerKind {
    match number {
        1 => TimerKind::WakeRun,
        2 => TimerKind::CancelRun,
        3 => TimerKind::CallGrace,
        4 => TimerKind::CallSettle,
        5 => TimerKind::CallWatchdog,
        _ => TimerKind::JoinRun,
    }
}
