//! A rehearsal call in Synthflow's format: all of it in the one message that comes after the call.

use crate::rehearsal::{self, Ending, Played};
use serde_json::{Value, json};

pub fn messages(played: &Played<'_>) -> Vec<Value> {
    let story = played.story;
    let status = match story.ending {
        Ending::Voicemail => "left_voicemail",
        ending => ending.call_status(),
    };
    let name = format!("{} {}", rehearsal::FIRST_NAME, rehearsal::LAST_NAME);
    let mut report = json!({
        "status": status,
        "lead": { "name": name, "phone_number": rehearsal::THEIRS, "email": rehearsal::EMAIL },
        "call": {
            "call_id": played.id,
            "status": status,
            "model_id": rehearsal::AGENT_ID,
            "start_time": played.answered_at.to_string(),
            "duration": story.length_s,
            "transcript": story.lines("bot", "human"),
        },
    });
    match story.ending {
        Ending::CustomerHangup => report["call"]["end_call_reason"] = "human_goodbye".into(),
        Ending::AgentHangup => report["call"]["end_call_reason"] = "agent_goodbye".into(),
        _ => {}
    }
    if played.is_connected() {
        report["call"]["recording_url"] = played.recording().into();
    }
    if story.is_analyzed() {
        report["collected_variables"] = json!({ rehearsal::AGENT_ID: story.found_values() });
        report["analysis"] = json!({ "call_summary": story.summary });
        if let Some(success) = story.success {
            report["analysis"]["goal"] = success.to_string().into();
        }
    }
    vec![report]
}
