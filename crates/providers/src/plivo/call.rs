//! What Plivo's parameters say about a call. Its times have no zone and mean UTC; its numbers have no plus.

use crate::{ending, field, number, time};
use calls::{Kind, Snapshot};
use serde_json::Value;

pub fn snapshot(raw: &Value, provider_call_id: String) -> Snapshot {
    let text = |pointers: &[&str]| field::text(raw, pointers);
    Snapshot {
        parent_id: text(&["/ALegUUID"]).filter(|leg| *leg != provider_call_id),
        provider_call_id,
        direction: text(&["/Direction"]).filter(|way| way == "inbound" || way == "outbound"),
        from: text(&["/From"]).as_deref().map(number::international),
        to: text(&["/To"]).as_deref().map(number::international),
        status: match text(&["/CallStatus"]).as_deref() {
            Some("ringing") => Some("ringing".into()),
            Some("in-progress") => Some("in-progress".into()),
            _ => None,
        },
        answered_by: text(&["/Machine"]).map(|flag| match flag.as_str() {
            "true" => "machine".into(),
            _ => "human".into(),
        }),
        started_at: time::utc(raw, &["/SessionStart", "/StartTime"]),
        answered_at: time::utc(raw, &["/AnswerTime"]),
        ..Snapshot::default()
    }
}

/// An incoming call asks what to do with it, an outgoing one when it was answered.
pub fn asks(call: &Snapshot) -> Vec<Kind> {
    match (call.direction.as_deref(), call.status.as_deref()) {
        (Some("outbound"), Some("in-progress")) => vec![Kind::Answered],
        (Some("inbound"), Some("ringing")) => vec![Kind::Incoming, Kind::Started],
        _ => vec![],
    }
}

pub fn detected(raw: &Value) -> Vec<Kind> {
    match field::text(raw, &["/Machine"]).as_deref() {
        Some("true") => vec![Kind::VoicemailDetected],
        _ => vec![],
    }
}

pub fn end(raw: &Value, call: &mut Snapshot) {
    let text = |pointers: &[&str]| field::text(raw, pointers);
    call.ended_at = time::utc(raw, &["/EndTime"]);
    call.duration_s = field::number(raw, &["/Duration"]).filter(|seconds| *seconds >= 0.0);
    if let Some(reason) = text(&["/HangupCauseName", "/HangupCause"]) {
        ending::apply(&reason, call);
    }
    match text(&["/CallStatus"]).as_deref() {
        Some("busy") => {
            call.status = Some("busy".into());
            ending::unanswered(call);
        }
        Some("failed") => {
            call.status = Some("failed".into());
            ending::unanswered(call);
        }
        Some("timeout" | "no-answer" | "cancel") => ending::unanswered(call),
        Some("completed") => call.status = Some("completed".into()),
        _ => {}
    }
    let (customer, ours) = match call.direction.as_deref() {
        Some("inbound") => ("Caller", "Callee"),
        _ => ("Callee", "Caller"),
    };
    let source = text(&["/HangupSource"]).unwrap_or_default();
    let source = if source == "Call recipient" {
        "Callee"
    } else {
        &source
    };
    call.ended_by = match source {
        source if source == customer => Some("customer".into()),
        source if source == ours => Some("agent".into()),
        "API Request" | "Answer XML" => Some("agent".into()),
        "Plivo" | "Carrier" | "Error" => Some("system".into()),
        _ => None,
    };
}
