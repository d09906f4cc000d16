//! Transfers: only the bridge says that the target has picked up, so it is the start that flows see; what leads up to it enriches.

use crate::message::Message;
use crate::{field, number};
use calls::call::Transfer;
use calls::{Kind, Observation, Snapshot};
use serde_json::Value;

pub fn told(message: &Message<'_>, mut call: Snapshot) -> Observation {
    let raw: &Value = message.raw;
    let (claims, status) = match message.event {
        "transfer_started" => (vec![], Some("started")),
        "transfer_bridged" => (vec![Kind::TransferStarted], Some("connected")),
        "transfer_cancelled" => (vec![Kind::TransferEnded], Some("cancelled")),
        "transfer_ended" => (vec![Kind::TransferEnded], None),
        _ => (vec![], None),
    };
    let to = [
        "/transfer_destination/number",
        "/transfer_destination",
        "/call/transfer_destination",
    ];
    let option = field::text(raw, &["/transfer_option/type"]).unwrap_or_default();
    let modes = [("cold", "cold"), ("warm", "warm"), ("agentic", "warm")];
    let mode = modes.into_iter().find(|(word, _)| option.starts_with(word));
    let transfer = Transfer {
        to: field::text(raw, &to).as_deref().map(number::shown),
        mode: mode.map(|(_, mode)| mode.into()),
        status: status.map(Into::into),
        at: None,
    };
    let key = transfer.to.clone().unwrap_or_default();
    call.transfer = Some(transfer);
    message.observe(&key, claims, call)
}
