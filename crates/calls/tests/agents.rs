//! Facts about whose a call is, and what an agent's settings make it wait for.
#![allow(clippy::unwrap_used)]

mod common;

use calls::agent::{Agent, Roster};
use calls::{Call, Kind, Observation, Policy, TimerKind};
use common::{at, snapshot, told};
use serde_json::{Value, json};

fn roster(include_recording: Value) -> Roster {
    let agent: Agent = serde_json::from_value(json!({
        "name": "Sarah", "numbers": ["+14155550100"],
        "actions": [{ "kind": "email", "to": ["a@b.example"], "include_recording": include_recording }],
    }))
    .unwrap();
    Roster::new([("agent_1".to_owned(), &agent)])
}

fn fold(roster: &Roster, call: Option<Call>, message: &Observation) -> (Call, bool) {
    let folded = calls::fold_among(roster, call, message, "ep", at(0), &Policy::default());
    let is_settled = folded.moments.iter().any(|moment| moment.settled);
    (folded.call, is_settled)
}

fn report(more: Value) -> Observation {
    let mut call = json!({ "direction": "inbound", "from": "+14155552671", "to": "+14155550100", "connected": true });
    let more = more.as_object().unwrap().clone();
    call.as_object_mut().unwrap().extend(more);
    Observation {
        complete: true,
        no_analysis_to_come: true,
        call: snapshot(call),
        ..told("r", &[])
    }
}

#[test]
fn a_leg_with_the_numbers_of_its_call_is_not_the_agents_a_second_time() {
    let roster = roster(Value::Null);
    let profile = |more: Value| {
        let (call, _) = fold(&roster, None, &report(more));
        call.snapshot.agent.and_then(|agent| agent.profile)
    };
    assert!(profile(json!({})).is_some());
    assert!(profile(json!({ "parent_id": "c0" })).is_none());
    // A platform that says whose it is means a call of its own, such as one that was passed on.
    let named = json!({ "parent_id": "c0", "agent": { "name": "Sarah" } });
    assert!(profile(named).is_some());
}

#[test]
fn a_call_waits_as_long_as_its_agent_says_or_else_its_workspace() {
    let wait = |own: Value, of_all: Option<u32>, name: &str| {
        let agent = json!({ "name": "Sarah", "settle_within_s": own });
        let agent: Agent = serde_json::from_value(agent).unwrap();
        let roster = Roster::new([("agent_1".to_owned(), &agent)]).settling_within(of_all);
        let of = Observation {
            no_analysis_to_come: false,
            ..report(json!({ "agent": { "name": name } }))
        };
        let (call, _) = fold(&roster, None, &of);
        call.settle_by.unwrap().duration_since(at(0)).as_secs()
    };
    assert_eq!(wait(Value::Null, None, "Sarah"), 300);
    assert_eq!(wait(Value::Null, Some(40), "Sarah"), 40);
    assert_eq!(wait(json!(20), Some(40), "Sarah"), 20);
    assert_eq!(wait(json!(20), Some(40), "Somebody else"), 40);
}

#[test]
fn a_recording_that_is_wanted_is_waited_for_but_not_for_ever() {
    let roster = roster(true.into());
    let (call, is_settled) = fold(&roster, None, &report(json!({})));
    assert!(!is_settled && call.settle_by.is_some());
    let ready = Observation {
        call: snapshot(json!({ "recording": { "url": "https://rec.example/1" } })),
        ..told("1", &[Kind::RecordingReady])
    };
    assert!(fold(&roster, Some(call.clone()), &ready).1);
    let by = call.settle_by.unwrap();
    let folded = calls::expire(call, TimerKind::Settle, by, &Policy::default());
    assert!(folded.moments.iter().any(|moment| moment.settled));
}

#[test]
fn nobody_waits_for_a_recording_that_is_there_not_wanted_or_not_to_come() {
    let there = json!({ "recording": { "url": "https://rec.example/1" } });
    for (wanted, more) in [
        (Value::Null, json!({})),
        (false.into(), json!({})),
        (true.into(), json!({ "connected": false })),
        (true.into(), there),
    ] {
        assert!(fold(&roster(wanted), None, &report(more)).1);
    }
}
