//! Messages: duplicates, keys, what is raised once, back-fills.

use super::*;

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
