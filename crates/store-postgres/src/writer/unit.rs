//! Whether a unit can be written: checked against what the database holds and what earlier units of the batch write. All
//! checks come first; a unit that is refused has left no trace.

use super::changes::Changes;
use super::found::Found;
use kernel::id::WorkspaceId;
use store::journal::{Lease, RunAdvance, Unit};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Durable,
    /// A call changed; its row is told by its key.
    Conflict([u8; 16]),
    Stale(WorkspaceId, u64),
    Lost,
}

/// Adds what the unit writes to `changes`, or says why not.
pub fn decide<'u>(unit: &'u Unit, found: &mut Found, changes: &mut Changes<'u>) -> Outcome {
    if let Some(refused) = refusal(unit, found) {
        return refused;
    }
    for call in &unit.calls {
        changes.put_call(call, found);
    }
    changes.messages.extend(&unit.messages);
    changes.events.extend(&unit.events);
    for run in &unit.runs {
        changes.insert_run(run, found);
    }
    let epoch = unit.lease.as_ref().map_or(0, |lease| lease.epoch);
    for advance in &unit.advanced {
        changes.advance_run(advance, epoch, found);
    }
    changes.entries.extend(&unit.entries);
    for timer in &unit.set_timers {
        changes.timers.insert(timer, true);
    }
    for timer in &unit.clear_timers {
        changes.timers.insert(timer, false);
    }
    unit.tallies.iter().for_each(|tally| changes.tally(tally));
    Outcome::Durable
}

fn refusal(unit: &Unit, found: &Found) -> Option<Outcome> {
    if unit.lease.is_none() && !unit.advanced.is_empty() {
        return Some(Outcome::Lost);
    }
    for call in &unit.calls {
        if found.call(call.row.key).map(|call| call.version) != call.expect {
            return Some(Outcome::Conflict(call.row.key));
        }
    }
    for (workspace, generation) in &unit.matched_with {
        let current = found.generation(*workspace);
        if current != *generation {
            return Some(Outcome::Stale(*workspace, current));
        }
    }
    let is_lost = |advance| is_lost(advance, unit.lease.as_ref(), found);
    unit.advanced.iter().any(is_lost).then_some(Outcome::Lost)
}

fn is_lost(advance: &RunAdvance, lease: Option<&Lease>, found: &Found) -> bool {
    let version = found.run(advance.id).map(|run| run.version);
    version != Some(advance.expect) || found.holder(advance.id.part()) != lease
}

/// Roughly how much it writes.
pub fn bytes(unit: &Unit) -> usize {
    let calls: usize = unit.calls.iter().map(|c| c.row.state.len() + 512).sum();
    let messages: usize = unit.messages.iter().map(|m| m.body.len() + 256).sum();
    let runs: usize = unit.runs.iter().map(|r| r.state.len() + 512).sum();
    let advanced: usize = unit.advanced.iter().map(|r| r.state.len() + 256).sum();
    let entries: usize = unit.entries.iter().map(|e| e.body.len() + 64).sum();
    calls + messages + runs + advanced + entries + 256 * unit.events.len()
}
