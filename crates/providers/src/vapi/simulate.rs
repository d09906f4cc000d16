//! A rehearsal call in Vapi's format, from the first ring to the end-of-call report, with the fields of real reports in their real places.

use crate::Scenario;
use crate::rehearsal::{Speaker, Story};
use jiff::SignedDuration;
use kernel::Timestamp;
use serde_json::{Map, Value, json};

const ASSISTANT_ID: &str = "9d1f6f0e-2f4a-4a55-8a0c-6f2f5a3c7b10";

/// All messages of a call that ends at `now`, in order.
pub fn messages(scenario: Scenario, call_id: &str, now: Timestamp) -> Vec<Value> {
    let started_at = later(now, -scenario.story().length_s);
    let picked_up = !scenario.story().turns.is_empty();
    let mut messages = vec![status(
        "ringing",
        scenario,
        call_id,
        started_at,
        later(started_at, -6.0),
    )];
    if picked_up {
        messages.push(status(
            "in-progress",
            scenario,
            call_id,
            started_at,
            started_at,
        ));
    }
    messages.push(status("ended", scenario, call_id, started_at, now));
    messages.push(end_of_call_report(scenario, call_id, started_at));
    messages
}

fn status(
    status: &str,
    scenario: Scenario,
    call_id: &str,
    started_at: Timestamp,
    at: Timestamp,
) -> Value {
    let mut message = envelope("status-update", scenario, call_id, started_at, at);
    message["status"] = status.into();
    message["call"]["status"] = status.into();
    if status == "ended" {
        message["endedReason"] = ended_reason(scenario).into();
    }
    json!({ "message": message })
}

/// The report of a call that was picked up, or would have been, at `started_at`.
pub fn end_of_call_report(scenario: Scenario, call_id: &str, started_at: Timestamp) -> Value {
    let story = scenario.story();
    let ended_at = later(started_at, story.length_s);
    let mut message = envelope(
        "end-of-call-report",
        scenario,
        call_id,
        started_at,
        later(ended_at, 2.0),
    );
    message["call"]["status"] = "ended".into();
    message["endedReason"] = ended_reason(scenario).into();
    message["endedAt"] = ended_at.to_string().into();
    message["cost"] = ((story.length_s / 60.0 * 0.09 * 1e4).round() / 1e4).into();
    message["artifact"] =
        json!({ "messages": [], "transcript": "", "variableValues": variables(), "transfers": [] });
    message["analysis"] = json!({});
    if story.turns.is_empty() {
        return json!({ "message": message });
    }
    message["startedAt"] = started_at.to_string().into();
    message["durationSeconds"] = story.length_s.into();
    message["durationMs"] = (story.length_s * 1e3).into();
    message["analysis"] = analysis(story);
    message["artifact"]["messages"] = story
        .turns
        .iter()
        .map(|turn| said(*turn, started_at))
        .collect();
    message["artifact"]["transcript"] = transcript(story).into();
    let recording = format!("https://recordings.example/{call_id}-mono.wav");
    message["artifact"]["recording"] = json!({ "mono": { "combinedUrl": recording } });
    message["artifact"]["recordingUrl"] = recording.into();
    json!({ "message": message })
}

fn envelope(
    kind: &str,
    scenario: Scenario,
    call_id: &str,
    started_at: Timestamp,
    at: Timestamp,
) -> Value {
    let customer = json!({ "number": "+14155550123", "name": "Ada Lovelace", "email": "ada@example.com", "externalId": "contact-1" });
    let mut call = json!({
        "id": call_id,
        "type": "outboundPhoneCall",
        "createdAt": later(started_at, -8.0).to_string(),
        "assistantId": ASSISTANT_ID,
        "assistantOverrides": { "variableValues": variables() },
        "campaignId": "Sales Outbound Q1",
        "customer": customer,
    });
    if at >= started_at && scenario != Scenario::NoAnswer {
        call["startedAt"] = started_at.to_string().into();
    }
    json!({
        "timestamp": at.as_millisecond(),
        "type": kind,
        "call": call,
        "phoneNumber": { "number": "+14155550100", "name": "Main line" },
        "customer": customer,
        "assistant": { "id": ASSISTANT_ID, "name": "Sarah" },
    })
}

fn variables() -> Value {
    json!({ "company": "Analytical Engines", "product": "analytics plan" })
}

fn ended_reason(scenario: Scenario) -> &'static str {
    match scenario {
        Scenario::Interested | Scenario::NotInterested => "customer-ended-call",
        Scenario::Voicemail => "voicemail",
        Scenario::NoAnswer => "customer-did-not-answer",
    }
}

fn analysis(story: &Story) -> Value {
    let mut structured = Map::new();
    structured.insert("disposition".into(), story.disposition.into());
    structured.insert("notes".into(), story.notes.into());
    let found = [
        ("interested", story.interested.map(Value::from)),
        ("budget", story.budget.map(Value::from)),
        ("priority", story.priority.map(Value::from)),
    ];
    for (name, value) in found {
        if let Some(value) = value {
            structured.insert(name.into(), value);
        }
    }
    json!({
        "summary": story.summary,
        "successEvaluation": story.success.to_string(),
        "structuredData": structured,
    })
}

fn said((speaker, second, text): (Speaker, f64, &str), started_at: Timestamp) -> Value {
    let time = later(started_at, second).as_millisecond();
    let length_ms = 60 * text.len() as i64;
    let role = match speaker {
        Speaker::Agent => "bot",
        Speaker::Customer => "user",
    };
    json!({
        "role": role,
        "message": text,
        "time": time,
        "endTime": time + length_ms,
        "duration": length_ms,
        "secondsFromStart": second,
    })
}

fn transcript(story: &Story) -> String {
    let line = |(speaker, _, text): &(Speaker, f64, &str)| match speaker {
        Speaker::Agent => format!("AI: {text}\n"),
        Speaker::Customer => format!("User: {text}\n"),
    };
    story.turns.iter().map(line).collect()
}

/// Clamped at the ends of time, which no clock ever reaches.
fn later(at: Timestamp, seconds: f64) -> Timestamp {
    at.saturating_add(SignedDuration::from_millis((seconds * 1e3) as i64))
        .unwrap_or(at)
}
