//! Callbacks about calls in Twilio's dialect, forms with `CallSid` and `CallStatus`, which other platforms speak too.
//! What kind of callback a form is follows from the parameters it has.

mod call;

pub use call::is_final;

use crate::message::{Message, call_id, fingerprint};
use crate::{Unreadable, ending, field, number, time};
use calls::call::Transfer;
use calls::{Kind, Observation, Snapshot};
use serde_json::Value;
use std::sync::Arc;

/// What a callback is about.
enum Callback {
    Recording,
    DialAction,
    /// Keys or speech that somebody was asked for.
    Gather,
    /// The result of answering machine detection by itself.
    Detection,
    Status,
    /// The call needs instructions.
    Voice,
}

pub fn read(provider: &'static str, raw: Value) -> Result<Observation, Unreadable> {
    let callback = kind(&raw);
    let event = match callback {
        Callback::Recording => "recording",
        Callback::DialAction => "dial",
        Callback::Gather => "gather",
        Callback::Detection => "detection",
        Callback::Status => "status",
        Callback::Voice => "voice",
    };
    let id = call_id(&raw, event, &["/CallSid"])?;
    let raw = Arc::new(raw);
    let message = Message {
        provider,
        event,
        at: time::at(&raw, &["/Timestamp"]),
        raw: &raw,
    };
    let call = call::snapshot(&raw, id);
    Ok(match callback {
        Callback::Recording => recording(&message, call),
        Callback::DialAction => dialled(&message, call),
        Callback::Gather => message.observe(&fingerprint(raw.to_string().as_bytes()), vec![], call),
        Callback::Detection => detected(&message, call),
        Callback::Status => status(&message, call),
        Callback::Voice => voice(&message, call),
    })
}

fn kind(raw: &Value) -> Callback {
    let has = |name: &str| raw.get(name).is_some();
    match () {
        () if has("RecordingStatus") => Callback::Recording,
        () if has("DialCallStatus") => Callback::DialAction,
        () if has("Digits") || has("SpeechResult") => Callback::Gather,
        () if has("AnsweredBy") && !has("CallStatus") => Callback::Detection,
        () if has("CallbackSource") || has("SequenceNumber") || has("CallDuration") => {
            Callback::Status
        }
        () => Callback::Voice,
    }
}

fn text(raw: &Value, name: &str) -> String {
    field::text(raw, &[name]).unwrap_or_default()
}

fn recording(message: &Message<'_>, mut call: Snapshot) -> Observation {
    let raw = message.raw;
    let state = text(raw, "/RecordingStatus");
    let claims = match state.as_str() {
        "completed" => vec![Kind::RecordingReady],
        _ => vec![],
    };
    call.recording = call::recording(raw).filter(|_| state == "completed");
    let sid = text(raw, "/RecordingSid");
    let mut observation = message.observe(&format!("{sid}:{state}"), claims, call);
    observation.exact = !sid.is_empty();
    observation
}

/// The other leg of `<Dial>` is over.
fn dialled(message: &Message<'_>, mut call: Snapshot) -> Observation {
    let raw = message.raw;
    call.recording = call::recording(raw);
    call.transfer = Some(Transfer {
        status: match text(raw, "/DialCallStatus").as_str() {
            "completed" | "answered" => Some("connected".into()),
            "canceled" => Some("cancelled".into()),
            "" => None,
            _ => Some("failed".into()),
        },
        ..Transfer::default()
    });
    let leg = text(raw, "/DialCallSid");
    message.observe(&leg, vec![Kind::TransferEnded], call)
}

fn detected(message: &Message<'_>, call: Snapshot) -> Observation {
    let claims = match call::is_machine(message.raw) {
        true => vec![Kind::VoicemailDetected],
        false => vec![],
    };
    let key = text(message.raw, "/AnsweredBy");
    message.observe(&key, claims, call)
}

fn status(message: &Message<'_>, mut call: Snapshot) -> Observation {
    let raw = message.raw;
    let word = text(raw, "/CallStatus");
    let is_leg = call.parent_id.is_some();
    let mut claims = match (word.as_str(), is_leg) {
        ("initiated", false) => vec![Kind::Started],
        ("in-progress" | "answered", false) => vec![Kind::Answered],
        ("in-progress" | "answered", true) => vec![Kind::TransferStarted],
        _ if call::is_final(&word) => vec![Kind::Ended],
        _ => vec![],
    };
    if is_leg {
        call.transfer = claims.contains(&Kind::TransferStarted).then(|| Transfer {
            to: field::text(raw, &["/To"]).as_deref().map(number::shown),
            status: Some("connected".into()),
            at: message.at,
            mode: None,
        });
    }
    if call::is_machine(raw) {
        claims.push(Kind::VoicemailDetected);
    }
    let is_over = call::is_final(&word);
    if is_over {
        call.ended_at = message.at;
        call.recording = call::recording(raw);
        ending::apply(&word, &mut call);
        if word != "completed" {
            ending::unanswered(&mut call);
        }
    }
    let key = format!("{word}:{}", text(raw, "/SequenceNumber"));
    let mut observation = message.observe(&key, claims, call);
    observation.complete = is_over;
    observation.no_analysis_to_come = is_over;
    observation
}

/// An incoming call rings until it gets its instructions; an outgoing one asks when it was answered.
fn voice(message: &Message<'_>, call: Snapshot) -> Observation {
    let word = text(message.raw, "/CallStatus");
    let mut claims = match (call.direction.as_deref(), word.as_str()) {
        (Some("inbound"), "ringing" | "queued" | "initiated") => {
            vec![Kind::Incoming, Kind::Started]
        }
        (Some("outbound"), "in-progress" | "answered") => vec![Kind::Answered],
        _ => vec![],
    };
    if call::is_machine(message.raw) {
        claims.push(Kind::VoicemailDetected);
    }
    message.observe(&word, claims, call)
}
