//! The call object that comes once, after the call. Its tag may speak of a transfer that never was; the target and its time do not.

use super::NAME;
use crate::message::{Message, claims};
use crate::{ending, field, number, talk, time};
use calls::call::{Agent, Analysis, Recording, Transfer, Turn};
use calls::{Kind, Observation, Snapshot};
use kernel::Timestamp;
use serde_json::{Map, Value};
use std::sync::Arc;

pub fn told(raw: Value, id: String) -> Observation {
    let raw = Arc::new(raw);
    let call = snapshot(&raw, id);
    let is_voicemail = call.answered_by.as_deref() == Some("voicemail");
    let claims = claims([
        (Kind::Ended, true),
        (Kind::VoicemailDetected, is_voicemail),
        (Kind::TransferEnded, call.transfer.is_some()),
        (Kind::RecordingReady, call.recording.is_some()),
        (Kind::Analyzed, call.analysis.is_some()),
    ]);
    let message = Message {
        provider: NAME,
        event: "post_call",
        at: call.ended_at,
        raw: &raw,
    };
    Observation {
        complete: true,
        no_analysis_to_come: call.analysis.is_none(),
        ..message.observe("", claims, call)
    }
}

fn snapshot(raw: &Value, provider_call_id: String) -> Snapshot {
    let text = |pointers: &[&str]| field::text(raw, pointers);
    let number = |pointer: &str| text(&[pointer]).map(|text| number::shown(&text));
    let map = |pointer: &str| field::object(raw, &[pointer]).cloned().unwrap_or_default();
    let started_at = time::at(raw, &["/started_at"]);
    let said = field::list(raw, &["/transcripts"]).iter();
    let said: Vec<_> = said.filter_map(|said| turn(said, started_at)).collect();
    let mut call = Snapshot {
        provider_call_id,
        direction: raw["inbound"].as_bool().map(|inbound| match inbound {
            true => "inbound".into(),
            false => "outbound".into(),
        }),
        from: number("/from"),
        to: number("/to"),
        agent: text(&["/pathway_id"]).map(|id| Agent {
            id: Some(id),
            ..Agent::default()
        }),
        started_at,
        ended_at: time::at(raw, &["/end_at"]),
        duration_s: duration(raw),
        transcript: said.into(),
        recording: text(&["/recording_url"]).map(|url| Recording {
            url: Some(url),
            ..Recording::default()
        }),
        analysis: analysis(raw),
        transfer: transfer(raw),
        disposition: text(&["/disposition_tag"]),
        variables: map("/variables"),
        metadata: map("/metadata"),
        ..Snapshot::default()
    };
    if let Some(batch) = text(&["/batch_id"]) {
        call.metadata.insert("batch_id".into(), batch.into());
    }
    end(raw, &mut call);
    call
}

fn end(raw: &Value, call: &mut Snapshot) {
    let text = |pointers: &[&str]| field::text(raw, pointers);
    let status = text(&["/status"]).filter(|status| status != "completed");
    if let Some(reason) = text(&["/call_ended_by"]).or_else(|| status.clone()) {
        ending::apply(&reason, call);
    }
    call.answered_by = match text(&["/answered_by"]).as_deref() {
        Some(word @ ("human" | "voicemail" | "unknown")) => Some(word.into()),
        _ => None,
    };
    match status.as_deref() {
        Some("no-answer") => ending::unanswered(call),
        Some("busy") => {
            call.status = Some("busy".into());
            ending::unanswered(call);
        }
        Some("failed") => call.status = Some("failed".into()),
        Some(_) => {}
        None => call.status = Some("completed".into()),
    }
}

/// Minutes in one field, seconds as text in the other, which is the exact one.
fn duration(raw: &Value) -> Option<f64> {
    let seconds = field::number(raw, &["/corrected_duration"]);
    let minutes = field::number(raw, &["/call_length"]);
    seconds
        .or(minutes.map(|minutes| minutes * 60.0))
        .filter(|seconds| *seconds >= 0.0)
}

fn turn(said: &Value, started_at: Option<Timestamp>) -> Option<Turn> {
    let role = match said["user"].as_str()? {
        "user" => "customer",
        "assistant" => "agent",
        "robot" => "system",
        _ => return None,
    };
    let at = started_at.zip(time::at(said, &["/created_at"]));
    Some(Turn {
        start_s: at.and_then(|(start, at)| time::seconds_between(start, at)),
        ..talk::turn(role, &field::text(said, &["/text"])?)
    })
}

fn analysis(raw: &Value) -> Option<Analysis> {
    let structured = match &raw["analysis"] {
        Value::Object(values) => values.clone(),
        _ => Map::new(),
    };
    let analysis = Analysis {
        summary: field::text(raw, &["/summary"]),
        structured,
        ..Analysis::default()
    };
    (!analysis.is_empty()).then_some(analysis)
}

fn transfer(raw: &Value) -> Option<Transfer> {
    let to = field::text(raw, &["/transferred_to"]);
    let at = time::at(raw, &["/transferred_at"]);
    if to.is_none() && at.is_none() {
        return None;
    }
    Some(Transfer {
        to: to.as_deref().map(number::shown),
        mode: raw["warm_transfer_call"].is_object().then(|| "warm".into()),
        status: Some("connected".into()),
        at,
    })
}
