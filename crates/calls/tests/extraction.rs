//! Facts about calls that are analysed here: when they wait for it, and what a later analysis changes.
#![allow(clippy::unwrap_used)]

mod common;

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
    let agent = json!({ "name": "Sarah", "extraction": extraction, "settle_within_s": 60 });
    let agent: Agent = serde_json::from_value(agent).unwrap();
    let roster = Roster::new([("agent_1".to_owned(), &agent)]);
    let folded = calls::fold_among(&roster, call, message, "ep", at(0), policy);
    raised(folded)
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
fn an_analysis_that_does_not_come_is_waited_for_as_long_as_its_agent_says() {
    let (call, _) = fold(None, &spoken());
    let policy = Policy::default();
    let (call, moments) = raised(calls::expire(call, TimerKind::Settle, at(59), &policy));
    assert_eq!(moments, []);
    let (call, moments) = raised(calls::expire(call, TimerKind::Settle, at(60), &policy));
    assert_eq!(moments, [SETTLED]);
    let state = call.snapshot.analysis.unwrap().state;
    assert_eq!(state, Some(State::Pending));
}

#[test]
fn where_nothing_was_said_nobody_waits() {
    let silent = Observation {
        no_analysis_to_come: false,
        ..report(json!({ "transcript": [{ "role": "tool", "text": "{}" }] }))
    };
    let (call, moments) = fold(None, &silent);
    assert_eq!((moments, waits(&call)), (vec![ENDED, SETTLED], false));
}

#[test]
fn what_the_platform_has_found_is_told_together_with_what_is_read_beside_it() {
    let found = report(
        json!({ "transcript": [{ "role": "customer", "text": "Hi" }],
        "analysis": { "summary": "Theirs", "structured": { "budget": 5 } } }),
    );
    let (call, moments) = fold(None, &found);
    assert_eq!((moments, waits(&call)), (vec![ENDED], true));
    let (call, moments) = fold(Some(call), &ours("1", json!(3), "three"));
    assert_eq!(moments, [ANALYZED, SETTLED]);
    let analysis = call.snapshot.analysis.unwrap();
    assert_eq!(analysis.summary.as_deref(), Some("Theirs"));
    assert_eq!(
        Value::Object(analysis.structured),
        json!({ "seats": 3, "budget": 5 })
    );
    assert_eq!(analysis.state, Some(State::Done));
}

#[test]
fn an_agent_that_never_reads_brings_the_platforms_values_to_its_types_when_they_come() {
    let never = json!({ "when": "never" });
    let policy = Policy::default();
    let ended = Observation {
        no_analysis_to_come: false,
        ..spoken()
    };
    let (call, moments) = fold_of(&never, &policy, None, &ended);
    assert_eq!((moments, waits(&call)), (vec![ENDED], false));
    let folded = fold_of(&never, &policy, Some(call), &theirs("2", 9));
    assert_eq!((folded.1, waits(&folded.0)), (vec![], true));
    let (call, moments) = fold_of(&never, &policy, None, &spoken());
    assert_eq!((moments, waits(&call)), (vec![ENDED, SETTLED], false));
}

#[test]
fn a_transcript_that_comes_after_the_end_is_waited_for_and_read_once() {
    let policy = Policy {
        late_words: true,
        ..Policy::default()
    };
    let offers = |call: Call, message: &Observation| {
        let agent: Agent =
            serde_json::from_value(json!({ "name": "Sarah", "extraction": {} })).unwrap();
        let roster = Roster::new([("agent_1".to_owned(), &agent)]);
        let folded = calls::fold_among(&roster, Some(call), message, "ep", at(0), &policy);
        let offers = folded.moments.iter().filter(|moment| moment.to_analyze);
        (offers.count(), folded.call)
    };
    let (call, moments) = fold_of(&json!({}), &policy, None, &report(json!({})));
    assert_eq!((moments, waits(&call)), (vec![ENDED], false));
    let (begun, call) = offers(call, &theirs("recap", 9));
    assert_eq!(begun, 0, "the words are still to come");
    let mut words = told("words", &[]);
    words.call = snapshot(json!({ "transcript": [{ "role": "customer", "text": "Hi" }] }));
    let (begun, call) = offers(call, &words);
    assert_eq!((begun, waits(&call)), (1, true));
    words.dedupe = "words again".into();
    assert_eq!(offers(call, &words).0, 0);

    let missed = report(json!({ "connected": false }));
    let (_, moments) = fold_of(&json!({}), &policy, None, &missed);
    assert_eq!(moments, [ENDED, SETTLED], "nobody spoke, so no words come");
}

/// One sentence of a talk that is told as it goes on.
fn sentence(said: &str, second: i64) -> Observation {
    Observation {
        at: Some(at(second)),
        adds_turns: true,
        call: snapshot(json!({ "transcript": [{ "role": "customer", "text": said }] })),
        ..told(said, &[])
    }
}

fn late_words() -> Policy {
    Policy {
        late_words: true,
        ..Policy::default()
    }
}

/// The agent of `report`, and the message at that second.
fn fold_at(call: Option<Call>, message: &Observation, second: i64) -> Folded {
    let agent = json!({ "name": "Sarah", "extraction": {} });
    let agent: Agent = serde_json::from_value(agent).unwrap();
    let roster = Roster::new([("agent_1".to_owned(), &agent)]);
    let late = late_words();
    calls::fold_among(&roster, call, message, "ep", at(second), &late)
}

fn analyses(folded: &Folded) -> usize {
    let moments = folded.moments.iter();
    moments.filter(|moment| moment.to_analyze).count()
}

#[test]
fn sentences_that_come_late_are_read_once_it_is_quiet() {
    let call = fold_at(None, &report(json!({})), 0).call;
    assert!(!waits(&call));
    // Each sentence moves the analysis on.
    let first = fold_at(Some(call), &sentence("one", 1), 2);
    let second = fold_at(Some(first.call.clone()), &sentence("two", 2), 6);
    assert_eq!((analyses(&first), analyses(&second)), (0, 0));
    let late = late_words();
    let early = calls::expire(second.call, TimerKind::Grace, at(7), &late);
    assert_eq!(early.moments, []);
    let quiet = calls::expire(early.call, TimerKind::Grace, at(11), &late);
    assert_eq!((analyses(&quiet), waits(&quiet.call)), (1, true));
    assert_eq!(quiet.call.snapshot.transcript.len(), 2);
    let again = calls::expire(quiet.call, TimerKind::Grace, at(12), &late);
    assert_eq!(again.moments, []);
}

#[test]
fn a_talk_that_never_falls_quiet_is_read_when_the_grace_is_over() {
    let mut call = fold_at(None, &report(json!({})), 0).call;
    for second in (4..30).step_by(4) {
        let told = fold_at(Some(call), &sentence(&second.to_string(), second), second);
        assert_eq!(analyses(&told), 0, "{second}");
        call = told.call;
    }
    let over = calls::expire(call, TimerKind::Grace, at(30), &late_words());
    assert_eq!(analyses(&over), 1);
}

#[test]
fn a_transcript_that_comes_whole_is_read_at_once() {
    let call = fold_at(None, &report(json!({})), 0).call;
    let call = fold_at(Some(call), &sentence("Hi", 1), 1).call;
    let whole = Observation {
        call: snapshot(json!({ "transcript": [{ "role": "customer", "text": "Hi there" }] })),
        ..told("whole", &[])
    };
    assert_eq!(analyses(&fold_at(Some(call), &whole, 2)), 1);
}

proptest! {
    #[test]
    fn in_whatever_order_the_end_and_its_sentences_come_all_of_them_are_read_once(
        order in Just((0..4usize).collect::<Vec<_>>()).prop_shuffle(),
        repeats in prop::collection::vec(0usize..4, 0..3),
    ) {
        let messages = [report(json!({})), sentence("one", 1), sentence("two", 2), sentence("three", 3)];
        let (mut call, mut begun, mut second) = (None, 0, 0);
        for index in order.into_iter().chain(repeats) {
            let folded = fold_at(call, &messages[index], second);
            begun += analyses(&folded);
            call = Some(folded.call);
            second += 1;
        }
        prop_assert_eq!(begun, 0, "nothing is read while sentences come");
        let quiet = calls::expire(call.unwrap(), TimerKind::Grace, at(second + 5), &late_words());
        prop_assert_eq!((analyses(&quiet), quiet.call.snapshot.transcript.len()), (1, 3));
    }
}

#[test]
fn words_that_never_come_leave_what_the_platform_has_found() {
    let policy = Policy {
        late_words: true,
        ..Policy::default()
    };
    let (call, _) = fold_of(&json!({}), &policy, None, &report(json!({})));
    let (call, moments) = fold_of(&json!({}), &policy, Some(call), &theirs("recap", 9));
    assert_eq!(moments, []);
    let folded = calls::expire(call, TimerKind::Settle, at(60), &policy);
    assert_eq!(folded.moments.iter().filter(|m| m.to_analyze).count(), 1);
    assert_eq!(raised(folded).1, [ANALYZED, SETTLED]);
}

#[test]
fn an_analysis_that_failed_says_why_and_leaves_what_is_known() {
    let found = report(
        json!({ "transcript": [{ "role": "customer", "text": "Hi" }],
        "analysis": { "summary": "Theirs" } }),
    );
    let (call, _) = fold(None, &found);
    let failed = Observation {
        work: Some(Work {
            failed: Some("the model is gone".into()),
            run_id: Some("run_1".into()),
            ..Work::default()
        }),
        ..told("f", &[])
    };
    let (call, moments) = fold(Some(call), &failed);
    assert_eq!(moments, [ANALYZED, SETTLED]);
    let analysis = call.snapshot.analysis.clone().unwrap();
    assert_eq!(analysis.summary.as_deref(), Some("Theirs"));
    assert_eq!(analysis.state, Some(State::Failed));
    let failure = analysis.failure.unwrap();
    assert_eq!(
        (failure.message.as_str(), failure.run_id.as_str()),
        ("the model is gone", "run_1")
    );
    let (call, moments) = fold(Some(call), &ours("1", json!(3), "three"));
    assert_eq!(moments, [REANALYZED]);
    let analysis = call.snapshot.analysis.unwrap();
    assert_eq!(
        (analysis.state, analysis.failure),
        (Some(State::Done), None)
    );
}

#[test]
fn what_a_flow_of_ones_own_keeps_does_not_end_the_analysis_of_the_agent() {
    let (call, _) = fold(None, &spoken());
    let mut aside = ours("1", json!(3), "three");
    let work = Work {
        aside: true,
        ..Work::default()
    };
    aside.work = Some(work.clone());
    let (call, moments) = fold(Some(call), &aside);
    assert_eq!(moments, []);
    let failed = Observation {
        work: Some(Work {
            failed: Some("the model is gone".into()),
            ..work
        }),
        ..told("f", &[])
    };
    let (call, moments) = fold(Some(call), &failed);
    assert_eq!(moments, []);
    let analysis = call.snapshot.analysis.clone().unwrap();
    assert_eq!(
        (analysis.state, analysis.failure),
        (Some(State::Pending), None)
    );
    assert_eq!(analysis.structured["seats"], 3, "it is kept");
    let (call, moments) = fold(Some(call), &ours("2", json!(4), "four"));
    assert_eq!(moments, [ANALYZED, SETTLED]);
    assert_eq!(call.snapshot.analysis.unwrap().structured["seats"], 4);
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
    assert_eq!(call.versions.len(), 3, "each is kept");

    let (call, moments) = fold(Some(call), &theirs("4", 9));
    assert_eq!(moments, [REANALYZED]);
    let analysis = call.snapshot.analysis.as_ref().unwrap();
    assert_eq!(analysis.structured["seats"], 9);
    assert!(
        analysis.evidence.is_empty(),
        "a quote is for the value that it says"
    );
}

#[test]
fn what_the_platform_finds_later_does_not_wipe_out_what_has_a_quote() {
    let (call, _) = fold(None, &spoken());
    let (call, _) = fold(Some(call), &ours("1", json!(3), "three"));
    let (call, moments) = fold(Some(call), &theirs("2", 9));
    assert_eq!(moments, []);
    let analysis = call.snapshot.analysis.as_ref().unwrap();
    assert_eq!(analysis.structured["seats"], 3);
    assert_eq!(analysis.evidence["seats"]["quote"], "three");
    assert_eq!(call.of_platform().unwrap().structured["seats"], 9);
}

#[test]
fn only_the_last_ten_analyses_are_kept() {
    let (mut call, _) = fold(None, &spoken());
    for n in 0..15 {
        (call, _) = fold(Some(call), &ours(&n.to_string(), json!(n), "so many"));
    }
    assert_eq!(call.versions.len(), 10);
    assert_eq!(call.versions[0].analysis.structured["seats"], 5);
}

#[test]
fn a_call_that_was_kept_before_there_were_versions_is_still_ours() {
    let (call, _) = fold(None, &spoken());
    let (call, _) = fold(Some(call), &ours("1", json!(3), "three"));
    let mut stored = serde_json::to_value(&call).unwrap();
    for name in ["versions", "progress", "theirs", "extraction"] {
        stored.as_object_mut().unwrap().remove(name);
    }
    stored["snapshot"]["analysis"]
        .as_object_mut()
        .unwrap()
        .remove("state");
    let call: Call = serde_json::from_value(stored).unwrap();
    let (call, moments) = fold(Some(call), &theirs("2", 9));
    assert_eq!(moments, []);
    assert_eq!(call.snapshot.analysis.unwrap().structured["seats"], 3);
}

proptest! {
    #[test]
    fn in_whatever_order_both_analyses_come_it_is_one_call(
        order in Just(vec![0usize, 1, 2, 3]).prop_shuffle(),
    ) {
        let all = [spoken(), theirs("a", 9), theirs_of("b", json!({ "budget": 5 })), ours("1", json!(3), "three")];
        let known = |order: &[usize]| {
            let call = order.iter().fold(None, |call, at| Some(fold(call, &all[*at]).0));
            call.unwrap()
        };
        let (there, here) = (known(&order), known(&[0, 1, 2, 3]));
        prop_assert_eq!(&there.snapshot, &here.snapshot);
        prop_assert!(there.settled && there.has(Kind::Analyzed));
    }
}
