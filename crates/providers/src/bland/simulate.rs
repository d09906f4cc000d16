//! A rehearsal call in Bland's format: all of it in the one message that comes after the call.

use crate::rehearsal::{self, Ending, Played, Said};
use serde_json::{Value, json};

pub fn messages(played: &Played<'_>) -> Vec<Value> {
    let story = played.story;
    let mut call = json!({
        "call_id": played.id,
        "inbound": false,
        "from": rehearsal::OURS,
        "to": rehearsal::THEIRS,
        "status": story.ending.call_status(),
        "completed": played.is_connected(),
        "call_length": story.length_s / 60.0,
        "corrected_duration": story.length_s.to_string(),
        "started_at": played.answered_at.to_string(),
        "end_at": played.ended_at.to_string(),
        "variables": { "first_name": rehearsal::FIRST_NAME },
        "transcripts": story.turns.iter().map(|turn| said(turn, played)).collect::<Vec<_>>(),
    });
    match story.ending {
        Ending::CustomerHangup => call["call_ended_by"] = "USER".into(),
        Ending::AgentHangup | Ending::Voicemail => call["call_ended_by"] = "ASSISTANT".into(),
        Ending::NoAnswer | Ending::Busy | Ending::Failed => {}
    }
    if played.is_connected() {
        let is_machine = story.ending == Ending::Voicemail;
        call["answered_by"] = if is_machine { "voicemail" } else { "human" }.into();
        call["recording_url"] = played.recording().into();
    }
    if story.is_analyzed() {
        call["summary"] = story.summary.as_str().into();
        call["disposition_tag"] = story.disposition.as_str().into();
        call["analysis"] = story.outcome.clone().into();
    }
    vec![call]
}

fn said(said: &Said, played: &Played<'_>) -> Value {
    json!({
        "user": said.by("assistant", "user"),
        "text": said.text,
        "created_at": played.said_at(said).to_string(),
    })
}
