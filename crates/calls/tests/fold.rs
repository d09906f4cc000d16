//! Facts about the per-call state machine, one message or timer at a time.
#![allow(clippy::unwrap_used)]

mod common;

use calls::{Kind, Policy, TimerKind, Tool};
use common::{Told, analysis, at, snapshot, told};
use serde_json::json;
use std::time::Duration;

const ENDED: (Kind, bool) = (Kind::Ended, false);
const SETTLED: (Kind, bool) = (Kind::Ended, true);
const ANALYZED: (Kind, bool) = (Kind::Analyzed, false);

#[test]
fn a_complete_report_with_an_analysis_raises_everything_in_the_order_of_life() {
    let mut call = Told::default();
    let mut report = told("r", &[Kind::Analyzed, Kind::RecordingReady, Kind::Ended]);
    report.complete = true;
    report.call = snapshot(json!({
        "recording": {"url": "https://r.example/1"}, "analysis": {"success": true},
    }));
    let raised = call.tell(&report, at(0));
    assert_eq!(
        raised,
        [ENDED, (Kind::RecordingReady, false), ANALYZED, SETTLED]
    );
    assert!(call.call().settled);
    assert_eq!(call.next_timer(), None);
}

#[test]
fn a_complete_report_ends_the_call_even_where_it_claims_nothing() {
    let mut call = Told::default();
    let mut report = told("r", &[]);
    report.complete = true;
    assert_eq!(call.tell(&report, at(0)), [ENDED]);
}

#[test]
fn a_bare_end_waits_for_the_grace_and_no_longer() {
    let mut call = Told::default();
    assert_eq!(call.tell(&told("e", &[Kind::Ended]), at(0)), []);
    assert_eq!(call.fire(TimerKind::Grace, at(29)), [], "too early");
    assert_eq!(call.fire(TimerKind::Grace, at(30)), [ENDED]);
    assert_eq!(call.fire(TimerKind::Grace, at(31)), [], "it is over");
    assert_eq!(call.fire(TimerKind::Watchdog, at(99_999)), []);
    assert_eq!(call.next_timer(), Some((TimerKind::Settle, at(330))));
    assert_eq!(call.fire(TimerKind::Settle, at(330)), [SETTLED]);
    assert_eq!(call.next_timer(), None);
}

#[test]
fn the_complete_report_cuts_the_grace_short() {
    let mut call = Told::default();
    call.tell(&told("e", &[Kind::Ended]), at(0));
    let mut report = told("r", &[Kind::Ended]);
    report.complete = true;
    assert_eq!(call.tell(&report, at(3)), [ENDED]);
    assert_eq!(call.call().grace_until, None);
}

#[test]
fn a_second_bare_end_does_not_prolong_the_grace() {
    let mut call = Told::default();
    call.tell(&told("e1", &[Kind::Ended]), at(0));
    call.tell(&told("e2", &[Kind::Ended]), at(20));
    assert_eq!(call.call().grace_until, Some(at(30)));
}

#[test]
fn without_a_grace_a_bare_end_is_the_end() {
    let mut call = Told {
        policy: Policy {
            grace: Duration::ZERO,
            ..Policy::default()
        },
        ..Told::default()
    };
    assert_eq!(call.tell(&told("e", &[Kind::Ended]), at(0)), [ENDED]);
}

#[test]
fn an_analysis_before_the_end_settles_the_call_at_its_end() {
    let mut call = Told::default();
    let mut early = told("a", &[Kind::Analyzed]);
    early.call = analysis(1);
    assert_eq!(call.tell(&early, at(0)), [ANALYZED]);
    call.tell(&told("e", &[Kind::Ended]), at(1));
    assert_eq!(call.fire(TimerKind::Grace, at(31)), [ENDED, SETTLED]);
}

#[test]
fn a_platform_without_analyses_settles_at_the_end() {
    let mut call = Told::default();
    let mut report = told("r", &[Kind::Ended]);
    report.complete = true;
    report.no_analysis_to_come = true;
    assert_eq!(call.tell(&report, at(0)), [ENDED, SETTLED]);
}

#[test]
fn a_late_analysis_is_told_but_does_not_settle_again() {
    let mut call = Told::default();
    call.tell(&told("e", &[Kind::Ended]), at(0));
    call.fire_all();
    let mut late = told("a", &[Kind::Analyzed]);
    late.call = analysis(1);
    assert_eq!(call.tell(&late, at(5_000)), [ANALYZED]);
}

#[test]
fn an_analysis_is_told_again_only_when_it_says_something_else() {
    let mut call = Told::default();
    let tell = |call: &mut Told, dedupe: &str, budget| {
        let mut message = told(dedupe, &[Kind::Analyzed]);
        message.call = analysis(budget);
        call.tell(&message, at(0))
    };
    assert_eq!(tell(&mut call, "a1", 1), [ANALYZED]);
    assert_eq!(tell(&mut call, "a2", 1), []);
    assert_eq!(tell(&mut call, "a3", 2), [(Kind::Reanalyzed, false)]);
    assert_eq!(tell(&mut call, "a4", 2), []);
}

#[test]
fn the_order_of_an_analysis_names_is_no_change() {
    let mut call = Told::default();
    let mut first = told("a1", &[Kind::Analyzed]);
    first.call = snapshot(json!({"analysis": {"structured": {"a": 1, "b": {"c": 1, "d": 2}}}}));
    let mut second = told("a2", &[Kind::Analyzed]);
    second.call = snapshot(json!({"analysis": {"structured": {"b": {"d": 2, "c": 1}, "a": 1}}}));
    assert_eq!(call.tell(&first, at(0)), [ANALYZED]);
    assert_eq!(call.tell(&second, at(1)), []);
}

#[test]
fn the_watchdog_ends_a_call_that_never_ends_and_what_comes_later_only_enriches() {
    let mut call = Told::default();
    call.tell(&told("s", &[Kind::Started]), at(0));
    let (timer, due) = call.next_timer().unwrap();
    assert_eq!(
        (timer, due),
        (TimerKind::Watchdog, at(4 * 3600 + 600)),
        "from first sight"
    );
    assert_eq!(call.fire(timer, due), [ENDED]);
    assert!(call.moments.last().unwrap().synthetic);
    let mut report = told("r", &[Kind::Answered, Kind::Ended]);
    report.complete = true;
    report.call = snapshot(json!({"end_reason": "customer-ended-call"}));
    assert_eq!(call.tell(&report, due), []);
    let reason = call.call().snapshot.end_reason.as_deref();
    assert_eq!(reason, Some("customer-ended-call"));
    call.fire_all();
    assert_eq!(
        call.moments.last().map(|m| (m.kind, m.settled)),
        Some(SETTLED)
    );
}

#[test]
fn an_analysis_after_the_watchdog_is_still_told_and_settles_the_call() {
    let mut call = Told::default();
    call.tell(&told("s", &[Kind::Started]), at(0));
    let (timer, due) = call.next_timer().unwrap();
    call.fire(timer, due);
    let mut late = told("a", &[Kind::Analyzed]);
    late.call = analysis(1);
    assert_eq!(call.tell(&late, due), [ANALYZED, SETTLED]);
}

#[test]
fn a_duplicate_counts_and_changes_nothing_else() {
    let mut call = Told::default();
    let first = told("s", &[Kind::Started]);
    call.tell(&first, at(0));
    let before = call.call().clone();
    let mut changed = told("s", &[Kind::Answered]);
    changed.call = snapshot(json!({"from": "+1"}));
    let folded = calls::fold(call.call.take(), &changed, "ep", at(9), &call.policy);
    assert!(folded.duplicate);
    assert_eq!(folded.moments, []);
    let mut expected = before;
    expected.duplicates = 1;
    assert_eq!(folded.call, expected);
}

#[test]
fn the_same_key_at_another_endpoint_is_another_message() {
    let message = told("s", &[Kind::Started]);
    let policy = Policy::default();
    let one = calls::fold(None, &message, "ep1", at(0), &policy);
    let two = calls::fold(Some(one.call), &message, "ep2", at(0), &policy);
    assert!(!two.duplicate);
    assert_eq!(two.moments, [], "but the call has started only once");
}

#[test]
fn messages_without_a_key_are_never_taken_for_each_other() {
    let mut call = Told::default();
    assert_eq!(
        call.tell(&told("", &[Kind::ToolCalled]), at(0)),
        [(Kind::ToolCalled, false)]
    );
    assert_eq!(
        call.tell(&told("", &[Kind::ToolCalled]), at(0)),
        [(Kind::ToolCalled, false)]
    );
}

#[test]
fn a_tool_call_is_raised_once_per_its_id_and_kept_with_the_call() {
    let mut call = Told::default();
    let mut ask = |dedupe: &str, id: &str| {
        let mut message = told(dedupe, &[Kind::ToolCalled]);
        message.tool = Some(Tool {
            id: Some(id.into()),
            name: "book".into(),
            arguments: json!({"day": id}),
        });
        call.tell(&message, at(0)).len()
    };
    assert_eq!(
        (ask("m1", "t1"), ask("m2", "t1"), ask("m3", "t2")),
        (1, 0, 1)
    );
    assert_eq!(
        call.moments[1].tool.as_ref().unwrap().arguments["day"],
        "t2"
    );
    assert_eq!(call.call().snapshot.tools["book"]["day"], "t2");
}

#[test]
fn a_recording_is_raised_once_per_url_and_a_transfer_once_per_target_and_time() {
    let mut call = Told::default();
    let mut tell = |dedupe: &str, kind, fields| {
        let mut message = told(dedupe, &[kind]);
        message.call = snapshot(fields);
        call.tell(&message, at(0)).len()
    };
    let (recording, transfer) = (Kind::RecordingReady, Kind::TransferStarted);
    assert_eq!(tell("m1", recording, json!({"recording": {"url": "a"}})), 1);
    assert_eq!(tell("m2", recording, json!({"recording": {"url": "a"}})), 0);
    assert_eq!(tell("m3", recording, json!({"recording": {"url": "b"}})), 1);
    assert_eq!(tell("m4", transfer, json!({"transfer": {"to": "+1"}})), 1);
    assert_eq!(tell("m5", transfer, json!({"transfer": {"to": "+1"}})), 0);
    assert_eq!(tell("m6", transfer, json!({"transfer": {"to": "+2"}})), 1);
}

#[test]
fn what_a_call_remembers_is_bounded_and_its_moments_stay() {
    let mut call = Told::default();
    call.tell(&told("s", &[Kind::Started]), at(0));
    for i in 0..6_000 {
        call.tell(&told(&format!("m{i}"), &[Kind::ToolCalled]), at(1));
    }
    assert_eq!(call.call().seen.len(), 4_096);
    assert!(call.call().raised.len() <= 1_025);
    assert_eq!(call.tell(&told("s2", &[Kind::Started]), at(2)), []);
}

#[test]
fn an_empty_value_wipes_nothing_out_and_maps_grow_by_key() {
    let mut call = Told::default();
    let mut first = told("1", &[]);
    first.call = snapshot(json!({
        "from": "+1", "agent": {"id": "a", "name": "Sarah"}, "variables": {"x": 1, "y": 2},
        "started_at": "2026-11-20T17:28:00Z",
    }));
    let mut second = told("2", &[]);
    second.call = snapshot(json!({
        "from": "", "to": "+2", "agent": {"name": "Sam"}, "variables": {"x": null, "y": 3, "z": 4},
        "started_at": "2026-11-20T17:28:09Z",
    }));
    call.tell(&first, at(0));
    call.tell(&second, at(1));
    let known = serde_json::to_value(&call.call().snapshot).unwrap();
    assert_eq!(
        known,
        json!({
            "provider_call_id": "c-1", "from": "+1", "to": "+2", "agent": {"id": "a", "name": "Sam"},
            "started_at": "2026-11-20T17:28:00Z", "variables": {"x": 1, "y": 3, "z": 4},
        })
    );
}

#[test]
fn the_longer_transcript_wins_in_any_order() {
    let short = json!({"transcript": [{"role": "agent", "text": "Hello"}]});
    let long = json!({"transcript": [{"role": "agent", "text": "Hello, this is Sarah"}]});
    for order in [[&short, &long], [&long, &short]] {
        let mut call = Told::default();
        for (i, fields) in order.into_iter().enumerate() {
            let mut message = told(&i.to_string(), &[]);
            message.call = snapshot(fields.clone());
            call.tell(&message, at(0));
        }
        assert_eq!(
            call.call().snapshot.transcript[0].text,
            "Hello, this is Sarah"
        );
    }
}

#[test]
fn a_status_never_goes_back_from_the_end() {
    let mut call = Told::default();
    let mut status = |dedupe: &str, word: &str, claims: &[Kind]| {
        let mut message = told(dedupe, claims);
        message.call = snapshot(json!({"status": word}));
        call.tell(&message, at(0));
        call.call().snapshot.status.clone().unwrap()
    };
    assert_eq!(status("1", "in-progress", &[]), "in-progress");
    assert_eq!(status("2", "ringing", &[]), "in-progress");
    assert_eq!(status("3", "completed", &[Kind::Ended]), "completed");
    assert_eq!(status("4", "in-progress", &[]), "completed");
    assert_eq!(status("5", "on hold", &[]), "completed");
    assert_eq!(status("6", "ended", &[]), "completed");
    assert_eq!(status("7", "failed", &[]), "failed");
}

#[test]
fn connected_duration_and_status_follow_from_what_is_known_and_give_way_to_what_is_told() {
    let mut call = Told::default();
    let mut start = told("1", &[Kind::Started]);
    start.at = Some(at(0));
    call.tell(&start, at(0));
    assert_eq!(call.call().snapshot.status.as_deref(), Some("ringing"));
    let mut end = told("2", &[Kind::Ended]);
    end.at = Some(at(40));
    end.complete = true;
    end.call = snapshot(json!({"end_reason": "dial_no_answer"}));
    call.tell(&end, at(41));
    let known = &call.call().snapshot;
    assert_eq!(known.status.as_deref(), Some("unanswered"));
    assert_eq!(
        (known.connected, known.duration_s),
        (Some(false), Some(40.0))
    );
    let mut late = told("3", &[]);
    late.call = snapshot(json!({"answered_at": at(10).to_string(), "duration_s": 38}));
    call.tell(&late, at(42));
    let known = &call.call().snapshot;
    assert_eq!(
        (known.connected, known.duration_s),
        (Some(true), Some(38.0))
    );
}

#[test]
fn end_before_start_raises_both_once() {
    let mut call = Told::default();
    let mut report = told("r", &[Kind::Ended]);
    report.complete = true;
    assert_eq!(call.tell(&report, at(5)), [ENDED]);
    assert_eq!(
        call.tell(&told("s", &[Kind::Started]), at(6)),
        [(Kind::Started, false)]
    );
    assert_eq!(call.tell(&told("s2", &[Kind::Started]), at(7)), []);
}

#[test]
fn times_and_waits_at_the_edge_of_time_do_not_overflow() {
    let policy = Policy {
        grace: Duration::MAX,
        settle_within: Duration::MAX,
        watchdog: Duration::MAX,
    };
    let mut message = told("e", &[Kind::Ended]);
    message.complete = true;
    message.call = snapshot(json!({"duration_s": 1e300, "started_at": "9999-12-30T00:00:00Z"}));
    let folded = calls::fold(None, &message, "", kernel::Timestamp::MAX, &policy);
    assert_eq!(folded.call.settle_by, Some(kernel::Timestamp::MAX));
}

#[test]
fn a_stored_call_reads_back_the_same() {
    let mut call = Told::default();
    let mut message = told("e", &[Kind::Ended]);
    message.call = analysis(5);
    call.tell(&message, at(0));
    let text = serde_json::to_string(call.call()).unwrap();
    let back: calls::Call = serde_json::from_str(&text).unwrap();
    assert_eq!(&back, call.call());
    let empty: calls::Call = serde_json::from_str("{}").unwrap();
    assert_eq!(empty, calls::Call::default());
}

#[test]
fn nobody_waits_for_the_end_of_a_call_whose_id_is_made_up() {
    let mut call = Told::default();
    let mut tool = told("1", &[Kind::ToolCalled]);
    tool.made_up = true;
    assert_eq!(call.tell(&tool, at(0)), [(Kind::ToolCalled, false)]);
    assert_eq!(call.next_timer(), None);
    call.tell(&told("2", &[Kind::Started]), at(1));
    assert_eq!(call.next_timer().unwrap().0, TimerKind::Watchdog);
}

#[test]
fn a_call_and_its_events_keep_the_most_hops_of_any_message() {
    let mut call = Told::default();
    for (id, hops) in [("a", 2), ("b", 5), ("c", 0)] {
        let mut message = told(id, &[Kind::Started]);
        message.hops = hops;
        call.tell(&message, at(0));
    }
    assert_eq!(call.call().hops, 5);
}

#[test]
fn a_back_fill_and_the_message_it_stands_for_are_one_moment_under_two_links() {
    let recording = |dedupe: &str, url: &str, backfilled| {
        let mut told = told(dedupe, &[Kind::RecordingReady]);
        told.call = snapshot(json!({"recording": {"url": url}}));
        told.backfilled = backfilled;
        told
    };
    let ready = [(Kind::RecordingReady, false)];
    let mut call = Told::default();
    assert_eq!(
        call.tell(&recording("l", "https://r/1?a", true), at(0)),
        ready
    );
    assert!(call.moments[0].backfilled);
    assert_eq!(
        call.tell(&recording("w", "https://r/1?b", false), at(1)),
        []
    );
    // What comes after that one is another recording.
    assert_eq!(
        call.tell(&recording("x", "https://r/2", false), at(2)),
        ready
    );
    // The other way round.
    let mut call = Told::default();
    assert_eq!(
        call.tell(&recording("w", "https://r/1?b", false), at(0)),
        ready
    );
    assert_eq!(call.tell(&recording("l", "https://r/1?a", true), at(1)), []);
    assert_eq!(
        call.tell(&recording("x", "https://r/2", false), at(2)),
        ready
    );
}

#[test]
fn a_back_fill_never_analyses_a_call_anew() {
    let mut call = Told::default();
    let mut first = told("w", &[Kind::Analyzed]);
    first.call = analysis(1);
    let mut listed = told("l", &[Kind::Analyzed]);
    (listed.call, listed.backfilled) = (analysis(2), true);
    assert_eq!(call.tell(&first, at(0)), [ANALYZED]);
    assert_eq!(call.tell(&listed, at(1)), []);
}
