//! A rehearsal call in Telnyx's format: call control, and what is said as it is transcribed. Telnyx finds nothing out by itself.

use crate::rehearsal::{self, Ending, Played, later};
use kernel::Timestamp;
use serde_json::{Value, json};

pub fn messages(played: &Played<'_>) -> Vec<Value> {
    let story = played.story;
    let began = json!({ "start_time": played.rang_at.to_string() });
    let mut told = vec![("call.initiated", played.rang_at, began)];
    if played.is_connected() {
        told.push(("call.answered", played.answered_at, json!({})));
        if story.ending == Ending::Voicemail {
            let result = json!({ "result": "machine" });
            told.push(("call.machine.detection.ended", played.answered_at, result));
        }
    }
    for (at, said) in story.turns.iter().enumerate() {
        let heard = json!({ "transcription_data": {
            "transcript": said.text, "is_final": true, "transcription_track": said.by("outbound", "inbound"),
        } });
        // It is told once it is over, at the latest when the next one begins.
        let next = story.turns.get(at + 1);
        let over_at = later(played.said_at(said), story.length_of(said));
        let over_at = next.map_or(over_at, |next| over_at.min(played.said_at(next)));
        told.push(("call.transcription", over_at, heard));
    }
    let ended = json!({
        "hangup_cause": match story.ending {
            Ending::NoAnswer => "timeout",
            Ending::Busy => "user_busy",
            Ending::Failed => "unallocated_number",
            _ => "normal_clearing",
        },
        "start_time": played.answered_at.to_string(),
        "end_time": played.ended_at.to_string(),
    });
    told.push(("call.hangup", played.ended_at, ended));
    let told = told.into_iter().enumerate();
    told.map(|(n, (event, at, more))| message(played, n, event, at, more))
        .collect()
}

fn message(played: &Played<'_>, n: usize, event: &str, at: Timestamp, more: Value) -> Value {
    let mut payload = json!({
        "call_control_id": played.id,
        "call_session_id": format!("session-{}", played.id),
        "direction": "outgoing",
        "from": rehearsal::OURS,
        "to": rehearsal::THEIRS,
    });
    if let (Some(payload), Value::Object(more)) = (payload.as_object_mut(), more) {
        payload.extend(more);
    }
    json!({ "data": {
        "record_type": "event", "event_type": event, "id": format!("{}-{n}", played.id),
        "occurred_at": at.to_string(), "payload": payload,
    } })
}
