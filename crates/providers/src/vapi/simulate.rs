//! A rehearsal call in Vapi's format, from the first ring to the end-of-call report, with the fields of real reports in their real places.

use crate::Scenario;
use crate::rehearsal::{self, Ending, Played, Said, Story, later};
use kernel::Timestamp;
use serde_json::{Value, json};

/// All messages of a call, in order.
pub fn messages(played: &Played<'_>) -> Vec<Value> {
    let mut messages = vec![status("ringing", played, played.rang_at)];
    if played.is_connected() {
        messages.push(status("in-progress", played, played.answered_at));
    }
    messages.push(status("ended", played, played.ended_at));
    messages.push(report(played));
    messages
}

fn status(status: &str, played: &Played<'_>, at: Timestamp) -> Value {
    let mut message = envelope("status-update", played, at);
    message["status"] = status.into();
    message["call"]["status"] = status.into();
    if status == "ended" {
        message["endedReason"] = ended_reason(played.story.ending).into();
    }
    json!({ "message": message })
}

/// The report of a call that was picked up, or would have been, at `started_at`.
pub fn end_of_call_report(scenario: Scenario, call_id: &str, started_at: Timestamp) -> Value {
    report(&Played::answered_at(started_at, &scenario.story(), call_id))
}

fn report(played: &Played<'_>) -> Value {
    let story = played.story;
    let mut message = envelope("end-of-call-report", played, later(played.ended_at, 2.0));
    message["call"]["status"] = "ended".into();
    message["endedReason"] = ended_reason(story.ending).into();
    message["endedAt"] = played.ended_at.to_string().into();
    message["cost"] = ((story.length_s / 60.0 * 0.09 * 1e4).round() / 1e4).into();
    message["artifact"] =
        json!({ "messages": [], "transcript": "", "variableValues": variables(), "transfers": [] });
    message["analysis"] = json!({});
    if !played.is_connected() {
        return json!({ "message": message });
    }
    message["startedAt"] = played.answered_at.to_string().into();
    message["durationSeconds"] = story.length_s.into();
    message["durationMs"] = (story.length_s * 1e3).into();
    if story.is_analyzed() {
        message["analysis"] = analysis(story);
    }
    let turns = story.turns.iter();
    message["artifact"]["messages"] = turns.map(|turn| said(turn, played)).collect();
    message["artifact"]["transcript"] = story.lines("AI", "User").into();
    let recording = played.recording();
    message["artifact"]["recording"] = json!({ "mono": { "combinedUrl": recording } });
    message["artifact"]["recordingUrl"] = recording.into();
    json!({ "message": message })
}

fn envelope(kind: &str, played: &Played<'_>, at: Timestamp) -> Value {
    let started_at = played.answered_at;
    let name = format!("{} {}", rehearsal::FIRST_NAME, rehearsal::LAST_NAME);
    let customer = json!({
        "number": rehearsal::THEIRS, "name": name, "email": rehearsal::EMAIL, "externalId": "contact-1",
    });
    let mut call = json!({
        "id": played.id,
        "type": "outboundPhoneCall",
        "createdAt": later(started_at, -8.0).to_string(),
        "assistantId": rehearsal::AGENT_ID,
        "assistantOverrides": { "variableValues": variables() },
        "campaignId": rehearsal::CAMPAIGN,
        "customer": customer,
    });
    if at >= started_at && played.is_connected() {
        call["startedAt"] = started_at.to_string().into();
    }
    json!({
        "timestamp": at.as_millisecond(),
        "type": kind,
        "call": call,
        "phoneNumber": { "number": rehearsal::OURS, "name": "Main line" },
        "customer": customer,
        "assistant": { "id": rehearsal::AGENT_ID, "name": rehearsal::AGENT },
    })
}

fn variables() -> Value {
    json!({ "company": "Analytical Engines", "product": "analytics plan" })
}

fn ended_reason(ending: Ending) -> &'static str {
    match ending {
        Ending::CustomerHangup => "customer-ended-call",
        Ending::AgentHangup => "assistant-ended-call",
        Ending::Voicemail => "voicemail",
        Ending::NoAnswer => "customer-did-not-answer",
        Ending::Busy => "customer-busy",
        Ending::Failed => "twilio-failed-to-connect-call",
    }
}

fn analysis(story: &Story) -> Value {
    let mut analysis = json!({ "summary": story.summary, "structuredData": story.found() });
    if let Some(success) = story.success {
        analysis["successEvaluation"] = success.to_string().into();
    }
    analysis
}

fn said(said: &Said, played: &Played<'_>) -> Value {
    let time = played.said_at(said).as_millisecond();
    let length_ms = (played.story.length_of(said) * 1e3) as i64;
    json!({
        "role": said.by("bot", "user"),
        "message": said.text,
        "time": time,
        "endTime": time + length_ms,
        "duration": length_ms,
        "secondsFromStart": said.start_s,
    })
}
