//! Whatever order, repetition and loss do to a call's messages, its moments are the same ones, each once.
#![allow(clippy::unwrap_used)]

mod common;

use calls::{Kind, Observation, Tool};
use common::{Told, analysis, at, snapshot, told};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

/// All that a chatty platform says about one call.
fn messages() -> Vec<Observation> {
    let mut report = told("report", &[Kind::Ended, Kind::RecordingReady]);
    report.complete = true;
    report.call = snapshot(json!({"recording": {"url": "r"}, "end_reason": "voicemail"}));
    let mut analyzed = told("analyzed", &[Kind::Analyzed]);
    analyzed.call = analysis(7);
    let mut again = told("analyzed again", &[Kind::Analyzed, Kind::Ended]);
    again.call = analysis(7);
    let mut recorded = told("recorded", &[Kind::RecordingReady]);
    recorded.call = snapshot(json!({"recording": {"url": "r"}}));
    let tool = |dedupe: &str, id: &str| Observation {
        tool: Some(Tool {
            id: Some(id.into()),
            ..Tool::default()
        }),
        ..told(dedupe, &[Kind::ToolCalled])
    };
    vec![
        told("dialing", &[Kind::Dialing]),
        told("started", &[Kind::Started]),
        told("ringing", &[Kind::Started]),
        told("answered", &[Kind::Answered, Kind::Started]),
        told("machine", &[Kind::VoicemailDetected]),
        tool("tool 1", "t1"),
        tool("tool 1 again", "t1"),
        tool("tool 2", "t2"),
        told("transfer", &[Kind::TransferStarted]),
        told("ended", &[Kind::Ended]),
        told("enriches", &[]),
        report,
        analyzed,
        again,
        recorded,
    ]
}

fn counts(call: &Told) -> BTreeMap<(Kind, bool), usize> {
    let mut counts = BTreeMap::new();
    for kind in call.kinds() {
        *counts.entry(kind).or_default() += 1;
    }
    counts
}

/// Some of the messages, in any order, some of them several times.
fn some_messages() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..messages().len(), 1..40)
}

proptest! {
    #[test]
    fn any_order_and_repetition_gives_the_same_moments(
        order in Just((0..messages().len()).collect::<Vec<_>>()).prop_shuffle(),
        repeated in prop::collection::vec((0usize..15, 0usize..15), 0..20),
    ) {
        let all = messages();
        let mut expected = Told::default();
        for message in &all {
            expected.tell(message, at(0));
        }
        expected.fire_all();
        let mut sent = order;
        for (place, message) in repeated {
            sent.insert(place, message);
        }
        let mut call = Told::default();
        for index in sent {
            call.tell(&all[index], at(0));
        }
        call.fire_all();
        prop_assert_eq!(counts(&call), counts(&expected));
    }

    #[test]
    fn whatever_is_lost_the_call_ends_once_and_settles_once_after_it(
        sent in some_messages(),
        timers in prop::collection::vec(any::<bool>(), 40),
    ) {
        let all = messages();
        let mut call = Told::default();
        let mut now = at(0);
        // A call of which only questions before it were heard may never have come to be: nobody ends it.
        let is_a_call = sent.iter().take(timers.len()).any(|index| {
            !all[*index].claims.iter().any(|kind| matches!(kind, Kind::Dialing | Kind::Incoming))
        });
        for (index, fires) in sent.into_iter().zip(timers) {
            call.tell(&all[index], now);
            if fires && let Some((timer, due)) = call.next_timer() {
                now = now.max(due);
                call.fire(timer, now);
            }
        }
        call.fire_all();
        for ((kind, _), count) in counts(&call) {
            prop_assert!(!kind.is_one_shot() || count == 1, "{} came {count} times", kind.name());
        }
        let ends: Vec<bool> = call.kinds().into_iter().filter(|(kind, _)| *kind == Kind::Ended).map(|(_, settled)| settled).collect();
        prop_assert_eq!(ends, if is_a_call { vec![false, true] } else { vec![] });
        prop_assert_eq!(call.call().settled, is_a_call);
        prop_assert_eq!(call.next_timer(), None);
    }
}

proptest! {
    #[test]
    fn what_is_told_word_by_word_stands_in_the_order_it_was_said(
        order in Just((0..6usize).collect::<Vec<_>>()).prop_shuffle(),
        repeated in prop::collection::vec((0usize..6, 0usize..6), 0..6),
    ) {
        let mut start = told("start", &[Kind::Started]);
        start.at = Some(at(0));
        let piece = |said: usize| Observation {
            at: Some(at(said as i64 + 1)),
            adds_turns: true,
            call: snapshot(json!({"transcript": [{"role": "customer", "text": said.to_string()}]})),
            ..told(&format!("said {said}"), &[])
        };
        let mut sent = order;
        for (place, said) in repeated {
            sent.insert(place, said);
        }
        let mut call = Told::default();
        call.tell(&start, at(0));
        for said in sent {
            call.tell(&piece(said), at(0));
        }
        let said: Vec<_> = call.call().snapshot.transcript.iter().map(|turn| turn.text.clone()).collect();
        prop_assert_eq!(said, ["0", "1", "2", "3", "4", "5"]);
    }
}
