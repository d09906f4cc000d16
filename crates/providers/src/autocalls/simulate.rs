//! A rehearsal call in Autocalls' format: all of it in the one message that comes after the call.

use crate::rehearsal::{self, Ending, Played};
use serde_json::{Value, json};

pub fn messages(played: &Played<'_>) -> Vec<Value> {
    let story = played.story;
    let status = match story.ending {
        Ending::Voicemail => "voicemail",
        ending => ending.call_status(),
    };
    let mut report = json!({
        "id": played.id,
        "status": status,
        "duration": story.length_s,
        "assistant_phone": rehearsal::OURS,
        "customer_phone": rehearsal::THEIRS,
        "created_at": played.answered_at.to_string(),
        "finished_at": played.ended_at.to_string(),
        "transcript": story.lines("AI", "Customer"),
        "lead": {
            "id": 1,
            "phone_number": rehearsal::THEIRS,
            "variables": { "first_name": rehearsal::FIRST_NAME, "last_name": rehearsal::LAST_NAME },
            "campaign": { "id": 1, "name": rehearsal::CAMPAIGN },
        },
    });
    if played.is_connected() {
        report["recording_url"] = played.recording().into();
    }
    if story.is_analyzed() {
        let mut extracted = story.found();
        extracted.insert("status".into(), story.success.into());
        extracted.insert("summary".into(), story.summary.as_str().into());
        report["extracted_variables"] = extracted.into();
    }
    vec![report]
}
