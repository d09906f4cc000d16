//! A rehearsal call, read back by the provider that wrote it and folded like any other call.

use crate::world::{now, post, provider};
use calls::{Call, Kind, fold};
use proptest::prelude::*;
use providers::rehearsal::{Ending, Said, Speaker, Story};
use providers::{Played, Scenario, all};
use serde_json::{Map, Value, json};

fn rehearse(name: &str, scenario: Scenario) -> (Call, Vec<Kind>) {
    play(name, &scenario.story())
}

fn play(name: &str, story: &Story) -> (Call, Vec<Kind>) {
    let provider = provider(name);
    let mut call = None;
    let mut kinds = Vec::new();
    for body in provider.simulate(&Played::ending_at(now(), story, "rehearsal-1")) {
        for observation in provider.read(&post(&[], body.as_bytes())).unwrap() {
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
    for ending in Ending::ALL {
        assert_eq!(Ending::parse(ending.name()), Some(ending));
    }
}

fn played() -> impl Iterator<Item = &'static str> {
    let story = Scenario::NoAnswer.story();
    let can_play = move |name: &&str| {
        let played = Played::ending_at(now(), &story, "c");
        !provider(name).simulate(&played).is_empty()
    };
    all()
        .iter()
        .map(|provider| provider.name())
        .filter(can_play)
}

#[test]
fn the_platforms_that_can_be_played_are_these() {
    let all = [
        "autocalls",
        "bland",
        "custom",
        "elevenlabs",
        "plivo",
        "retell",
        "synthflow",
        "telnyx",
        "twilio",
        "vapi",
        "vonage",
    ];
    assert_eq!(played().collect::<Vec<_>>(), all);
}

fn stories() -> impl Strategy<Value = Story> {
    let turn = (any::<bool>(), "[A-Za-zé][A-Za-zé ,?]{0,40}[a-z.]");
    let found = prop::collection::btree_map("[a-z]{3,8}_[a-z]{1,4}", 0..1_000i64, 0..4);
    (
        0..Ending::ALL.len(),
        prop::collection::vec(turn, 1..8),
        found,
        any::<bool>(),
        1..600u32,
    )
        .prop_map(|(ending, turns, found, success, length)| {
            let ending = Ending::ALL[ending];
            let connected = ending.is_connected();
            let step = f64::from(length) / turns.len() as f64;
            let said = |(at, (is_agent, text)): (usize, (bool, String))| Said {
                speaker: if is_agent {
                    Speaker::Agent
                } else {
                    Speaker::Customer
                },
                start_s: (at as f64 * step).floor(),
                text,
            };
            let found: Map<String, Value> = found
                .into_iter()
                .map(|(name, n)| (name, json!(n)))
                .collect();
            Story {
                ending,
                length_s: if connected { length.into() } else { 0.0 },
                turns: turns
                    .into_iter()
                    .enumerate()
                    .map(said)
                    .filter(|_| connected)
                    .collect(),
                summary: if connected {
                    "What it was about.".into()
                } else {
                    String::new()
                },
                success: connected.then_some(success),
                disposition: String::new(),
                outcome: if connected { found } else { Map::new() },
            }
        })
}

/// What a platform says of a call must be what Vapi says of it; what it leaves out is nobody's word against it.
fn is_same(name: &str, story: &Story) {
    let (vapi, _) = play("vapi", story);
    let (call, kinds) = play(name, story);
    let (wanted, found) = (vapi.snapshot, call.snapshot);
    assert!(kinds.contains(&Kind::Ended), "{name}: {kinds:?}");
    assert_eq!(found.status, wanted.status, "{name}");
    assert_eq!(found.connected, wanted.connected, "{name}");
    let is_voicemail = kinds.contains(&Kind::VoicemailDetected);
    assert_eq!(
        is_voicemail,
        story.ending == Ending::Voicemail,
        "{name}: {kinds:?}"
    );
    assert_eq!(found.to.as_deref(), Some("+14155550123"), "{name}");
    if let (Some(found), Some(wanted)) = (found.ended_at, wanted.ended_at) {
        assert!(
            (found.as_second() - wanted.as_second()).abs() <= 1,
            "{name}: {found} {wanted}"
        );
    }
    if let (Some(found), true) = (found.duration_s, story.ending.is_connected()) {
        // The telephone's own length has the ringing in it.
        assert!(
            (0.0..=7.0).contains(&(found - story.length_s)),
            "{name}: {found}"
        );
    }
    if !found.transcript.is_empty() {
        let said = |turns: &[calls::call::Turn]| -> Vec<_> {
            let turns = turns
                .iter()
                .map(|turn| (turn.role.clone(), turn.text.clone()));
            turns.collect()
        };
        assert_eq!(said(&found.transcript), said(&wanted.transcript), "{name}");
    }
    if let Some(analysis) = found.analysis {
        let wanted = wanted.analysis.unwrap();
        assert_eq!(analysis.summary, wanted.summary, "{name}");
        assert!(
            analysis.success.is_none() || analysis.success == wanted.success,
            "{name}"
        );
        for (key, value) in &story.outcome {
            assert_eq!(analysis.structured.get(key), Some(value), "{name}");
        }
    }
}

#[test]
fn each_platform_tells_the_scenarios_as_vapi_does() {
    for scenario in Scenario::ALL {
        for name in played() {
            is_same(name, &scenario.story());
        }
    }
}

proptest! {
    #[test]
    fn each_platform_tells_a_story_of_ones_own_as_vapi_does(story in stories()) {
        for name in played() {
            is_same(name, &story);
        }
    }
}
