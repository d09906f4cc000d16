//! The states that a call goes through, and those that come after it: recording, transcript, recap and dispositions.

use super::call;
use crate::message::{Message, fingerprint};
use crate::{ending, field, talk};
use calls::call::Analysis;
use calls::{Kind, Observation, Snapshot};
use serde_json::Value;

pub fn told(message: &Message<'_>, mut call: Snapshot) -> Observation {
    let raw: &Value = message.raw;
    let mut claims = Vec::new();
    let mut complete = false;
    match message.event {
        "calling" | "ringing" => {
            call.status = Some("ringing".into());
            claims.push(Kind::Started);
        }
        "connected" => {
            call.status = Some("in-progress".into());
            claims.push(Kind::Answered);
        }
        state @ ("hangup" | "missed") => {
            claims.push(Kind::Ended);
            complete = true;
            end(state, &mut call);
        }
        "voicemail_uploaded" => {
            call.recording = call::voicemail(raw);
            call.answered_by = Some("voicemail".into());
            claims.extend([Kind::VoicemailDetected, Kind::RecordingReady]);
        }
        "recording" => {
            call.recording = call::recording(raw);
            claims.push(Kind::RecordingReady);
        }
        "transcription" | "call_transcription" => {
            let text = field::text(raw, &["/transcription_text"]).unwrap_or_default();
            // The text does not say who speaks, so it is laid in nobody's mouth.
            let mut turns = vec![talk::turn("third_party", &text)];
            turns.retain(|turn| !turn.text.is_empty());
            call.transcript = turns.into();
        }
        "dispositions" => {
            call.disposition = disposition(raw);
            call.analysis = call
                .disposition
                .as_deref()
                .map(|named| outcome("disposition", named));
            claims.push(Kind::Analyzed);
        }
        state if state.starts_with("recap_") => {
            call.analysis = recap(state, raw);
            claims.push(Kind::Analyzed);
        }
        _ => {}
    }
    let key = match message.event {
        "calling" | "ringing" | "connected" | "hangup" | "missed" => String::new(),
        _ => fingerprint(raw.to_string().as_bytes()),
    };
    Observation {
        complete,
        ..message.observe(&key, claims, call)
    }
}

fn end(state: &str, call: &mut Snapshot) {
    ending::apply(state, call);
    match call.answered_at {
        Some(_) => call.status = Some("completed".into()),
        None => {
            call.status = None;
            ending::unanswered(call);
        }
    }
}

fn disposition(raw: &Value) -> Option<String> {
    let named = [
        "/disposition/name",
        "/disposition",
        "/dispositions/0/name",
        "/dispositions/0",
    ];
    field::text(raw, &named)
}

fn outcome(name: &str, value: impl Into<Value>) -> Analysis {
    let mut analysis = Analysis::default();
    analysis.structured.insert(name.into(), value.into());
    analysis
}

/// Each part of a recap comes as a state of its own, under a name like its state's.
fn recap(state: &str, raw: &Value) -> Option<Analysis> {
    let text = field::text(raw, &[&format!("/{state}"), "/recap/summary", "/summary"]);
    match (state, text) {
        ("recap_summary", summary) => Some(Analysis {
            summary: Some(summary?),
            ..Analysis::default()
        }),
        (_, Some(text)) => Some(outcome(state, text)),
        (_, None) => {
            let value = raw.get(state).filter(|value| !value.is_null())?;
            Some(outcome(state, value.clone()))
        }
    }
}
