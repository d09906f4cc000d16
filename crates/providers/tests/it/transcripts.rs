//! Transcripts that come apart from the end of their call: read into the call, and no moment of it.

use crate::world::{now, read};
use calls::{Policy, fold};
use serde_json::{Value, json};

fn said(provider: &str, messages: &[Value]) -> Vec<(String, String)> {
    let read = messages
        .iter()
        .flat_map(|body| read(provider, body).unwrap());
    let mut call = None;
    for observation in read {
        assert!(observation.claims.is_empty());
        let folded = fold(call, &observation, "", now(), &Policy::default());
        call = Some(folded.call);
    }
    let turns = call.unwrap().snapshot.transcript;
    let turns = turns
        .iter()
        .map(|turn| (turn.role.clone(), turn.text.clone()));
    turns.collect()
}

fn spoken(said: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(role, text): &(&str, &str)| (role.to_string(), text.to_string());
    said.iter().map(owned).collect()
}

#[test]
fn telnyx_adds_each_final_piece_once() {
    let piece = |id: &str, track: Value, is_final: bool, text: &str| {
        json!({ "data": {
            "event_type": "call.transcription", "id": id, "occurred_at": "2025-05-29T13:36:00Z",
            "payload": {
                "call_control_id": "c-1",
                "transcription_data": { "transcript": text, "is_final": is_final, "transcription_track": track }
            }
        } })
    };
    let thursday = piece("2", json!("inbound"), true, "Thursday, please.");
    let told = [
        piece("0", json!("outbound"), false, "Good"),
        piece("1", json!("outbound"), true, "Good morning."),
        thursday.clone(),
        thursday,
        piece("3", Value::Null, true, "Noted"),
    ];
    let wanted = [
        ("agent", "Good morning."),
        ("customer", "Thursday, please."),
        ("third_party", "Noted"),
    ];
    assert_eq!(said("telnyx", &told), spoken(&wanted));
}

#[test]
fn aircall_tells_the_whole_transcript_of_a_call() {
    let told = json!({
        "resource": "transcription", "event": "transcription.created", "timestamp": 1772442990,
        "data": { "id": 7, "call_id": 812, "content": { "utterances": [
            { "start_time": 1.05, "end_time": 2.29, "text": "Good morning.", "participant_type": "internal" },
            { "start_time": 3, "end_time": 4.5, "text": "Thursday, please.", "participant_type": "external" },
            { "start_time": 5, "end_time": 5.1, "text": "  ", "participant_type": "external" }
        ] } }
    });
    let observation = &read("aircall", &told).unwrap()[0];
    assert_eq!(observation.call.provider_call_id, "812");
    let wanted = [
        ("agent", "Good morning."),
        ("customer", "Thursday, please."),
    ];
    assert_eq!(said("aircall", &[told]), spoken(&wanted));
}
