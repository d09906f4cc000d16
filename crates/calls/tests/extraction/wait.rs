//! When a call waits for its analysis, and what ends the wait.

use super::*;

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
