//! A channel as every event describes it. It has no direction: one that rings at us came in, one that we let ring went out, which is inferred.

use crate::{field, number, time};
use calls::Snapshot;
use serde_json::Value;

/// Channels that only carry sound within Asterisk.
const NO_CALLS: [&str; 4] = ["Local/", "Snoop/", "UnicastRTP/", "AudioSocket/"];

pub fn snapshot(channel: &Value) -> Option<Snapshot> {
    let text = |pointers: &[&str]| field::text(channel, pointers);
    let name = text(&["/name"]).unwrap_or_default();
    if NO_CALLS.iter().any(|prefix| name.starts_with(prefix)) {
        return None;
    }
    let direction = match text(&["/state"]).as_deref() {
        Some("Ring") => Some("inbound"),
        Some("Ringing") => Some("outbound"),
        _ => None,
    };
    // `s` and `h` are steps of the dialplan, no numbers.
    let dialled = text(&["/dialplan/exten"]).filter(|exten| exten != "s" && exten != "h");
    Some(Snapshot {
        provider_call_id: text(&["/id"])?,
        direction: direction.map(Into::into),
        from: text(&["/caller/number"]).as_deref().map(number::shown),
        to: dialled
            .or_else(|| text(&["/connected/number"]))
            .as_deref()
            .map(number::shown),
        started_at: time::at(channel, &["/creationtime"]),
        ..Snapshot::default()
    })
}
