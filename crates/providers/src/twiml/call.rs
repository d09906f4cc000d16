//! What every callback in this dialect says about its call.

use crate::{field, number, time};
use calls::Snapshot;
use calls::call::Recording;
use serde_json::{Map, Value};

pub fn snapshot(raw: &Value, provider_call_id: String) -> Snapshot {
    let text = |name: &str| field::text(raw, &[name]);
    let word = text("/CallStatus").unwrap_or_default();
    let mut metadata = Map::new();
    for name in ["SipResponseCode", "ErrorCode", "HangupSource"] {
        if let Some(value) = raw.get(name) {
            metadata.insert(name.into(), value.clone());
        }
    }
    Snapshot {
        provider_call_id,
        parent_id: text("/ParentCallSid"),
        direction: text("/Direction").and_then(|direction| match direction.as_str() {
            "inbound" => Some("inbound".into()),
            direction if direction.starts_with("outbound") => Some("outbound".into()),
            _ => None,
        }),
        from: text("/From").as_deref().map(number::shown),
        to: text("/To").as_deref().map(number::shown),
        status: match word.as_str() {
            "queued" | "initiated" => Some("initiated".into()),
            "ringing" => Some("ringing".into()),
            "in-progress" | "answered" => Some("in-progress".into()),
            _ => None,
        },
        started_at: time::at(raw, &["/StartTime"]),
        answered_by: text("/AnsweredBy").as_deref().map(answered_by),
        duration_s: field::number(raw, &["/CallDuration"]).filter(|seconds| *seconds >= 0.0),
        metadata,
        ..Snapshot::default()
    }
}

fn answered_by(word: &str) -> String {
    match word {
        word if word.starts_with("machine") => "machine".into(),
        "human" | "fax" => word.into(),
        _ => "unknown".into(),
    }
}

pub fn is_machine(raw: &Value) -> bool {
    let word = field::text(raw, &["/AnsweredBy"]);
    word.is_some_and(|word| word.starts_with("machine"))
}

pub fn is_final(word: &str) -> bool {
    matches!(
        word,
        "completed" | "busy" | "failed" | "no-answer" | "canceled"
    )
}

/// The link opens with the account's credentials only.
pub fn recording(raw: &Value) -> Option<Recording> {
    Some(Recording {
        url: Some(field::text(raw, &["/RecordingUrl"])?),
        channels: field::number(raw, &["/RecordingChannels"])
            .filter(|count| *count >= 1.0)
            .map(|count| count as u32),
        duration_s: field::number(raw, &["/RecordingDuration"]).filter(|seconds| *seconds >= 0.0),
        ..Recording::default()
    })
}
