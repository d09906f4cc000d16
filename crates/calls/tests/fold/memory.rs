//! What a call remembers: its bounds, what gives way to what, how it is stored.

use super::*;

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
fn a_repeat_of_what_was_forgotten_tells_a_repeatable_moment_again_and_no_other() {
    let mut call = Told::default();
    let first = told("first", &[Kind::Started, Kind::ToolCalled]);
    call.tell(&first, at(0));
    // Each takes two places: its message, and what its moment is known by.
    for i in 0..2_046 {
        call.tell(&told(&format!("m{i}"), &[Kind::ToolCalled]), at(1));
    }
    assert_eq!(call.tell(&first, at(2)), []);
    for i in 0..10 {
        call.tell(&told(&format!("n{i}"), &[Kind::ToolCalled]), at(3));
    }
    assert_eq!(call.tell(&told("n9", &[Kind::ToolCalled]), at(4)), []);
    assert_eq!(call.tell(&first, at(4)), [(Kind::ToolCalled, false)]);
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
