//! What the payload of an event says about its call. Only the first event of a call tells its direction.

use crate::{ending, field, number, talk, time};
use calls::{Kind, Snapshot, call};
use serde_json::{Map, Value};

pub fn snapshot(payload: &Value, provider_call_id: String) -> Snapshot {
    let text = |pointers: &[&str]| field::text(payload, pointers);
    let number = |pointer: &str| text(&[pointer]).map(|text| number::shown(&text));
    let mut metadata = Map::new();
    for name in [
        "client_state",
        "hangup_source",
        "sip_hangup_cause",
        "conversation_id",
    ] {
        if let Some(value) = payload.get(name).filter(|value| !value.is_null()) {
            metadata.insert(name.into(), value.clone());
        }
    }
    Snapshot {
        provider_call_id,
        session_id: text(&["/call_session_id"]),
        direction: match text(&["/direction"]).as_deref() {
            Some("incoming") => Some("inbound".into()),
            Some("outgoing") => Some("outbound".into()),
            _ => None,
        },
        from: number("/from"),
        to: number("/to"),
        agent: text(&["/assistant_id"]).map(|id| call::Agent {
            id: Some(id),
            ..call::Agent::default()
        }),
        started_at: time::at(payload, &["/start_time"]),
        metadata,
        ..Snapshot::default()
    }
}

/// An assistant is about to take the call and asks for its variables.
pub fn incoming(payload: &Value, call: &mut Snapshot) {
    let number = |pointer: &str| field::text(payload, &[pointer]).map(|text| number::shown(&text));
    call.from = number("/telnyx_end_user_target");
    call.to = number("/telnyx_agent_target");
    if let Some(phone) = &call.from {
        call.contact.insert("phone".into(), phone.as_str().into());
    }
}

pub fn end(payload: &Value, call: &mut Snapshot) {
    call.ended_at = time::at(payload, &["/end_time"]);
    let span = call.started_at.zip(call.ended_at);
    call.duration_s = span.and_then(|(start, end)| time::seconds_between(start, end));
    if let Some(reason) = field::text(payload, &["/hangup_cause"]) {
        ending::apply(&reason, call);
    }
}

pub fn detected(payload: &Value, call: &mut Snapshot) -> Vec<Kind> {
    let result = field::text(payload, &["/result"]).unwrap_or_default();
    call.answered_by = match result.as_str() {
        word if word.starts_with("human") => Some("human".into()),
        word if word.starts_with("machine") => Some("machine".into()),
        word if word.starts_with("fax") => Some("fax".into()),
        "not_sure" => Some("unknown".into()),
        _ => None,
    };
    match call.answered_by.as_deref() {
        Some("machine") => vec![Kind::VoicemailDetected],
        _ => vec![],
    }
}

/// One thing that was said, once it is no longer guessed at. The inbound track is what comes from the leg: whoever is on the line.
pub fn spoken(payload: &Value) -> Option<call::Turn> {
    let heard = &payload["transcription_data"];
    let text = field::text(heard, &["/transcript"]).filter(|text| !text.trim().is_empty())?;
    let role = match heard["transcription_track"].as_str() {
        Some("inbound") => "customer",
        Some("outbound") => "agent",
        _ => "third_party",
    };
    (heard["is_final"] != false).then(|| talk::turn(role, &text))
}
