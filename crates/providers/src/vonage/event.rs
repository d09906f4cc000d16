//! What a message of Vonage is follows from its members: most have a status, the others are known by what they carry.
//! `uuid` is the leg, `conversation_uuid` what legs are joined in; a recording names only the latter.

use super::NAME;
use crate::message::{Message, fingerprint, not_a_message};
use crate::{Request, Unreadable, ending, field, number, time};
use calls::call::{Recording, Transfer};
use calls::{Kind, Observation, Snapshot};
use serde_json::{Map, Value};
use std::sync::Arc;

pub fn read(request: &Request<'_>, raw: Value) -> Result<Vec<Observation>, Unreadable> {
    if !raw.is_object() {
        return Err(not_a_message("", "Vonage", "an object"));
    }
    let event = name(&raw);
    let text = |pointers: &[&str]| field::text(&raw, pointers);
    let leg = text(&["/uuid", "/call_uuid"]);
    let conversation = text(&["/conversation_uuid", "/conversation_uuid_from"]);
    let made_up = leg.is_none();
    let Some(id) = leg.or_else(|| conversation.clone()) else {
        return Ok(Vec::new());
    };
    let mut call = snapshot(&raw, id);
    call.session_id = conversation;
    let raw = Arc::new(raw);
    let message = Message {
        provider: NAME,
        event: &event,
        at: time::at(&raw, &["/timestamp"]),
        raw: &raw,
    };
    let claims = claims(&message, &mut call);
    let key = match event.as_str() {
        "input" | "error" => fingerprint(request.content()),
        "record" => text_of(&raw, "/recording_uuid"),
        "transfer" => text_of(&raw, "/conversation_uuid_to"),
        _ => String::new(),
    };
    let is_over = claims.contains(&Kind::Ended);
    let mut observation = message.observe(&key, claims, call);
    observation.complete = is_over;
    observation.no_analysis_to_come = is_over;
    observation.made_up = made_up;
    Ok(vec![observation])
}

fn text_of(raw: &Value, pointer: &str) -> String {
    field::text(raw, &[pointer]).unwrap_or_default()
}

fn name(raw: &Value) -> String {
    let has = |name: &str| raw.get(name).is_some();
    match field::text(raw, &["/status"]) {
        Some(status) => status,
        None if has("recording_url") => "record".into(),
        None if has("dtmf") || has("speech") => "input".into(),
        None if has("conversation_uuid_to") => "transfer".into(),
        None if has("reason") => "error".into(),
        None if has("from") && has("to") => "answer".into(),
        None => "event".into(),
    }
}

fn snapshot(raw: &Value, provider_call_id: String) -> Snapshot {
    let text = |pointer: &str| field::text(raw, &[pointer]);
    let headers = raw.as_object().into_iter().flatten();
    let variables: Map<String, Value> = headers
        .filter(|(name, _)| name.starts_with("SipHeader_"))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let mut metadata = Map::new();
    for name in ["detail", "network", "price"] {
        if let Some(value) = raw.get(name).filter(|value| !value.is_null()) {
            metadata.insert(name.into(), value.clone());
        }
    }
    Snapshot {
        provider_call_id,
        direction: text("/direction").filter(|way| way == "inbound" || way == "outbound"),
        from: text("/from").as_deref().map(number::international),
        to: text("/to").as_deref().map(number::international),
        variables,
        metadata,
        ..Snapshot::default()
    }
}

fn claims(message: &Message<'_>, call: &mut Snapshot) -> Vec<Kind> {
    let raw: &Value = message.raw;
    match message.event {
        "answer" => vec![Kind::Incoming],
        "started" => vec![Kind::Started],
        "ringing" => {
            call.status = Some("ringing".into());
            vec![]
        }
        "answered" => {
            call.status = Some("in-progress".into());
            vec![Kind::Answered]
        }
        "human" => {
            call.answered_by = Some("human".into());
            vec![]
        }
        "machine" => {
            call.answered_by = Some("machine".into());
            vec![Kind::VoicemailDetected]
        }
        "completed" | "busy" | "cancelled" | "unanswered" | "rejected" | "failed" | "timeout" => {
            end(message.event, raw, call);
            vec![Kind::Ended]
        }
        "record" => {
            call.recording = recording(raw);
            vec![Kind::RecordingReady]
        }
        "transfer" => {
            call.transfer = Some(Transfer {
                to: field::text(raw, &["/conversation_uuid_to"]),
                status: Some("connected".into()),
                at: message.at,
                mode: None,
            });
            vec![Kind::TransferEnded]
        }
        _ => vec![],
    }
}

fn end(status: &str, raw: &Value, call: &mut Snapshot) {
    call.started_at = time::at(raw, &["/start_time"]);
    call.ended_at = time::at(raw, &["/end_time", "/timestamp"]);
    call.duration_s = field::number(raw, &["/duration"]).filter(|seconds| *seconds >= 0.0);
    ending::apply(status, call);
    if status != "completed" {
        ending::unanswered(call);
    }
}

/// The link opens with a token of the application only.
fn recording(raw: &Value) -> Option<Recording> {
    let start = time::at(raw, &["/start_time"]);
    let end = time::at(raw, &["/end_time"]);
    Some(Recording {
        url: Some(field::text(raw, &["/recording_url"])?),
        duration_s: start
            .zip(end)
            .and_then(|(start, end)| time::seconds_between(start, end)),
        ..Recording::default()
    })
}
