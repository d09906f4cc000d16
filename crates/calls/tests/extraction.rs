//! Facts about calls that are analysed here: when they wait for it, and what a later analysis changes.
#![allow(clippy::unwrap_used)]

mod common;

use calls::agent::{Agent, Roster};
use calls::{Call, Folded, Kind, Observation, Policy, TimerKind};
use common::{at, snapshot, told};
use serde_json::{Value, json};

const ENDED: (Kind, bool) = (Kind::Ended, false);
const SETTLED: (Kind, bool) = (Kind::Ended, true);
const ANALYZED: (Kind, bool) = (Kind::Analyzed, false);
const REANALYZED: (Kind, bool) = (Kind::Reanalyzed, false);

fn fold(call: Option<Call>, message: &Observation) -> (Call, Vec<(Kind, bool)>) {
    let agent: Agent =
        serde_json::from_value(json!({ "name": "Sarah", "extraction": {} })).unwrap();
    let roster = Roster::new([("agent_1".to_owned(), &agent)]);
    let folded = calls::fold_among(&roster, call, message, "ep", at(0), &Policy::default());
    raised(folded)
}

fn raised(folded: Folded) -> (Call, Vec<(Kind, bool)>) {
    let moments = folded.moments.iter();
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
        analyzes_anew: true,
        call: snapshot(json!({ "analysis": analysis })),
        ..told(dedupe, &[Kind::Analyzed])
    }
}

fn waits(call: &Call) -> bool {
    let agent = call.snapshot.agent.as_ref().unwrap();
    agent.profile.as_ref().unwrap().extracts
}

#[test]
fn a_call_that_is_analysed_here_settles_with_its_analysis_and_not_before() {
    let (call, moments) = fold(None, &spoken());
    assert_eq!((moments, waits(&call)), (vec![ENDED], true));
    let (call, moments) = fold(Some(call), &ours("1", json!(3), "three"));
    assert_eq!((moments, waits(&call)), (vec![ANALYZED, SETTLED], false));
    let (_, moments) = fold(Some(call), &ours("1", json!(4), "four"));
    assert_eq!(moments, [], "a step that is done again");
}

#[test]
fn an_analysis_that_does_not_come_is_not_waited_for_for_ever() {
    let (call, _) = fold(None, &spoken());
    let policy = Policy::default();
    let (_, moments) = raised(calls::expire(call, TimerKind::Settle, at(300), &policy));
    assert_eq!(moments, [SETTLED]);
}

#[test]
fn where_nothing_was_said_or_the_platform_has_found_it_nobody_waits() {
    let silent = Observation {
        no_analysis_to_come: false,
        ..report(json!({ "transcript": [{ "role": "tool", "text": "{}" }] }))
    };
    let (call, moments) = fold(None, &silent);
    assert_eq!((moments, waits(&call)), (vec![ENDED, SETTLED], false));
    let found = report(
        json!({ "transcript": [{ "role": "customer", "text": "Hi" }], "analysis": { "summary": "Hi" } }),
    );
    let (call, moments) = fold(None, &found);
    assert_eq!(
        (moments, waits(&call)),
        (vec![ENDED, ANALYZED, SETTLED], false)
    );
}

#[test]
fn only_other_values_are_a_moment_and_what_is_not_found_any_more_is_gone() {
    let (call, _) = fold(None, &spoken());
    let (call, _) = fold(Some(call), &ours("1", json!(3), "three"));
    let (call, moments) = fold(Some(call), &ours("2", json!(3), "just three"));
    assert_eq!(moments, []);
    let analysis = call.snapshot.analysis.as_ref().unwrap();
    assert_eq!(analysis.evidence["seats"]["quote"], "just three");
    let (call, moments) = fold(Some(call), &ours("3", Value::Null, ""));
    assert_eq!(moments, [REANALYZED]);
    let analysis = call.snapshot.analysis.as_ref().unwrap();
    assert_eq!(analysis.structured["seats"], Value::Null);

    let theirs = Observation {
        call: snapshot(json!({ "analysis": { "structured": { "seats": 9 } } })),
        ..told("4", &[Kind::Analyzed])
    };
    let (call, moments) = fold(Some(call), &theirs);
    assert_eq!(moments, [REANALYZED]);
    let analysis = call.snapshot.analysis.as_ref().unwrap();
    assert!(
        analysis.evidence.is_empty(),
        "a quote is for the value that it says"
    );
}
