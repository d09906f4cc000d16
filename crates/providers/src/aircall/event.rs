//! Aircall's events. The line drops with `call.hungup`, but only `call.ended`, some seconds later, knows recording and totals.

use crate::message::{Message, fingerprint};
use crate::{field, number, talk};
use calls::call::{Analysis, Recording, Transfer, Turn};
use calls::{Kind, Observation, Snapshot};
use jiff::SignedDuration;
use kernel::Timestamp;
use serde_json::Value;

/// Links to recordings open for ten minutes.
const OPENS_FOR: SignedDuration = SignedDuration::from_mins(10);

pub fn told(message: &Message<'_>, mut call: Snapshot) -> Observation {
    let data = &message.raw["data"];
    let is_over = message.event == "call.ended";
    let claims = match message.event {
        "call.created" => vec![Kind::Started],
        "call.answered" => vec![Kind::Answered],
        "call.ended" => {
            call.recording = recording(data, "/recording", message.at);
            let mut claims = vec![Kind::Ended];
            claims.extend(call.recording.is_some().then_some(Kind::RecordingReady));
            claims
        }
        "call.voicemail_left" => {
            call.recording = recording(data, "/voicemail", message.at);
            call.answered_by = Some("voicemail".into());
            vec![Kind::VoicemailDetected, Kind::RecordingReady]
        }
        "call.transferred" | "call.external_transferred" => {
            call.transfer = Some(transfer(data, "connected", message.at));
            vec![Kind::TransferEnded]
        }
        "call.unsuccessful_transfer" => {
            call.transfer = Some(transfer(data, "failed", message.at));
            vec![Kind::TransferEnded]
        }
        "transcription.created" => {
            call.transcript = transcript(data).into();
            vec![]
        }
        "summary.created" | "sentiment.created" => {
            call.analysis = analysis(data);
            vec![Kind::Analyzed]
        }
        _ => vec![],
    };
    Observation {
        complete: is_over,
        ..message.observe(&fingerprint(data.to_string().as_bytes()), claims, call)
    }
}

fn recording(data: &Value, pointer: &str, at: Option<Timestamp>) -> Option<Recording> {
    Some(Recording {
        url: Some(field::text(data, &[pointer])?),
        format: Some("mp3".into()),
        expires_at: at.and_then(|at| at.checked_add(OPENS_FOR).ok()),
        ..Recording::default()
    })
}

fn transfer(data: &Value, status: &str, at: Option<Timestamp>) -> Transfer {
    let to = [
        "/transferred_to/name",
        "/transferred_to/id",
        "/transferred_to",
        "/external_transferred_to",
    ];
    Transfer {
        to: field::text(data, &to).as_deref().map(number::shown),
        status: Some(status.into()),
        at,
        mode: None,
    }
}

/// Its places are not verified.
fn analysis(data: &Value) -> Option<Analysis> {
    let analysis = Analysis {
        summary: field::text(data, &["/summary/content", "/summary", "/content"]),
        sentiment: field::text(data, &["/sentiment/value", "/sentiment"]),
        ..Analysis::default()
    };
    (!analysis.is_empty()).then_some(analysis)
}

/// Who is external is the other party. The places are those of the public reference, and not verified.
fn transcript(data: &Value) -> Vec<Turn> {
    let places = [
        "/content/utterances",
        "/transcription/content/utterances",
        "/utterances",
    ];
    let said = field::list(data, &places).iter();
    said.filter_map(|said| {
        let role = match said["participant_type"].as_str() {
            Some("internal") => "agent",
            Some("external") => "customer",
            _ => "third_party",
        };
        let text = field::text(said, &["/text"]).filter(|text| !text.trim().is_empty())?;
        Some(Turn {
            start_s: field::number(said, &["/start_time"]),
            end_s: field::number(said, &["/end_time"]),
            ..talk::turn(role, &text)
        })
    })
    .collect()
}
