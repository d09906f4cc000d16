//! A rehearsal call in Vonage's format. Vonage tells the way of a leg, and nothing of what is said on it.

use crate::rehearsal::{self, Ending, Played};
use kernel::Timestamp;
use serde_json::{Value, json};

pub fn messages(played: &Played<'_>) -> Vec<Value> {
    let mut messages = vec![
        message(played, "started", played.rang_at),
        message(played, "ringing", played.rang_at),
    ];
    if played.is_connected() {
        messages.push(message(played, "answered", played.answered_at));
        if played.story.ending == Ending::Voicemail {
            messages.push(message(played, "machine", played.answered_at));
        }
    }
    let word = match played.story.ending {
        Ending::NoAnswer => "unanswered",
        ending => ending.call_status(),
    };
    let mut over = message(played, word, played.ended_at);
    over["end_time"] = played.ended_at.to_string().into();
    if played.is_connected() {
        over["start_time"] = played.answered_at.to_string().into();
        over["duration"] = played.story.seconds().into();
    }
    messages.push(over);
    messages
}

/// Numbers have no plus.
fn message(played: &Played<'_>, status: &str, at: Timestamp) -> Value {
    json!({
        "status": status,
        "uuid": played.id,
        "conversation_uuid": format!("CON-{}", played.id),
        "direction": "outbound",
        "from": rehearsal::OURS.trim_start_matches('+'),
        "to": rehearsal::THEIRS.trim_start_matches('+'),
        "timestamp": at.to_string(),
    })
}
