//! A message of the event socket: an object of texts, times in microseconds, zero for never. A leg is a call; the leg it belongs to is its
//! parent. Only CHANNEL_HANGUP_COMPLETE has the totals.

use super::NAME;
use crate::message::{Message, not_a_message};
use crate::{Unreadable, ending, field, number, time};
use calls::call::{Recording, Transfer};
use calls::{Kind, Observation, Snapshot};
use serde_json::Value;
use std::sync::Arc;

pub fn told(raw: Value) -> Result<Option<Observation>, Unreadable> {
    let event = field::text(&raw, &["/Event-Name"])
        .ok_or_else(|| not_a_message("/Event-Name", "FreeSWITCH", "a name"))?;
    let Some(id) = field::text(&raw, &["/Unique-ID", "/variable_uuid"]) else {
        return Ok(None);
    };
    let raw = Arc::new(raw);
    let message = Message {
        provider: NAME,
        event: &event,
        at: time::at(&raw, &["/Event-Date-Timestamp"]),
        raw: &raw,
    };
    let mut call = snapshot(&raw, id);
    let claims = claims(&message, &mut call);
    let key = match event.as_str() {
        "CHANNEL_CREATE" | "CHANNEL_ANSWER" | "CHANNEL_HANGUP_COMPLETE" => None,
        _ => field::text(&raw, &["/Event-Sequence", "/Event-Date-Timestamp"]),
    };
    let is_over = event == "CHANNEL_HANGUP_COMPLETE";
    Ok(Some(Observation {
        complete: is_over,
        no_analysis_to_come: is_over,
        ..message.observe(&key.unwrap_or_default(), claims, call)
    }))
}

fn claims(message: &Message<'_>, call: &mut Snapshot) -> Vec<Kind> {
    let raw: &Value = message.raw;
    match message.event {
        "CHANNEL_CREATE" => {
            call.status = Some("ringing".into());
            vec![Kind::Started]
        }
        "CHANNEL_ANSWER" => {
            call.status = Some("in-progress".into());
            vec![Kind::Answered]
        }
        "CHANNEL_BRIDGE" => {
            let to = field::text(raw, &["/Other-Leg-Destination-Number"]);
            call.transfer = Some(Transfer {
                to: to.as_deref().map(number::shown),
                status: Some("connected".into()),
                at: message.at,
                mode: None,
            });
            vec![Kind::TransferStarted]
        }
        "CHANNEL_HANGUP_COMPLETE" => {
            end(raw, call);
            vec![Kind::Ended]
        }
        "RECORD_STOP" => {
            call.recording = Some(recording(raw));
            vec![Kind::RecordingReady]
        }
        _ => vec![],
    }
}

fn snapshot(raw: &Value, provider_call_id: String) -> Snapshot {
    let text = |pointers: &[&str]| field::text(raw, pointers);
    let headers = raw.as_object().into_iter().flatten();
    let variables = headers.filter_map(|(name, value)| {
        let name = name.strip_prefix("variable_sip_h_")?;
        Some((name.to_owned(), value.clone()))
    });
    Snapshot {
        parent_id: text(&["/Channel-Call-UUID"]).filter(|id| *id != provider_call_id),
        provider_call_id,
        direction: text(&["/Call-Direction", "/variable_direction"])
            .filter(|way| way == "inbound" || way == "outbound"),
        from: text(&["/Caller-Caller-ID-Number"])
            .as_deref()
            .map(number::shown),
        to: text(&["/Caller-Destination-Number"])
            .as_deref()
            .map(number::shown),
        started_at: time::at(
            raw,
            &["/Caller-Channel-Created-Time", "/variable_start_epoch"],
        ),
        answered_at: time::at(
            raw,
            &["/Caller-Channel-Answered-Time", "/variable_answer_epoch"],
        ),
        variables: variables.collect(),
        ..Snapshot::default()
    }
}

fn end(raw: &Value, call: &mut Snapshot) {
    let seconds = |pointer: &str| field::number(raw, &[pointer]).filter(|seconds| *seconds >= 0.0);
    call.ended_at = time::at(raw, &["/Caller-Channel-Hangup-Time", "/variable_end_epoch"]);
    call.duration_s = seconds("/variable_duration");
    call.talk_s = seconds("/variable_billsec");
    if let Some(reason) = field::text(raw, &["/Hangup-Cause", "/variable_hangup_cause"]) {
        ending::apply(&reason, call);
    }
    hung_up(
        field::text(raw, &["/variable_sip_hangup_disposition"]),
        call,
    );
}

/// Who hung up, and that nobody did because nobody had picked up.
pub fn hung_up(disposition: Option<String>, call: &mut Snapshot) {
    if call.answered_at.is_none() {
        ending::unanswered(call);
    }
    call.ended_by = match disposition.as_deref() {
        Some("recv_bye" | "recv_cancel" | "recv_refuse") => Some("customer".into()),
        Some("send_bye" | "send_cancel" | "send_refuse") => Some("agent".into()),
        _ => call.ended_by.take(),
    };
}

/// The recording is a file of the switch.
fn recording(raw: &Value) -> Recording {
    let path = field::text(raw, &["/Record-File-Path"]);
    let extension = path.as_deref().and_then(|path| path.rsplit_once('.'));
    Recording {
        format: extension.map(|(_, extension)| extension.to_owned()),
        url: path,
        duration_s: field::number(raw, &["/variable_record_seconds"]),
        ..Recording::default()
    }
}
