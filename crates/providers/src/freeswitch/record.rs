//! A record of mod_json_cdr: one per leg, after it. It comes as JSON, or as a form with the JSON in it; the values of its variables are
//! percent-encoded unless that is switched off.

use super::{NAME, event};
use crate::message::{Message, call_id};
use crate::signature::base64;
use crate::{Unreadable, ending, field, form, number, time};
use calls::{Kind, Observation, Snapshot};
use serde_json::{Map, Value};
use std::sync::Arc;

/// The JSON in `cdr=…`, percent-encoded or base64.
pub fn encoded(body: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(body).ok()?.trim();
    let decoded = form::percent_decoded(text.strip_prefix("cdr=")?);
    match decoded.trim_start().starts_with('{') {
        true => Some(decoded.into_bytes()),
        false => base64(decoded.trim()),
    }
}

pub fn told(mut raw: Value) -> Result<Option<Observation>, Unreadable> {
    if let Some(variables) = raw["variables"].as_object_mut() {
        decode(variables);
    }
    let id = call_id(
        &raw,
        "json_cdr",
        &["/variables/uuid", "/callflow/0/caller_profile/uuid"],
    )?;
    let raw = Arc::new(raw);
    let call = snapshot(&raw, id);
    let message = Message {
        provider: NAME,
        event: "json_cdr",
        at: call.ended_at,
        raw: &raw,
    };
    Ok(Some(Observation {
        complete: true,
        no_analysis_to_come: true,
        ..message.observe("", vec![Kind::Ended], call)
    }))
}

fn decode(variables: &mut Map<String, Value>) {
    for value in variables.values_mut() {
        if let Value::String(text) = value {
            *text = form::percent_decoded(text);
        }
    }
}

fn snapshot(raw: &Value, provider_call_id: String) -> Snapshot {
    let text = |pointers: &[&str]| field::text(raw, pointers);
    let number = |pointers: &[&str]| text(pointers).map(|text| number::shown(&text));
    let seconds = |pointer: &str| field::number(raw, &[pointer]).filter(|seconds| *seconds >= 0.0);
    let variables = field::object(raw, &["/variables"]).into_iter().flatten();
    let headers = variables.filter_map(|(name, value)| {
        let name = name.strip_prefix("sip_h_")?;
        Some((name.to_owned(), value.clone()))
    });
    let mut call = Snapshot {
        parent_id: text(&["/variables/call_uuid"]).filter(|id| *id != provider_call_id),
        provider_call_id,
        direction: text(&["/variables/direction", "/channel_data/direction"])
            .filter(|way| way == "inbound" || way == "outbound"),
        from: number(&[
            "/callflow/0/caller_profile/caller_id_number",
            "/variables/sip_from_user",
        ]),
        to: number(&[
            "/callflow/0/caller_profile/destination_number",
            "/variables/sip_to_user",
        ]),
        started_at: time::at(raw, &["/variables/start_epoch"]),
        answered_at: time::at(raw, &["/variables/answer_epoch"]),
        ended_at: time::at(raw, &["/variables/end_epoch"]),
        duration_s: seconds("/variables/duration"),
        talk_s: seconds("/variables/billsec"),
        variables: headers.collect(),
        ..Snapshot::default()
    };
    if let Some(reason) = text(&["/variables/hangup_cause"]) {
        ending::apply(&reason, &mut call);
    }
    event::hung_up(text(&["/variables/sip_hangup_disposition"]), &mut call);
    call
}
