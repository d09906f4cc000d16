//! What must hold in every state of the store, judged at each commit: fencing, a next thing for every run that is not over,
//! the timers of every call, and exactly the runs that an event starts.

use crate::counted::counted;
use crate::host::Host;
use crate::model::Model;
use crate::universe::Universe;
use calls::{Call, Kind};
use kernel::id::{CallId, RunId};
use kernel::run::{Run, Status};
use serde_json::Value;
use std::collections::BTreeSet;
use store::Result;
use store::catalog;
use store::journal::{Committed, EventRow, Timer, TimerKind, Unit};

/// Commits a unit and judges what has become of the store.
pub fn commit(
    universe: &Universe,
    host: &Host,
    model: &mut Model,
    unit: &Unit,
) -> Result<Committed> {
    let before: Vec<Option<Call>> = unit
        .calls
        .iter()
        .map(|put| stored(model, put.row.id))
        .collect();
    let committed = model.commit(unit)?;
    let durable = committed == Committed::Durable;
    let facts = [
        u64::from(durable),
        unit.runs.len() as u64,
        unit.entries.len() as u64,
        unit.set_timers.len() as u64,
    ];
    universe.trace.note(
        host.number,
        "writes",
        &facts,
        format_args!("{}", told(unit, &committed)),
    );
    if durable {
        let faults = fenced(host, model, unit)
            .chain(runs_go_on(model, unit))
            .chain(calls_have_timers(model, unit))
            .chain(moments(model, unit, &before))
            .chain(watched(model, unit))
            .chain(counted(unit, &before))
            .chain(
                unit.events
                    .iter()
                    .filter_map(|event| matched(model, unit, event)),
            );
        faults.for_each(|fault| universe.wrong(fault));
    }
    Ok(committed)
}

fn told(unit: &Unit, committed: &Committed) -> String {
    let events: Vec<&str> = unit
        .events
        .iter()
        .map(|event| event.kind.as_str())
        .collect();
    let begun = unit
        .runs
        .iter()
        .map(|run| format!("{} begins {:?}", run.id, run.status));
    let gone_on = unit
        .advanced
        .iter()
        .map(|run| format!("{} from {} {:?}", run.id, run.expect, run.status));
    let runs: Vec<String> = begun.chain(gone_on).collect();
    let answer = match committed {
        Committed::Durable => "durable",
        Committed::Conflict(_) => "conflict",
        Committed::Stale(..) => "stale",
        Committed::Lost => "lost",
    };
    format!(
        "{answer}: {events:?} {runs:?} sets {:?} clears {:?}",
        kinds(&unit.set_timers),
        kinds(&unit.clear_timers)
    )
}

/// Whether it writes that something is given out which must not be done twice, and nothing else.
pub fn is_intent(unit: &Unit) -> bool {
    let goes_on = unit.entries.is_empty() && unit.set_timers.is_empty() && unit.runs.is_empty();
    let state = |advance: &store::journal::RunAdvance| {
        let run: Option<Run> = serde_json::from_slice(&advance.state).ok();
        run.is_some_and(|run| run.intent)
    };
    goes_on && unit.advanced.len() == 1 && unit.advanced.iter().all(state)
}

fn kinds(timers: &[Timer]) -> Vec<TimerKind> {
    timers.iter().map(|timer| timer.kind).collect()
}

fn fenced(host: &Host, model: &Model, unit: &Unit) -> impl Iterator<Item = String> {
    let name = host.name();
    unit.advanced.iter().filter_map(move |run| {
        let owner = model.owner(run.id.part());
        (owner != Some(&name))
            .then(|| format!("{name} wrote {}, which is {owner:?}'s to write", run.id))
    })
}

/// A run that is not over will be found: it is `Running`, or waits and has its timer, or for children that are there, and each
/// of them is not over or has its timer to tell so.
fn runs_go_on(model: &Model, unit: &Unit) -> impl Iterator<Item = String> {
    let cleared = unit
        .clear_timers
        .iter()
        .filter(|timer| matches!(timer.kind, TimerKind::WakeRun | TimerKind::JoinRun))
        .map(|timer| RunId::from_bytes(timer.subject));
    let touched: BTreeSet<RunId> = unit
        .runs
        .iter()
        .map(|run| run.id)
        .chain(unit.advanced.iter().map(|run| run.id))
        .chain(cleared)
        .collect();
    let parents = touched.iter().filter_map(|id| parent(model, *id));
    let concerned: BTreeSet<RunId> = parents.chain(touched.iter().copied()).collect();
    concerned.into_iter().filter_map(|id| {
        let run = model.runs.get(&id)?;
        let awaited = value(model, id)?.awaits();
        if run.status.is_final() {
            let is_open = |child: &&RunId| {
                let row = model.runs.get(child);
                row.is_some_and(|row| !row.status.is_final())
                    && !has(model, TimerKind::CancelRun, **child, None)
            };
            let open = awaited.iter().find(is_open);
            return open.map(|child| format!("{id} is over, and nobody will cancel {child}"));
        }
        if run.status != Status::Waiting {
            return None;
        }
        if awaited.is_empty() {
            let is_set = |due_at| has(model, TimerKind::WakeRun, id, Some(due_at));
            let is_woken = run.due_at.is_some_and(is_set);
            return (!is_woken).then(|| format!("{id} waits, and no timer will wake it"));
        }
        let is_deaf = |child: &&RunId| {
            let row = model.runs.get(child);
            row.is_none_or(|row| {
                row.status.is_final() && !has(model, TimerKind::JoinRun, **child, None)
            })
        };
        let deaf = awaited.iter().find(is_deaf);
        deaf.map(|child| format!("{id} waits for {child}, of which nobody will tell it"))
    })
}

/// Whether a run has a timer of this kind, due then or at any time.
fn has(model: &Model, kind: TimerKind, run: RunId, due_at: Option<kernel::Timestamp>) -> bool {
    let subject = run.bytes();
    let is_it = |timer: &Timer| (timer.kind, timer.subject) == (kind, subject);
    let mut timers = model.timers().filter(is_it);
    timers.any(|timer| due_at.is_none_or(|due_at| timer.due_at == due_at))
}

fn value(model: &Model, id: RunId) -> Option<Run> {
    serde_json::from_slice(&model.runs.get(&id)?.state).ok()
}

fn parent(model: &Model, id: RunId) -> Option<RunId> {
    value(model, id)?.parent.map(|parent| parent.run)
}

pub fn stored(model: &Model, id: CallId) -> Option<Call> {
    serde_json::from_slice(&model.call_by_id(id)?.state).ok()
}

fn calls_have_timers(model: &Model, unit: &Unit) -> impl Iterator<Item = String> {
    let is_of_call = |timer: &&Timer| {
        let of_run = [TimerKind::WakeRun, TimerKind::CancelRun, TimerKind::JoinRun];
        !of_run.contains(&timer.kind)
    };
    let cleared = unit
        .clear_timers
        .iter()
        .filter(is_of_call)
        .map(|timer| CallId::from_bytes(timer.subject));
    let touched = unit.calls.iter().map(|put| put.row.id).chain(cleared);
    touched.filter_map(|id| {
        let call = stored(model, id)?;
        let wanted = calls::fold::timers(&call).into_iter().map(|(kind, at)| {
            let kind = match kind {
                calls::TimerKind::Grace => TimerKind::CallGrace,
                calls::TimerKind::Settle => TimerKind::CallSettle,
                calls::TimerKind::Watchdog => TimerKind::CallWatchdog,
            };
            (kind as u8, at)
        });
        let wanted: BTreeSet<_> = wanted.collect();
        let set = model.timers().filter(|timer| timer.subject == id.bytes());
        let set: BTreeSet<_> = set.map(|timer| (timer.kind as u8, timer.due_at)).collect();
        (wanted != set).then(|| format!("{id} needs the timers {wanted:?} and has {set:?}"))
    })
}

/// Every moment that a call raised for the first time is an event of the same unit; none is raised twice.
fn moments(model: &Model, unit: &Unit, before: &[Option<Call>]) -> impl Iterator<Item = String> {
    unit.calls.iter().zip(before).filter_map(|(put, before)| {
        let id = put.row.id;
        let after = stored(model, id)?;
        let new = after
            .raised
            .iter()
            .map(|raised| raised.kind)
            .filter(|kind| kind.is_one_shot());
        for kind in new.filter(|kind| before.as_ref().is_none_or(|before| !before.has(*kind))) {
            let events = unit
                .events
                .iter()
                .filter(|event| event.call == id && event.kind == kind.name());
            if events.filter(|event| !is_settled(event)).count() != 1 {
                return Some(format!("{id} raised {} without its one event", kind.name()));
            }
        }
        let settles = after.settled && before.as_ref().is_none_or(|before| !before.settled);
        let told = unit
            .events
            .iter()
            .any(|event| event.call == id && is_settled(event));
        let waited_for = !flows(model, put.row.workspace, Kind::Ended.name(), true).is_empty();
        (settles && waited_for && !told)
            .then(|| format!("{id} settled, and the flows that wait for it were not told"))
    })
}

pub fn is_settled(event: &EventRow) -> bool {
    let detail: Value = serde_json::from_slice(&event.detail).unwrap_or_default();
    detail["settled"] == true
}

/// An event is stored with one run of every flow that it starts, and no other.
fn matched(model: &Model, unit: &Unit, event: &EventRow) -> Option<String> {
    // Of many failures at once one flow is told.
    if !said(event)["failed"]["count"].is_null() {
        let begun = unit.runs.iter().filter(|run| run.event == event.id);
        let count = begun.count();
        // Where one is paused, it is told when it catches up.
        let waits = !model
            .list(Some(event.workspace), catalog::Kind::Pause, None, 1)
            .is_empty();
        let is_right = count == 1 || count == 0 && waits;
        return (!is_right).then(|| format!("{} began {count} runs instead of one", event.id));
    }
    let wanted = flows(model, event.workspace, &event.kind, is_settled(event));
    let is_child = |id| parent(model, id).is_some();
    let begun = unit.runs.iter();
    let begun = begun.filter(|run| run.event == event.id && !is_child(run.id));
    let mut begun: Vec<([u8; 16], u32)> = begun
        .map(|run| (run.flow.bytes(), run.flow_version))
        .collect();
    begun.sort_unstable();
    let (id, kind) = (event.id, &event.kind);
    (begun != wanted)
        .then(|| format!("{id} ({kind}) began runs of {begun:?} instead of {wanted:?}"))
}

/// The flows that an event of `kind` starts, and their versions.
fn flows(
    model: &Model,
    workspace: kernel::id::WorkspaceId,
    kind: &str,
    settled: bool,
) -> Vec<([u8; 16], u32)> {
    let paused = model.list(Some(workspace), catalog::Kind::Pause, None, 500);
    let starts =
        |flow: &catalog::Document| flow.enabled && !paused.iter().any(|pause| pause.id == flow.id);
    let kept = model.list(Some(workspace), catalog::Kind::Flow, None, 500);
    let read = |flow: &catalog::Document| serde_json::from_slice(&flow.body).unwrap_or_default();
    let documents: Vec<Value> = kept.iter().map(read).collect();
    let enabled = kept.iter().zip(&documents);
    let mut starting: Vec<([u8; 16], u32)> = enabled
        .filter(|(flow, _)| starts(flow))
        .filter(|(_, document)| {
            let on = starts_on(document, |name| name == kind);
            let is_late = || crate::flows::is_late(document, &documents, &mut Vec::new());
            let is_seldom = kind == "run.failed" && !document["where"]["every_s"].is_null();
            on && !is_seldom && (kind != Kind::Ended.name() || is_late() == settled)
        })
        .map(|(flow, _)| (flow.id, flow.version))
        .collect();
    starting.sort_unstable();
    starting
}

fn starts_on(flow: &Value, is: impl Fn(&str) -> bool) -> bool {
    let mut on = flow["on"].as_array().into_iter().flatten();
    on.any(|name| name.as_str().is_some_and(&is))
}

/// What an event about a run says beside its call.
pub fn said(event: &EventRow) -> Value {
    let mut detail: Value = serde_json::from_slice(&event.detail).unwrap_or_default();
    detail["signal"].take()
}

/// A run that ends failed has its one event in the same unit, where a flow watches for it: with `matched`, one run of each.
fn watched(model: &Model, unit: &Unit) -> impl Iterator<Item = String> {
    let begun = unit.runs.iter().map(|run| run.id);
    let ended = begun.chain(unit.advanced.iter().map(|run| run.id));
    let failed = ended.filter(|id| {
        let row = model.runs.get(id);
        row.is_some_and(|row| row.status == Status::Failed) && parent(model, *id).is_none()
    });
    failed.filter_map(|id| {
        let row = model.runs.get(&id)?;
        let of = model.events.get(&row.event)?;
        // A run of a flow that watches others raises nothing, also where a replay goes by a later version that does.
        let watches = |name: &str| Kind::parse(name).is_some_and(Kind::watches);
        let version = model.version(catalog::Kind::Flow, row.flow.bytes(), row.flow_version);
        let flow = version.and_then(|version| serde_json::from_slice(&version.body).ok());
        let watches = watches(&of.kind) || flow.is_some_and(|flow| starts_on(&flow, watches));
        let anybody = !flows(model, row.workspace, "run.failed", false).is_empty();
        let is_told = |event: &&EventRow| {
            event.kind == "run.failed" && said(event)["failed"]["run_id"] == id.to_string()
        };
        let told = unit.events.iter().filter(is_told).count();
        let wanted = usize::from(anybody && !watches);
        let paused_only = told == 1 && !watches;
        (told != wanted && !(wanted == 0 && paused_only))
            .then(|| format!("{id} failed, and told of it {told} times instead of {wanted}"))
    })
}

/// What was decided about flows and is not carried out.
pub fn debts(model: &Model) -> Vec<String> {
    let remembered = [catalog::Kind::Health, catalog::Kind::Alert]
        .into_iter()
        .flat_map(|kind| model.list(None, kind, None, 500));
    let owes = |document: &catalog::Document| {
        let health: Value = serde_json::from_slice(&document.body).unwrap_or_default();
        health.get("owed").map(|owed| format!("still owed: {owed}"))
    };
    remembered.filter_map(|document| owes(&document)).collect()
}

/// An event starts a flow once, also where it is caught up with, and a warning is given once.
pub fn started_twice(model: &Model) -> Vec<String> {
    let mut started = BTreeSet::new();
    let own = model
        .runs
        .values()
        .filter(|run| run.replay_of.is_none() && parent(model, run.id).is_none());
    let mut faults: Vec<String> = own
        .filter(|run| !started.insert((run.flow, run.event)))
        .map(|run| format!("{} started {} a second time", run.event, run.flow))
        .collect();
    let mut told = BTreeSet::new();
    for event in model
        .events
        .values()
        .filter(|event| event.kind == "run.failed")
    {
        let said = said(event);
        if said["failed"]["count"].is_null() && !told.insert(said["failed"]["run_id"].to_string()) {
            faults.push(format!("{} tells of a run for the second time", event.id));
        }
    }
    faults
}
