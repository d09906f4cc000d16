//! A rehearsal call, read back by the provider that wrote it and folded like any other call.

use crate::world::{now, post, provider};
use calls::{Call, Kind, fold};
use providers::{Scenario, all};

fn rehearse(name: &str, scenario: Scenario) -> (Call, Vec<Kind>) {
    let provider = provider(name);
    let mut call = None;
    let mut kinds = Vec::new();
    for message in provider.simulate(scenario, "rehearsal-1", now()).unwrap() {
        for observation in provider
            .read(&post(&[], message.to_string().as_bytes()))
            .unwrap()
        {
            let folded = fold(call.take(), &observation, "e-1", now(), &provider.policy());
            kinds.extend(folded.moments.iter().map(|moment| moment.kind));
            call = Some(folded.call);
        }
    }
    (call.unwrap(), kinds)
}

#[test]
fn an_interested_caller_leaves_a_settled_call_with_an_outcome() {
    let (call, kinds) = rehearse("vapi", Scenario::Interested);
    for kind in [
        Kind::Started,
        Kind::Answered,
        Kind::Ended,
        Kind::RecordingReady,
        Kind::Analyzed,
    ] {
        assert!(kinds.contains(&kind), "{kind:?} in {kinds:?}");
    }
    assert!(call.settled);
    let snapshot = call.snapshot;
    let analysis = snapshot.analysis.unwrap();
    assert_eq!(analysis.success, Some(true));
    assert_eq!(analysis.structured["interested"], true);
    assert_eq!(analysis.structured["budget"], 5_000);
    assert_eq!(analysis.structured["priority"], "high");
    assert_eq!(snapshot.disposition.as_deref(), Some("Interested"));
    assert_eq!(snapshot.status.as_deref(), Some("completed"));
    assert_eq!(snapshot.duration_s, Some(154.0));
    assert_eq!(snapshot.ended_at, Some(now()));
    assert_eq!(snapshot.transcript.len(), 20);
    let ends = snapshot
        .transcript
        .windows(2)
        .all(|pair| pair[0].end_s <= pair[1].start_s);
    assert!(ends, "nobody is interrupted");
    assert_eq!(snapshot.contact["email"], "ada@example.com");
    assert_eq!(snapshot.agent.unwrap().name.as_deref(), Some("Sarah"));
}

#[test]
fn the_other_scenarios_end_as_they_are_called() {
    let (call, kinds) = rehearse("vapi", Scenario::NotInterested);
    assert_eq!(call.snapshot.disposition.as_deref(), Some("Not interested"));
    assert!(kinds.contains(&Kind::Analyzed));
    let (call, kinds) = rehearse("vapi", Scenario::Voicemail);
    assert_eq!(call.snapshot.answered_by.as_deref(), Some("voicemail"));
    assert!(kinds.contains(&Kind::VoicemailDetected));
    let (call, kinds) = rehearse("vapi", Scenario::NoAnswer);
    assert_eq!(call.snapshot.status.as_deref(), Some("unanswered"));
    assert_eq!(call.snapshot.connected, Some(false));
    assert!(call.settled && !kinds.contains(&Kind::Answered) && !kinds.contains(&Kind::Analyzed));
}

#[test]
fn scenarios_are_found_by_their_names() {
    for scenario in Scenario::ALL {
        assert_eq!(Scenario::parse(scenario.name()), Some(scenario));
    }
    assert_eq!(Scenario::parse("surprise"), None);
    assert!(all().iter().any(|provider| {
        provider
            .simulate(Scenario::Interested, "c", now())
            .is_some()
    }));
}
