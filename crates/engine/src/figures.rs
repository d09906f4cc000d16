//! Counters of what the engine does, for whoever installed a recorder. Labels are few: never a workspace, a flow or a call.

use crate::Receipt;
use kernel::run::{EntryKind, EntryResult, Transition};

pub(crate) fn accepted(receipts: &[Receipt]) {
    let duplicates = receipts.iter().filter(|receipt| receipt.duplicate).count();
    let new = receipts.iter().filter(|receipt| !receipt.duplicate);
    let runs: usize = new.map(|receipt| receipt.runs.len()).sum();
    metrics::counter!("switchhook_messages_accepted_total")
        .increment((receipts.len() - duplicates) as u64);
    metrics::counter!("switchhook_messages_duplicate_total").increment(duplicates as u64);
    metrics::counter!("switchhook_runs_started_total").increment(runs as u64);
}

pub(crate) fn advanced(transition: &Transition) {
    for entry in transition
        .entries
        .iter()
        .filter(|entry| entry.kind == EntryKind::Do)
    {
        let result = match entry.result {
            EntryResult::Ok => "ok",
            EntryResult::Failed => "failed",
            EntryResult::Skipped => "skipped",
            EntryResult::Unknown => "unknown",
        };
        metrics::counter!("switchhook_attempts_total", "result" => result).increment(1);
    }
    if transition.run.status.is_final() {
        let status = format!("{:?}", transition.run.status).to_lowercase();
        metrics::counter!("switchhook_runs_ended_total", "status" => status).increment(1);
    }
}
