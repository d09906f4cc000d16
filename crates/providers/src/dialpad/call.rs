//! What every event says of its call. Times are milliseconds, lengths too but with measuring noise, so they are told in whole seconds;
//! ids beyond 2^53 stay text.

use crate::people::Person;
use crate::{field, number, time};
use calls::Snapshot;
use calls::call::{Agent, Recording};
use serde_json::{Map, Value};

pub fn snapshot(raw: &Value, provider_call_id: String) -> Snapshot {
    let text = |pointers: &[&str]| field::text(raw, pointers);
    let number = |pointer: &str| text(&[pointer]).map(|text| number::shown(&text));
    let seconds = |pointer: &str| {
        let milliseconds = field::number(raw, &[pointer]).filter(|length| *length >= 0.0);
        milliseconds.map(|milliseconds| (milliseconds / 1e3).round())
    };
    let (theirs, ours) = (number("/external_number"), number("/internal_number"));
    let direction = text(&["/direction"]).filter(|way| way == "inbound" || way == "outbound");
    let (from, to) = match direction.as_deref() {
        Some("inbound") => (theirs, ours),
        Some("outbound") => (ours, theirs),
        _ => (None, None),
    };
    let person = Person {
        id: text(&["/contact/id"]),
        name: text(&["/contact/name"]),
        email: text(&["/contact/email"]),
        phone: text(&["/contact/phone", "/external_number"]),
    };
    Snapshot {
        parent_id: text(&["/master_call_id", "/entry_point_call_id"])
            .filter(|id| *id != provider_call_id),
        provider_call_id,
        direction,
        from,
        to,
        agent: text(&["/target/id"]).map(|id| Agent {
            id: Some(id),
            name: text(&["/target/name"]),
            ..Agent::default()
        }),
        contact: person.contact(),
        started_at: time::at(raw, &["/date_started"]),
        answered_at: time::at(raw, &["/date_connected"]),
        ended_at: time::at(raw, &["/date_ended"]),
        duration_s: seconds("/total_duration"),
        talk_s: seconds("/talk_time").or_else(|| seconds("/duration")),
        metadata: metadata(raw),
        ..Snapshot::default()
    }
}

fn metadata(raw: &Value) -> Map<String, Value> {
    let names = [
        "labels",
        "mos_score",
        "csat_score",
        "is_transferred",
        "group_id",
    ];
    let told = names.iter().filter_map(|name| {
        let value = raw.get(*name).filter(|value| !value.is_null())?;
        Some(((*name).to_owned(), value.clone()))
    });
    told.collect()
}

pub fn recording(raw: &Value) -> Option<Recording> {
    let detail = field::list(raw, &["/recording_details"]).last();
    let detail = detail.unwrap_or(&Value::Null);
    Some(Recording {
        url: Some(field::text(detail, &["/url"])?),
        duration_s: field::number(detail, &["/duration"])
            .filter(|length| *length >= 0.0)
            .map(|milliseconds| milliseconds / 1e3),
        ..Recording::default()
    })
}

pub fn voicemail(raw: &Value) -> Option<Recording> {
    Some(Recording {
        url: Some(field::text(raw, &["/voicemail_link"])?),
        ..Recording::default()
    })
}
