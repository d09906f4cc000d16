//! Transfers: a bridge says that the other leg is there, a SIP REFER how the handing over goes. `from` and `to` of these events are
//! those of the transfer, not of the call.

use crate::message::Message;
use crate::{field, number};
use calls::call::Transfer;
use calls::{Kind, Snapshot};
use serde_json::Value;

pub fn read(message: &Message<'_>, payload: &Value, call: &mut Snapshot) -> Vec<Kind> {
    (call.from, call.to) = (None, None);
    let (kind, mode, status) = match message.event {
        "call.bridged" => (Kind::TransferStarted, None, "connected"),
        "call.refer.started" => (Kind::TransferStarted, Some("sip"), "started"),
        "call.refer.completed" => (Kind::TransferEnded, Some("sip"), "connected"),
        _ => (Kind::TransferEnded, Some("sip"), "failed"),
    };
    call.transfer = Some(Transfer {
        to: field::text(payload, &["/to"]).as_deref().map(number::shown),
        mode: mode.map(Into::into),
        status: Some(status.into()),
        at: message.at,
    });
    vec![kind]
}
