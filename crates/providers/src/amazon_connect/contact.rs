//! A contact is a call; a transfer is a new contact that points at the one before it. The customer's number is in no event.
//! Published samples differ in the case of names and values, so neither counts.

use crate::message::Message;
use crate::{ending, field, time};
use calls::call::{Agent, Transfer};
use calls::{Kind, Observation, Snapshot};
use serde_json::{Map, Value};

/// The members of `detail` and of what is in it, by their names in lower case; values as they are.
pub fn lower_case(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.to_lowercase(), lower_case(value)))
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => items.iter().map(lower_case).collect(),
        value => value.clone(),
    }
}

pub fn told(message: &Message<'_>, detail: &Value) -> Option<Observation> {
    let text = |pointers: &[&str]| field::text(detail, pointers);
    let upper = |pointer: &str| text(&[pointer]).unwrap_or_default().to_uppercase();
    // Chats and tasks come by the same way.
    if upper("/channel") != "VOICE" {
        return None;
    }
    let mut call = snapshot(detail, text(&["/contactid"])?);
    let is_transfer = matches!(
        upper("/initiationmethod").as_str(),
        "TRANSFER" | "QUEUE_TRANSFER"
    );
    let event = message.event.to_uppercase();
    let claims = match event.as_str() {
        "INITIATED" if is_transfer => {
            call.transfer = Some(Transfer {
                status: Some("started".into()),
                at: call.started_at,
                ..Transfer::default()
            });
            vec![Kind::TransferStarted]
        }
        "INITIATED" => vec![Kind::Started],
        "CONNECTED_TO_AGENT" => {
            call.status = Some("in-progress".into());
            vec![Kind::Answered]
        }
        "DISCONNECTED" => end(detail, &mut call),
        _ => vec![],
    };
    let is_over = event == "DISCONNECTED";
    let at = match event.as_str() {
        "INITIATED" => call.started_at,
        "CONNECTED_TO_AGENT" => call.answered_at,
        "DISCONNECTED" => call.ended_at,
        _ => None,
    };
    let key = field::text(message.raw, &["/id"]).unwrap_or_default();
    let mut observation = message.observe(&key, claims, call);
    observation.at = at.or(observation.at);
    observation.complete = is_over;
    observation.no_analysis_to_come = is_over;
    Some(observation)
}

fn snapshot(detail: &Value, provider_call_id: String) -> Snapshot {
    let text = |pointers: &[&str]| field::text(detail, pointers);
    let method = text(&["/initiationmethod"]).unwrap_or_default();
    let direction = match method.to_uppercase().as_str() {
        "INBOUND" => Some("inbound"),
        "OUTBOUND" | "CALLBACK" | "API" | "EXTERNAL_OUTBOUND" => Some("outbound"),
        _ => None,
    };
    let ours = text(&["/tags/aws:connect:systemendpoint"]);
    let (from, to) = match direction {
        Some("inbound") => (None, ours),
        Some("outbound") => (ours, None),
        _ => (None, None),
    };
    Snapshot {
        parent_id: text(&["/previouscontactid"]).filter(|id| *id != provider_call_id),
        session_id: text(&["/initialcontactid"]),
        provider_call_id,
        direction: direction.map(Into::into),
        from,
        to,
        agent: text(&["/agentinfo/agentarn"]).map(|arn| Agent {
            id: Some(arn),
            ..Agent::default()
        }),
        started_at: time::at(detail, &["/initiationtimestamp"]),
        answered_at: time::at(detail, &["/agentinfo/connectedtoagenttimestamp"]),
        answered_by: detection(detail),
        ..Snapshot::default()
    }
}

fn end(detail: &Value, call: &mut Snapshot) -> Vec<Kind> {
    call.ended_at = time::at(detail, &["/disconnecttimestamp"]);
    let span = call.started_at.zip(call.ended_at);
    call.duration_s = span.and_then(|(start, end)| time::seconds_between(start, end));
    if let Some(reason) = field::text(detail, &["/disconnectreason"]) {
        ending::apply(&reason, call);
    }
    match call.answered_by.as_deref() {
        Some("voicemail") => vec![Kind::Ended, Kind::VoicemailDetected],
        _ => vec![Kind::Ended],
    }
}

fn detection(detail: &Value) -> Option<String> {
    let result = field::text(detail, &["/answeringmachinedetectionstatus"])?.to_uppercase();
    let word = match result.as_str() {
        "HUMAN_ANSWERED" => "human",
        "FAX_MACHINE_DETECTED" => "fax",
        result if result.starts_with("VOICEMAIL") => "voicemail",
        result if result.starts_with("AMD_UNRESOLVED") => "unknown",
        _ => return None,
    };
    Some(word.into())
}
