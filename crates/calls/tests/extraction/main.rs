//! Facts about calls that are analysed here: when they wait for it, and what a later analysis changes.
#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
mod versions;
mod wait;
mod words;

use calls::agent::{Agent, Roster};
use calls::call::{State, Work};
use calls::{Call, Folded, Kind, Observation, Policy, TimerKind};
use common::{at, snapshot, told};
use proptest::prelude::*;
use serde_json::{Value, json};

const ENDED: (Kind, bool) = (Kind::Ended, false);
const SETTLED: (Kind, bool) = (Kind::Ended, true);
const ANALYZED: (Kind, bool) = (Kind::Analyzed, false);
const REANALYZED: (Kind, bool) = (Kind::Reanalyzed, false);

fn fold(call: Option<Call>, message: &Observation) -> (Call, Vec<(Kind, bool)>) {
    fold_of(&json!({}), &Policy::default(), call, message)
}

/// The same, of an agent with such an extraction.
fn fold_of(
    extraction: &Value,
    policy: &Policy,
    call: Option<Call>,
    message: &Observation,
) -> (Call, Vec<(Kind, bool)>) {
    raised(folded(extraction, policy, call, message, 0))
}

/// The agent of `report`, and the message at that second.
fn folded(
    extraction: &Value,
    policy: &Policy,
    call: Option<Call>,
    message: &Observation,
    second: i64,
) -> Folded {
    let agent = json!({ "name": "Sarah", "extraction": extraction, "settle_within_s": 60 });
    let agent: Agent = serde_json::from_value(agent).unwrap();
    let roster = Roster::new([("agent_1".to_owned(), &agent)]);
    calls::fold_among(&roster, call, message, "ep", at(second), policy)
}

fn raised(folded: Folded) -> (Call, Vec<(Kind, bool)>) {
    let moments = folded.moments.iter().filter(|moment| !moment.to_analyze);
    let moments = moments
        .map(|moment| (moment.kind, moment.settled))
        .collect();
    (folded.call, moments)
}

fn report(more: Value) -> Observation {
    let mut call = json!({ "agent": { "name": "Sarah" } });
    call.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    Observation {
        complete: true,
        no_analysis_to_come: true,
        call: snapshot(call),
        ..told("r", &[])
    }
}

fn spoken() -> Observation {
    report(json!({ "transcript": [{ "role": "customer", "text": "Hi" }] }))
}

fn ours(dedupe: &str, seats: Value, quote: &str) -> Observation {
    let analysis = json!({ "structured": { "seats": seats }, "evidence": { "seats": { "quote": quote } }, "by": "rules" });
    Observation {
        work: Some(Work::default()),
        call: snapshot(json!({ "analysis": analysis })),
        ..told(dedupe, &[Kind::Analyzed])
    }
}

fn theirs(dedupe: &str, seats: i64) -> Observation {
    theirs_of(dedupe, json!({ "seats": seats }))
}

fn theirs_of(dedupe: &str, structured: Value) -> Observation {
    Observation {
        call: snapshot(json!({ "analysis": { "structured": structured } })),
        ..told(dedupe, &[Kind::Analyzed])
    }
}

fn waits(call: &Call) -> bool {
    let agent = call.snapshot.agent.as_ref().unwrap();
    agent.profile.as_ref().unwrap().extracts
}
