//! A rehearsal call in our own form: what a program of one's own would send about it.

use crate::rehearsal::{self, Ending, Played, Said, Story};
use kernel::Timestamp;
use serde_json::{Value, json};

/// All events of a call, in order.
pub fn messages(played: &Played<'_>) -> Vec<Value> {
    let story = played.story;
    let mut messages = vec![event("call.started", played.rang_at, known(played.id))];
    if played.is_connected() {
        let mut call = known(played.id);
        call["answered_at"] = played.answered_at.to_string().into();
        messages.push(event("call.answered", played.answered_at, call));
        if story.ending == Ending::Voicemail {
            let mut call = known(played.id);
            call["answered_by"] = "voicemail".into();
            messages.push(event("call.voicemail_detected", played.answered_at, call));
        }
    }
    let mut call = known(played.id);
    call["ended_at"] = played.ended_at.to_string().into();
    call["status"] = ended_as(story.ending).into();
    call["disposition"] = story.disposition.as_str().into();
    if played.is_connected() {
        call["duration_s"] = story.length_s.into();
        call["transcript"] = story.turns.iter().map(said).collect();
    }
    if story.is_analyzed() {
        call["analysis"] = analysis(story);
    }
    match story.ending {
        Ending::CustomerHangup => call["ended_by"] = "customer".into(),
        Ending::AgentHangup => call["ended_by"] = "agent".into(),
        Ending::Voicemail | Ending::NoAnswer | Ending::Busy | Ending::Failed => {}
    }
    messages.push(event("call.ended", played.ended_at, call));
    messages
}

fn event(kind: &str, at: Timestamp, call: Value) -> Value {
    json!({ "kind": kind, "at": at.to_string(), "call": call })
}

fn known(call_id: &str) -> Value {
    json!({
        "provider_call_id": call_id,
        "direction": "outbound",
        "from": rehearsal::OURS,
        "to": rehearsal::THEIRS,
        "agent": { "id": "a1", "name": rehearsal::AGENT },
        "campaign": { "id": "k1", "name": rehearsal::CAMPAIGN, "type": "outbound" },
        "contact": {
            "first_name": rehearsal::FIRST_NAME, "last_name": rehearsal::LAST_NAME, "email": rehearsal::EMAIL,
        },
    })
}

fn ended_as(ending: Ending) -> &'static str {
    match ending {
        Ending::NoAnswer => "unanswered",
        ending => ending.call_status(),
    }
}

fn said(said: &Said) -> Value {
    json!({ "role": said.by("agent", "customer"), "text": said.text, "start_s": said.start_s })
}

fn analysis(story: &Story) -> Value {
    json!({ "summary": story.summary, "success": story.success, "structured": story.outcome })
}
