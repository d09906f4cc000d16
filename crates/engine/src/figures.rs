//! Counters of what the engine does, for whoever installed a recorder. Labels are few: never a workspace, a flow or a call.

use crate::Receipt;
use kernel::run::{EntryKind, EntryResult, Status, Transition};

pub(crate) fn accepted(receipts: &[Receipt]) {
    let duplicates = receipts.iter().filter(|receipt| receipt.duplicate).count();
    let new = receipts.iter().filter(|receipt| !receipt.duplicate);
    let runs: usize = new.map(|receipt| receipt.runs.len()).sum();
    metrics::counter!("switchhook_messages_accepted_total")
        .increment((receipts.len() - duplicates) as u64);
    metrics::counter!("switchhook_messages_duplicate_total").increment(duplicates as u64);
    metrics::counter!("switchhook_runs_started_total").increment(runs as u64);
}

/// What steps of runs came to, counted once they are durable.
#[derive(Default)]
pub(crate) struct Advanced {
    attempts: Vec<EntryResult>,
    ended: Vec<Status>,
}

impl Advanced {
    pub fn add(&mut self, transition: &Transition) {
        let entries = transition.entries.iter();
        let attempts = entries.filter(|entry| entry.kind == EntryKind::Do);
        self.attempts.extend(attempts.map(|entry| entry.result));
        let status = transition.run.status;
        self.ended.extend(status.is_final().then_some(status));
    }

    pub fn count(self) {
        for result in self.attempts {
            let result = match result {
                EntryResult::Ok => "ok",
                EntryResult::Failed => "failed",
                EntryResult::Skipped => "skipped",
                EntryResult::Unknown => "unknown",
            };
            metrics::counter!("switchhook_attempts_total", "result" => result).increment(1);
        }
        for status in self.ended {
            let status = format!("{status:?}").to_lowercase();
            metrics::counter!("switchhook_runs_ended_total", "status" => status).increment(1);
        }
    }
}
