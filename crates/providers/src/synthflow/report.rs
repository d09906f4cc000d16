//! The post-call webhook. It names the customer and the agent, but neither our own number nor the direction.

use super::NAME;
use crate::message::{Message, claims};
use crate::people::Person;
use crate::{ending, field, number, talk, time};
use calls::call::{Agent, Analysis, Recording};
use calls::{Kind, Observation, Snapshot, end_reason};
use serde_json::{Map, Value};
use std::sync::Arc;

const IS_OVER: [&str; 9] = [
    "completed",
    "no-answer",
    "busy",
    "failed",
    "canceled",
    "user-canceled",
    "hangup_on_voicemail",
    "left_voicemail",
    "spam",
];

pub fn told(raw: Value, id: String) -> Observation {
    let raw = Arc::new(raw);
    let status = field::text(&raw, &["/status", "/call/status"]).unwrap_or_default();
    let mut call = snapshot(&raw, id);
    let is_over = IS_OVER.contains(&status.as_str());
    if is_over {
        end(&raw, &status, &mut call);
    }
    let is_voicemail = call.answered_by.as_deref() == Some("voicemail");
    let claims = claims([
        (Kind::Ended, is_over),
        (Kind::VoicemailDetected, is_voicemail),
        (Kind::RecordingReady, call.recording.is_some()),
        (Kind::Analyzed, call.analysis.is_some()),
    ]);
    let message = Message {
        provider: NAME,
        event: "post_call",
        at: None,
        raw: &raw,
    };
    Observation {
        complete: is_over,
        no_analysis_to_come: is_over && call.analysis.is_none(),
        ..message.observe(&status, claims, call)
    }
}

fn snapshot(raw: &Value, provider_call_id: String) -> Snapshot {
    let text = |pointers: &[&str]| field::text(raw, pointers);
    let customer = text(&["/lead/phone_number"]);
    let person = Person {
        name: text(&["/lead/name"]),
        email: text(&["/lead/email"]),
        phone: customer.clone(),
        id: None,
    };
    let mut metadata = Map::new();
    if let Some(id) = text(&["/call/external_id"]) {
        metadata.insert("external_id".into(), id.into());
    }
    Snapshot {
        provider_call_id,
        to: customer.as_deref().map(number::shown),
        agent: text(&["/call/model_id"]).map(|id| Agent {
            id: Some(id),
            ..Agent::default()
        }),
        contact: person.contact(),
        started_at: time::at(raw, &["/call/start_time"]),
        duration_s: field::number(raw, &["/call/duration"]).filter(|seconds| *seconds >= 0.0),
        transcript: talk::lines(
            &text(&["/call/transcript"]).unwrap_or_default(),
            &[("bot", "agent"), ("human", "customer")],
        )
        .into(),
        recording: text(&["/call/recording_url", "/recording_url"]).map(|url| Recording {
            url: Some(url),
            ..Recording::default()
        }),
        analysis: analysis(raw),
        metadata,
        ..Snapshot::default()
    }
}

fn end(raw: &Value, status: &str, call: &mut Snapshot) {
    let reason = field::text(
        raw,
        &["/call/custom_end_call_reason", "/call/end_call_reason"],
    )
    .filter(|reason| reason != "undefined")
    .unwrap_or_else(|| status.to_owned());
    ending::apply(&reason, call);
    match status {
        "no-answer" | "canceled" | "user-canceled" => ending::unanswered(call),
        "busy" | "failed" => {
            call.status = Some(status.into());
            ending::unanswered(call);
        }
        _ => call.status = Some("completed".into()),
    }
    if end_reason::class(status) == "voicemail" {
        call.answered_by = Some("voicemail".into());
    }
}

/// What actions have extracted, what variables were collected, and the marks of the analysis, which are words.
fn analysis(raw: &Value) -> Option<Analysis> {
    let mut structured = Map::new();
    let agents = field::object(raw, &["/collected_variables"])
        .into_iter()
        .flatten();
    for (name, collected) in
        agents.flat_map(|(_, of_agent)| of_agent.as_object().into_iter().flatten())
    {
        structured.insert(
            name.clone(),
            collected.get("value").unwrap_or(collected).clone(),
        );
    }
    let actions = field::object(raw, &["/executed_actions"])
        .into_iter()
        .flatten();
    for (name, action) in actions {
        match action.get("return_value") {
            Some(Value::Object(values)) => structured.extend(values.clone()),
            Some(Value::Null) | None => {}
            Some(value) => {
                structured.insert(name.clone(), value.clone());
            }
        }
    }
    let marks = field::object(raw, &["/analysis"]).into_iter().flatten();
    let marks = marks.filter(|(name, _)| *name != "call_summary" && *name != "user_sentiment");
    let analysis = Analysis {
        summary: field::text(raw, &["/analysis/call_summary", "/call/summary"]),
        success: match field::text(raw, &["/analysis/goal"]).as_deref() {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => None,
        },
        sentiment: field::text(raw, &["/analysis/user_sentiment"]),
        answers: marks
            .map(|(name, mark)| (name.clone(), mark.clone()))
            .collect(),
        structured,
        ..Analysis::default()
    };
    (!analysis.is_empty()).then_some(analysis)
}
