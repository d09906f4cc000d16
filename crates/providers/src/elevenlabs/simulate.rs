//! A rehearsal call in ElevenLabs' format: the report of a conversation, or the failure of one that never came to be.

use crate::rehearsal::{self, Ending, Played, Said};
use serde_json::{Value, json};

pub fn messages(played: &Played<'_>) -> Vec<Value> {
    let (kind, data) = match played.is_connected() {
        true => ("post_call_transcription", report(played)),
        false => ("call_initiation_failure", failure(played)),
    };
    vec![json!({ "type": kind, "event_timestamp": played.ended_at.as_second(), "data": data })]
}

fn report(played: &Played<'_>) -> Value {
    let story = played.story;
    let began = played.answered_at.as_second();
    let mut data = json!({
        "agent_id": rehearsal::AGENT_ID,
        "agent_name": rehearsal::AGENT,
        "conversation_id": played.id,
        "status": "done",
        "transcript": story.turns.iter().map(said).collect::<Vec<_>>(),
        "metadata": {
            "start_time_unix_secs": began,
            "accepted_time_unix_secs": began,
            "call_duration_secs": story.length_s,
            "termination_reason": match story.ending {
                Ending::Voicemail => "voicemail_detection tool was called.",
                Ending::AgentHangup => "end_call tool was called.",
                _ => "Call ended by remote party",
            },
            "phone_call": {
                "type": "twilio", "direction": "outbound",
                "agent_number": rehearsal::OURS, "external_number": rehearsal::THEIRS,
            },
        },
        "conversation_initiation_client_data": { "dynamic_variables": { "first_name": rehearsal::FIRST_NAME } },
    });
    if story.ending == Ending::Voicemail
        && let Some(turns) = data["transcript"].as_array_mut()
    {
        let tools = json!([{ "tool_name": "voicemail_detection" }]);
        turns.push(json!({ "role": "agent", "message": null, "tool_calls": tools }));
    }
    if story.is_analyzed() {
        data["analysis"] = json!({
            "transcript_summary": story.summary,
            "call_successful": match story.success {
                Some(true) => "success",
                Some(false) => "failure",
                None => "unknown",
            },
            "data_collection_results": story.found_values(),
        });
    }
    data
}

fn failure(played: &Played<'_>) -> Value {
    let reason = match played.story.ending {
        Ending::NoAnswer => "no-answer",
        Ending::Busy => "busy",
        _ => "unknown",
    };
    json!({
        "agent_id": rehearsal::AGENT_ID,
        "conversation_id": played.id,
        "failure_reason": reason,
        "metadata": { "type": "twilio", "body": { "From": rehearsal::OURS, "To": rehearsal::THEIRS } },
    })
}

fn said(said: &Said) -> Value {
    json!({ "role": said.by("agent", "user"), "message": said.text, "time_in_call_secs": said.start_s })
}
