//! A SIP participant is the telephone: its attributes say with whom and how far. That it was called by a dispatch rule means that the
//! call came in, which is inferred. Changes of attributes raise no event, so the answer may be seen late or never.

use super::{key, variables};
use crate::message::Message;
use crate::{ending, field, number, time};
use calls::{Kind, Observation, Snapshot};
use kernel::Timestamp;
use serde_json::Value;

pub fn told(message: &Message<'_>) -> Option<Observation> {
    let raw: &Value = message.raw;
    let attribute = |name: &str| field::text(raw, &[&format!("/participant/attributes/{name}")]);
    let id = attribute("sip.callID").or_else(|| field::text(raw, &["/participant/sid"]))?;
    let is_inbound = attribute("sip.ruleID").is_some();
    let phone = attribute("sip.phoneNumber").as_deref().map(number::shown);
    let trunk = attribute("sip.trunkPhoneNumber")
        .as_deref()
        .map(number::shown);
    let (from, to) = match is_inbound {
        true => (phone.clone(), trunk),
        false => (trunk, phone.clone()),
    };
    let mut call = Snapshot {
        provider_call_id: id,
        session_id: field::text(raw, &["/room/sid"]),
        direction: Some(if is_inbound { "inbound" } else { "outbound" }.into()),
        from,
        to,
        started_at: joined_at(raw),
        variables: variables(raw),
        ..Snapshot::default()
    };
    if let Some(phone) = phone {
        call.contact.insert("phone".into(), phone.into());
    }
    let status = attribute("sip.callStatus").unwrap_or_default();
    let claims = claims(message.event, &status, &mut call);
    let is_over = claims.contains(&Kind::Ended);
    if is_over {
        call.ended_at = message.at;
        if let Some(reason) = field::text(raw, &["/participant/disconnectReason"]) {
            ending::apply(&reason, &mut call);
        }
    }
    Some(Observation {
        complete: is_over,
        no_analysis_to_come: is_over,
        ..message.observe(&key(raw), claims, call)
    })
}

fn joined_at(raw: &Value) -> Option<Timestamp> {
    time::at(raw, &["/participant/joinedAtMs", "/participant/joinedAt"])
}

fn claims(event: &str, status: &str, call: &mut Snapshot) -> Vec<Kind> {
    match (event, status) {
        ("participant_joined", "active" | "automation") => {
            call.status = Some("in-progress".into());
            vec![Kind::Answered]
        }
        ("participant_joined", _) => {
            call.status = Some("ringing".into());
            vec![Kind::Started]
        }
        ("participant_left" | "participant_connection_aborted", _) => vec![Kind::Ended],
        _ => vec![],
    }
}
