//! What must be true once all is quiet: everything acknowledged is there, everything begun is over, nothing is left behind.

use crate::cluster::Cluster;
use crate::ledger::Came;
use crate::model::Model;
use crate::promises;
use crate::rules;
use crate::senders::Post;
use calls::{Kind, Observation};
use engine::Receipt;
use kernel::run::{Entry, EntryKind, EntryResult, Run};
use std::collections::{BTreeMap, BTreeSet};

pub fn is_quiet(cluster: &Cluster) -> bool {
    unrest(cluster).is_empty()
}

/// What still moves, or should.
pub fn unrest(cluster: &Cluster) -> String {
    let mut found = Vec::new();
    let model = cluster.universe.model();
    let open = model.runs.values().filter(|run| !run.status.is_final());
    found.extend(open.map(|run| {
        format!(
            "{} is {:?} (partition of {:?})",
            run.id,
            run.status,
            model.owner(run.id.part())
        )
    }));
    found.extend(
        model
            .timers()
            .map(|timer| format!("{timer:?} is still set")),
    );
    found.extend(rules::debts(&model));
    drop(model);
    for member in cluster.members().iter().filter(|member| member.stays()) {
        let Some(engine) = member.engine() else {
            found.push(format!("node {} is still starting", member.host.number));
            continue;
        };
        let stats = engine.stats();
        if (stats.queued, stats.performing, stats.active) != (0, 0, 0) {
            found.push(format!(
                "node {} still holds something: {stats:?}",
                member.host.number
            ));
        }
    }
    found.join("; ")
}

pub fn judge(cluster: &Cluster, post: &Post) {
    let model = cluster.universe.model();
    let faults = post
        .receipts()
        .iter()
        .filter_map(|(observation, receipt)| acknowledged(&model, observation, receipt))
        .chain(model.call_keys.keys().filter_map(|id| call(&model, *id)))
        .chain(
            model
                .runs
                .values()
                .filter_map(|row| run(cluster, &model, row)),
        )
        .chain(rules::started_twice(&model))
        .collect::<Vec<_>>();
    drop(model);
    faults
        .into_iter()
        .for_each(|fault| cluster.universe.wrong(fault));
}

fn acknowledged(model: &Model, observation: &Observation, receipt: &Receipt) -> Option<String> {
    let (dedupe, event) = (&observation.dedupe, receipt.event);
    let wrong = |what: &str| {
        Some(format!(
            "`{dedupe}` of {} was acknowledged as {event:?}, and {what}",
            receipt.call
        ))
    };
    if model.call_by_id(receipt.call).is_none() {
        return wrong("its call is not there");
    }
    // What told nothing new has no event to be answered with.
    if event.is_some_and(|event| !model.events.contains_key(&event)) {
        return wrong("its event is not there");
    }
    if !model.messages.values().any(|row| row.call == receipt.call) {
        return wrong("its message is not there");
    }
    if let Some(run) = receipt
        .runs
        .iter()
        .find(|run| !model.runs.contains_key(run))
    {
        return wrong(&format!("its run {run} is not there"));
    }
    None
}

fn call(model: &Model, id: kernel::id::CallId) -> Option<String> {
    let call = rules::stored(model, id)?;
    let mut told: BTreeMap<(&str, bool), u32> = BTreeMap::new();
    for event in model.events.values().filter(|event| event.call == id) {
        *told
            .entry((&event.kind, rules::is_settled(event)))
            .or_default() += 1;
    }
    let one_shot = |kind: &str| Kind::parse(kind).is_some_and(Kind::is_one_shot);
    if let Some(((kind, _), times)) = told
        .iter()
        .find(|((kind, _), times)| one_shot(kind) && **times > 1)
    {
        return Some(format!("{id} told `{kind}` {times} times"));
    }
    let raised = call
        .raised
        .iter()
        .map(|raised| raised.kind)
        .filter(|kind| kind.is_one_shot());
    let kinds: BTreeSet<Kind> = raised.clone().collect();
    if kinds.len() != raised.count() {
        return Some(format!("{id} raised a moment twice: {:?}", call.raised));
    }
    // Only a call that is about to be may never end; here each has begun.
    (!call.has(Kind::Ended)).then(|| format!("{id} never ended"))
}

fn run(cluster: &Cluster, model: &Model, row: &store::journal::RunRow) -> Option<String> {
    let id = row.id;
    let Ok(run) = serde_json::from_slice::<Run>(&row.state) else {
        return Some(format!("{id} cannot be read"));
    };
    let entries = model.entries_of(id);
    let entries: Vec<Entry> = entries
        .iter()
        .filter_map(|entry| serde_json::from_slice(&entry.body).ok())
        .collect();
    let numbers = entries.iter().map(|entry| entry.number);
    if !numbers.eq(0..run.entries) {
        return Some(format!(
            "{id} says it has {} entries, and has {:?}",
            run.entries,
            entries.iter().map(|entry| entry.number).collect::<Vec<_>>()
        ));
    }
    if let Some(fault) = promises::broken(model, row, &run, &entries) {
        return Some(format!("{id} {fault}"));
    }
    let is_punctual = cluster.outside.is_punctual;
    if let Some(fault) = promises::hasty(model, row).filter(|_| is_punctual) {
        return Some(format!("{id} {fault}"));
    }
    let ledger = cluster.outside.ledger();
    let done = entries
        .iter()
        .filter(|entry| entry.kind == EntryKind::Do && entry.result == EntryResult::Ok);
    for entry in done {
        let sent = ledger.sent.get(&(id, entry.step.clone()));
        let times = sent.map_or(0, |sent| {
            sent.iter().filter(|sent| sent.came == Came::Done).count()
        });
        if times == 0 {
            return Some(format!(
                "{id} says that `{}` was done, and it was not: {sent:?}",
                entry.step
            ));
        }
    }
    None
}
