//! The room: it opens, closes and is recorded. Whoever else comes and goes only enriches it.

use super::{key, variables};
use crate::message::Message;
use crate::{field, time};
use calls::call::{Agent, Recording};
use calls::{Kind, Observation, Snapshot};
use serde_json::Value;

pub fn told(message: &Message<'_>) -> Option<Observation> {
    let raw: &Value = message.raw;
    let id = field::text(
        raw,
        &["/room/sid", "/egressInfo/roomId", "/ingressInfo/roomId"],
    )?;
    let is_agent = raw["participant"]["kind"] == "AGENT";
    let mut call = Snapshot {
        session_id: Some(id.clone()),
        provider_call_id: id,
        agent: field::text(raw, &["/participant/name", "/participant/identity"])
            .filter(|_| is_agent)
            .map(|name| Agent {
                name: Some(name),
                ..Agent::default()
            }),
        started_at: time::at(raw, &["/room/creationTimeMs", "/room/creationTime"]),
        variables: variables(raw),
        ..Snapshot::default()
    };
    let claims = match message.event {
        "room_started" => vec![Kind::Started],
        "room_finished" => {
            call.ended_at = message.at;
            vec![Kind::Ended]
        }
        "egress_ended" => {
            call.recording = recording(raw);
            match call.recording.is_some() {
                true => vec![Kind::RecordingReady],
                false => vec![],
            }
        }
        _ => vec![],
    };
    let is_over = message.event == "room_finished";
    Some(Observation {
        complete: is_over,
        no_analysis_to_come: is_over,
        ..message.observe(&key(raw), claims, call)
    })
}

/// Only of what was recorded whole; times are nanoseconds.
fn recording(raw: &Value) -> Option<Recording> {
    let egress = &raw["egressInfo"];
    if egress["status"] != "EGRESS_COMPLETE" {
        return None;
    }
    let file = field::list(egress, &["/fileResults"])
        .first()
        .or(egress.get("file"))?;
    Some(Recording {
        url: Some(field::text(file, &["/location", "/filename"])?),
        duration_s: field::number(file, &["/duration"])
            .filter(|nanoseconds| *nanoseconds > 0.0)
            .map(|nanoseconds| nanoseconds / 1e9),
        ..Recording::default()
    })
}
