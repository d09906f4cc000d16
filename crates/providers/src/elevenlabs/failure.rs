//! `call_initiation_failure`: an outgoing call that never came to be, with what the network said of it.

use crate::message::Message;
use crate::{ending, field, number};
use calls::{Kind, Observation, Snapshot};
use serde_json::Value;

pub fn told(message: &Message<'_>, data: &Value, provider_call_id: String) -> Observation {
    let text = |pointers: &[&str]| field::text(data, pointers);
    let number = |pointers: &[&str]| text(pointers).map(|text| number::shown(&text));
    let mut call = Snapshot {
        provider_call_id,
        session_id: text(&["/metadata/body/CallSid", "/metadata/body/call_sid"]),
        direction: Some("outbound".into()),
        from: number(&["/metadata/body/From", "/metadata/body/from_number"]),
        to: number(&["/metadata/body/To", "/metadata/body/to_number"]),
        agent: super::report::agent(data),
        ended_at: message.at,
        ..Snapshot::default()
    };
    let reason = text(&["/failure_reason"]).unwrap_or_else(|| "unknown".into());
    ending::apply(&reason, &mut call);
    call.status = call.status.or(Some("failed".into()));
    ending::unanswered(&mut call);
    Observation {
        complete: true,
        no_analysis_to_come: true,
        ..message.observe("", vec![Kind::Ended], call)
    }
}
