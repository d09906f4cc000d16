//! A telephony session is a call, its parties are legs. A message tells of the parties that have changed; the session is over when all of
//! these are. Numbers may be extensions.

use crate::message::Message;
use crate::{ending, field, number};
use calls::call::{Agent, Transfer};
use calls::{Kind, Observation, Snapshot};
use serde_json::Value;

pub fn told(message: &Message<'_>, body: &Value, id: String) -> Observation {
    let parties = field::list(body, &["/parties"]);
    let mut call = snapshot(body, parties.first().unwrap_or(&Value::Null), id);
    let mut claims: Vec<Kind> = Vec::new();
    let mut over = 0;
    for party in parties {
        let code = party["status"]["code"].as_str().unwrap_or_default();
        let reason = field::text(party, &["/status/reason"]).unwrap_or_default();
        match code {
            "Setup" | "Proceeding" => {
                call.status = Some("ringing".into());
                claims.push(Kind::Started);
            }
            "Answered" => {
                call.status = Some("in-progress".into());
                claims.push(Kind::Answered);
            }
            "VoiceMail" => {
                call.answered_by = Some("voicemail".into());
                claims.push(Kind::VoicemailDetected);
            }
            "Gone" if reason.contains("Transfer") => {
                call.transfer = Some(transfer(message, &reason));
                claims.push(Kind::TransferEnded);
            }
            "Disconnected" => {
                over += 1;
                end(party, &reason, &mut call);
            }
            _ => {}
        }
    }
    let is_over = over > 0 && over == parties.len();
    if is_over {
        call.ended_at = message.at;
        claims.push(Kind::Ended);
    }
    claims.sort_unstable();
    claims.dedup();
    let key = field::text(message.raw, &["/uuid", "/body/sequence"]).unwrap_or_default();
    Observation {
        complete: is_over,
        no_analysis_to_come: is_over,
        ..message.observe(&key, claims, call)
    }
}

fn snapshot(body: &Value, party: &Value, provider_call_id: String) -> Snapshot {
    let text = |pointers: &[&str]| field::text(party, pointers);
    let number = |pointers: &[&str]| text(pointers).map(|text| number::shown(&text));
    let direction = text(&["/direction"]).map(|way| way.to_lowercase());
    let (ours, theirs) = match direction.as_deref() {
        Some("outbound") => ("/from", "/to"),
        _ => ("/to", "/from"),
    };
    let mut call = Snapshot {
        provider_call_id,
        session_id: field::text(body, &["/sessionId"]),
        direction: direction.filter(|way| way == "inbound" || way == "outbound"),
        from: number(&["/from/phoneNumber", "/from/extensionNumber"]),
        to: number(&["/to/phoneNumber", "/to/extensionNumber"]),
        agent: text(&["/extensionId"]).map(|id| Agent {
            id: Some(id),
            name: text(&[&format!("{ours}/name")]),
            ..Agent::default()
        }),
        ..Snapshot::default()
    };
    for (name, member) in [("name", "name"), ("phone", "phoneNumber")] {
        if let Some(value) = text(&[&format!("{theirs}/{member}")]) {
            call.contact.insert(name.into(), value.into());
        }
    }
    call
}

fn transfer(message: &Message<'_>, reason: &str) -> Transfer {
    Transfer {
        mode: match reason {
            "BlindTransfer" => Some("cold".into()),
            "AttendedTransfer" => Some("warm".into()),
            _ => None,
        },
        status: Some("connected".into()),
        at: message.at,
        to: None,
    }
}

fn end(party: &Value, reason: &str, call: &mut Snapshot) {
    if !reason.is_empty() {
        ending::apply(reason, call);
    }
    if party["missedCall"] == true {
        ending::unanswered(call);
    }
}
