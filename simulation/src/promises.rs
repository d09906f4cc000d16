//! What a run that is over must have done of its flow: each item of a loop counted once, a failure caught, a step that runs
//! always taken, no sub-flow too deep.

use crate::flows::{ALONE, LAST};
use crate::model::Model;
use kernel::run::{Entry, EntryKind, EntryResult, Part, Run, Status};
use serde_json::Value;
use store::catalog;
use store::journal::RunRow;

const DEEPEST: u32 = 8;

/// What is wrong with a run that is over, if anything is.
pub fn broken(model: &Model, row: &RunRow, run: &Run, entries: &[Entry]) -> Option<String> {
    if run.depth > DEEPEST {
        return Some(format!("is {} sub-flows deep", run.depth));
    }
    let loops = entries
        .iter()
        .filter(|entry| entry.kind == EntryKind::ForEach);
    loops
        .filter_map(|entry| miscounted(model, row, entry))
        .chain(uncaught(entries, run))
        .chain(left_out(model, row, run, entries))
        .next()
}

/// In = ok + failed + skipped, and ok and failed are what became of the items.
fn miscounted(model: &Model, row: &RunRow, entry: &Entry) -> Option<String> {
    let step = &entry.step;
    let count = |name: &str| entry.detail[name].as_u64();
    let (Some(all), Some(ok), Some(failed), Some(skipped)) =
        (count("in"), count("ok"), count("failed"), count("skipped"))
    else {
        // It could not begin.
        return None;
    };
    if all != ok + failed + skipped {
        return Some(format!("`{step}` counts {}", entry.detail));
    }
    // A replay goes on with a loop that another run began, and of a loop without children there is no more to count.
    if row.replay_of.is_some() || step == ALONE {
        return None;
    }
    let children: Vec<Status> = children(model, row, step);
    let ended = |status: Status| children.iter().filter(|child| **child == status).count() as u64;
    let [well, badly, cancelled] =
        [Status::Succeeded, Status::Failed, Status::Cancelled].map(ended);
    // One that a person has cancelled has failed; one that the loop cancelled is skipped.
    let is_so = ok == well && (badly..=badly + cancelled).contains(&failed);
    (!is_so).then(|| {
        let detail = &entry.detail;
        format!("`{step}` counts {detail}, of {well} that succeeded, {badly} that failed")
    })
}

fn children(model: &Model, row: &RunRow, step: &str) -> Vec<Status> {
    let child = |other: &RunRow| {
        let run: Run = serde_json::from_slice(&other.state).ok()?;
        let parent = run.parent?;
        (parent.run == row.id && parent.part == Part::Item && parent.step == step)
            .then_some(other.status)
    };
    model.runs.values().filter_map(child).collect()
}

/// Who has caught something goes on as if nothing had happened, or fails with what came afterwards.
fn uncaught(entries: &[Entry], run: &Run) -> Option<String> {
    let caught = entries
        .iter()
        .find(|entry| entry.kind == EntryKind::Try && entry.detail["took"] == "catch")?;
    let after = entries.iter().any(|entry| entry.number > caught.number);
    let failed_before = entries
        .iter()
        .any(|entry| entry.number < caught.number && entry.result != EntryResult::Ok);
    (!failed_before || !(after || gave_up(run)))
        .then(|| format!("took the `catch` of `{}` for nothing", caught.step))
}

/// A step that runs always stands in the journal, unless the run was ended from outside.
fn left_out(model: &Model, row: &RunRow, run: &Run, entries: &[Entry]) -> Option<String> {
    let is_part = run
        .parent
        .as_ref()
        .is_some_and(|parent| parent.part != Part::Flow);
    if is_part || gave_up(run) || row.replay_of.is_some() {
        return None;
    }
    let flow = model.version(catalog::Kind::Flow, row.flow.bytes(), row.flow_version)?;
    let flow: Value = serde_json::from_slice(&flow.body).ok()?;
    let steps = flow["steps"].as_array()?;
    let has = steps
        .iter()
        .any(|step| step["id"] == LAST && step["run_when"] == "always");
    let was_taken = entries.iter().any(|entry| entry.step == LAST);
    (has && !was_taken).then(|| format!("left out `{LAST}`, which runs always"))
}

/// The last branch of a step that says when begins behind the others, or so long after they began.
pub fn hasty(model: &Model, row: &RunRow) -> Option<String> {
    // A replay goes on with branches that another run began.
    if row.replay_of.is_some() {
        return None;
    }
    let flow = model.version(catalog::Kind::Flow, row.flow.bytes(), row.flow_version)?;
    let flow: Value = serde_json::from_slice(&flow.body).ok()?;
    let mut steps = flow["steps"].as_array()?.iter();
    let step = steps.find(|step| step["last_within_s"].is_u64())?;
    let last = step["parallel"].as_array()?.len().checked_sub(1)?;
    let branches: Vec<(usize, &RunRow)> = model
        .runs
        .values()
        .filter_map(|other| {
            let run: Run = serde_json::from_slice(&other.state).ok()?;
            let parent = run.parent?;
            (parent.run == row.id && step["id"] == *parent.step)
                .then_some((parent.number as usize, other))
        })
        .collect();
    let (_, begun) = branches.iter().find(|(number, _)| *number == last)?;
    let others = || branches.iter().filter(|(number, _)| *number != last);
    let first = others().map(|(_, other)| other.id.unix_ms()).min()?;
    let within = step["last_within_s"].as_u64()? * 1_000;
    let at = begun.id.unix_ms();
    let is_late = at >= first + within;
    let is_behind = others().count() == last
        && others().all(|(_, other)| {
            other.status.is_final() && other.updated_at.as_millisecond() as u64 <= at
        });
    (!is_late && !is_behind).then(|| {
        format!(
            "began the last branch of {} before its time, {at} of {first}",
            step["id"]
        )
    })
}

/// Ended without going on to what follows: cancelled, or given up.
fn gave_up(run: &Run) -> bool {
    const CODES: [&str; 4] = ["orphaned", "step_gone", "course_gone", "too_many_steps"];
    let code = run.failure.as_ref().map(|failure| failure.code.as_str());
    run.status == Status::Cancelled || code.is_some_and(|code| CODES.contains(&code))
}
