//! A rehearsal call in Retell's format: what comes of a call that is picked up, and the one event of one that is not.

use crate::rehearsal::{self, Ending, Played, Said, Story};
use serde_json::{Value, json};

pub fn messages(played: &Played<'_>) -> Vec<Value> {
    let story = played.story;
    let mut messages = Vec::new();
    let mut call = json!({
        "call_id": played.id,
        "call_type": "phone_call",
        "agent_id": rehearsal::AGENT_ID,
        "agent_name": rehearsal::AGENT,
        "direction": "outbound",
        "from_number": rehearsal::OURS,
        "to_number": rehearsal::THEIRS,
        "call_status": "ongoing",
        "retell_llm_dynamic_variables": { "first_name": rehearsal::FIRST_NAME },
    });
    if played.is_connected() {
        call["start_timestamp"] = played.answered_at.as_millisecond().into();
        messages.push(json!({ "event": "call_started", "call": call }));
        call["call_status"] = "ended".into();
        call["duration_ms"] = (story.length_s * 1e3).into();
        call["transcript"] = story.lines("Agent", "User").into();
        let turns = story.turns.iter().map(|turn| said(story, turn));
        call["transcript_object"] = turns.collect();
        call["recording_url"] = played.recording().into();
    } else {
        call["call_status"] = "not_connected".into();
    }
    call["end_timestamp"] = played.ended_at.as_millisecond().into();
    call["disconnection_reason"] = reason(story.ending).into();
    messages.push(json!({ "event": "call_ended", "call": call }));
    if story.is_analyzed() {
        call["call_analysis"] = json!({
            "call_summary": story.summary,
            "call_successful": story.success,
            "in_voicemail": story.ending == Ending::Voicemail,
            "custom_analysis_data": story.found(),
        });
        messages.push(json!({ "event": "call_analyzed", "call": call }));
    }
    messages
}

fn said(story: &Story, said: &Said) -> Value {
    let end = said.start_s + story.length_of(said);
    json!({
        "role": said.by("agent", "user"),
        "content": said.text,
        "words": [{ "word": said.text, "start": said.start_s, "end": end }],
    })
}

fn reason(ending: Ending) -> &'static str {
    match ending {
        Ending::CustomerHangup => "user_hangup",
        Ending::AgentHangup => "agent_hangup",
        Ending::Voicemail => "voicemail_reached",
        Ending::NoAnswer => "dial_no_answer",
        Ending::Busy => "dial_busy",
        Ending::Failed => "dial_failed",
    }
}
