//! The types that speak of a call. Everything else about a channel is kept; what concerns no channel is not.

use super::{NAME, channel};
use crate::message::{Message, fingerprint};
use crate::{ending, field, number, time};
use calls::call::{Recording, Transfer};
use calls::{Kind, Observation, Snapshot};
use serde_json::Value;
use std::sync::Arc;

pub fn told(event: &str, raw: Value) -> Option<Observation> {
    let made_up = raw["recording"]["target_uri"]
        .as_str()
        .is_some_and(|target| !target.starts_with("channel:"));
    let mut call = subject(event, &raw)?;
    let raw = Arc::new(raw);
    let message = Message {
        provider: NAME,
        event,
        at: time::at(&raw, &["/timestamp"]),
        raw: &raw,
    };
    let claims = claims(&message, &mut call);
    let is_over = event == "ChannelDestroyed";
    Some(Observation {
        complete: is_over,
        no_analysis_to_come: is_over,
        made_up,
        ..message.observe(&fingerprint(raw.to_string().as_bytes()), claims, call)
    })
}

/// The call that the message is about.
fn subject(event: &str, raw: &Value) -> Option<Snapshot> {
    let by_channel = |name: &str| channel::snapshot(&raw[name]);
    match event {
        "Dial" => {
            let mut call = by_channel("peer")?;
            call.direction = Some("outbound".into());
            call.parent_id = field::text(raw, &["/caller/id"]);
            call.to = field::text(raw, &["/dialstring"]).or(call.to);
            Some(call)
        }
        "BridgeAttendedTransfer" => by_channel("transferer_first_leg"),
        _ if event.starts_with("Recording") => {
            let target = raw["recording"]["target_uri"].as_str()?;
            Some(Snapshot {
                provider_call_id: target.strip_prefix("channel:").unwrap_or(target).to_owned(),
                ..Snapshot::default()
            })
        }
        _ => by_channel("channel"),
    }
}

fn claims(message: &Message<'_>, call: &mut Snapshot) -> Vec<Kind> {
    let raw: &Value = message.raw;
    let is_up = raw["channel"]["state"] == "Up";
    match message.event {
        "ChannelCreated" => {
            call.status = Some("ringing".into());
            vec![Kind::Started]
        }
        "StasisStart" | "ChannelStateChange" if is_up => {
            call.status = Some("in-progress".into());
            call.answered_at = message.at;
            vec![Kind::Answered]
        }
        "StasisStart" => {
            call.status = Some("ringing".into());
            vec![Kind::Started]
        }
        "ChannelHangupRequest" => {
            call.end_reason = field::text(raw, &["/cause_txt", "/cause"]);
            vec![]
        }
        "ChannelDestroyed" => {
            end(message, call);
            vec![Kind::Ended]
        }
        "BridgeBlindTransfer" | "BridgeAttendedTransfer" => {
            call.transfer = Some(transfer(message));
            vec![Kind::TransferStarted]
        }
        "RecordingFinished" => {
            call.recording = Some(recording(&raw["recording"]));
            if let Some(name) = field::text(raw, &["/recording/name"]) {
                call.metadata.insert("recording_name".into(), name.into());
            }
            vec![Kind::RecordingReady]
        }
        _ => vec![],
    }
}

/// The text of the cause is the reason; its number is kept beside it.
fn end(message: &Message<'_>, call: &mut Snapshot) {
    let raw: &Value = message.raw;
    call.ended_at = message.at;
    let span = call.started_at.zip(call.ended_at);
    call.duration_s = span.and_then(|(start, end)| time::seconds_between(start, end));
    let cause = raw.get("cause").filter(|cause| cause.is_number());
    if let Some(cause) = cause {
        call.metadata.insert("cause".into(), cause.clone());
    }
    if let Some(reason) = field::text(raw, &["/cause_txt", "/cause"]) {
        ending::apply(&reason, call);
    }
}

fn transfer(message: &Message<'_>) -> Transfer {
    let raw: &Value = message.raw;
    let to = [
        "/exten",
        "/transfer_target/caller/number",
        "/destination_application",
    ];
    Transfer {
        to: field::text(raw, &to).as_deref().map(number::shown),
        mode: Some(
            if message.event == "BridgeBlindTransfer" {
                "cold"
            } else {
                "warm"
            }
            .into(),
        ),
        status: Some(match raw["result"].as_str() {
            Some("Success") | None => "started".into(),
            Some(_) => "failed".into(),
        }),
        at: message.at,
    }
}

/// The file is fetched by the REST interface, by its name.
fn recording(told: &Value) -> Recording {
    Recording {
        format: field::text(told, &["/format"]),
        duration_s: field::number(told, &["/duration"]),
        ..Recording::default()
    }
}
