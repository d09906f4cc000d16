//! Everything that the units of a batch write, gathered by table: one row per thing, whatever number of units changed it.

use super::found::{Found, FoundCall, FoundRun};
use crate::filter;
use kernel::id::{RunId, WorkspaceId};
use kernel::run::Status;
use std::collections::{BTreeMap, HashMap};
use store::Tally;
use store::journal::{CallPut, CallRow, EntryRow, EventRow, MessageRow, RunAdvance, RunRow, Timer};
use store::tally::{Series, TallyKey};

/// A call's row as the last unit wants it.
pub struct CallChange<'u> {
    pub row: &'u CallRow,
    /// Id and workspace stay what they were first.
    pub id: [u8; 16],
    pub workspace: WorkspaceId,
    /// Version and listed status in the database; `None` for a new row.
    pub before: Option<(u64, Option<String>)>,
}

/// A run's row, and its last advance.
pub struct NewRun<'u> {
    pub row: &'u RunRow,
    pub advanced: Option<Advanced<'u>>,
}

pub struct RunChange<'u> {
    pub to: Advanced<'u>,
    pub before: FoundRun,
}

#[derive(Clone, Copy)]
pub struct Advanced<'u> {
    pub to: &'u RunAdvance,
    pub epoch: u64,
}

enum Place {
    New(usize),
    Changed(usize),
}

#[derive(Default)]
pub struct Changes<'u> {
    pub calls: BTreeMap<[u8; 16], CallChange<'u>>,
    pub messages: Vec<&'u MessageRow>,
    pub events: Vec<&'u EventRow>,
    pub new_runs: Vec<NewRun<'u>>,
    pub runs: Vec<RunChange<'u>>,
    places: HashMap<RunId, Place>,
    pub entries: Vec<&'u EntryRow>,
    /// Set or cleared, whichever came last.
    pub timers: HashMap<&'u Timer, bool>,
    counts: BTreeMap<(WorkspaceId, i16), i64>,
    /// Who counts what, and how much of it.
    pub tallies: BTreeMap<TallyKey, (&'u Tally, u64)>,
    series: Series,
}

impl<'u> Changes<'u> {
    pub fn put_call(&mut self, put: &'u CallPut, found: &mut Found) {
        let row = &put.row;
        let after = |id, workspace| FoundCall {
            version: row.version,
            id,
            workspace,
            status: row.listing.status.clone(),
            row: None,
        };
        let (id, workspace) = found.call(row.key).map_or_else(
            || (row.id.bytes(), row.workspace),
            |call| (call.id, call.workspace),
        );
        let before = found.put_call(row.key, after(id, workspace));
        self.calls
            .entry(row.key)
            .and_modify(|change| change.row = row)
            .or_insert(CallChange {
                row,
                id,
                workspace,
                before: before.map(|call| (call.version, call.status)),
            });
    }

    pub fn insert_run(&mut self, row: &'u RunRow, found: &mut Found) {
        let after = FoundRun {
            version: row.version,
            status: row.status,
            workspace: row.workspace,
        };
        found.put_run(row.id, after);
        self.places.insert(row.id, Place::New(self.new_runs.len()));
        self.new_runs.push(NewRun {
            row,
            advanced: None,
        });
        self.count(row.workspace, row.status, 1);
    }

    pub fn advance_run(&mut self, to: &'u RunAdvance, epoch: u64, found: &mut Found) {
        let Some(before) = found.run(to.id) else {
            return;
        };
        let after = FoundRun {
            version: to.expect + 1,
            status: to.status,
            ..before
        };
        found.put_run(to.id, after);
        let advanced = Advanced { to, epoch };
        match self.places.get(&to.id) {
            Some(Place::New(n)) => self.new_runs[*n].advanced = Some(advanced),
            Some(Place::Changed(n)) => self.runs[*n].to = advanced,
            None => {
                self.places.insert(to.id, Place::Changed(self.runs.len()));
                self.runs.push(RunChange {
                    to: advanced,
                    before,
                });
            }
        }
        self.count(before.workspace, before.status, -1);
        self.count(before.workspace, to.status, 1);
    }

    fn count(&mut self, workspace: WorkspaceId, status: Status, change: i64) {
        let status = crate::rows::status_number(status);
        *self.counts.entry((workspace, status)).or_default() += change;
    }

    pub fn counts(&self) -> impl Iterator<Item = (WorkspaceId, i16, i64)> {
        let counts = self.counts.iter();
        counts
            .filter(|(_, change)| **change != 0)
            .map(|((workspace, status), change)| (*workspace, *status, *change))
    }

    pub fn tally(&mut self, tally: &'u Tally) {
        let key = self.series.key(tally);
        self.tallies.entry(key).or_insert((tally, 0)).1 += tally.amount;
    }

    pub fn is_empty(&self) -> bool {
        self.calls.is_empty()
            && self.messages.is_empty()
            && self.events.is_empty()
            && self.new_runs.is_empty()
            && self.runs.is_empty()
            && self.entries.is_empty()
            && self.timers.is_empty()
            && self.tallies.is_empty()
    }
}

/// The status under which a call is listed apart, if it is one of the rare ones.
pub fn listed(status: Option<&String>) -> Option<&String> {
    status.filter(|status| !filter::COMMON.contains(&status.as_str()))
}

/// Whether runs of this status are listed apart.
pub fn is_listed(status: Status) -> bool {
    matches!(status, Status::Waiting | Status::Failed | Status::Cancelled)
}
