//! The default payload: what a webhook carries unless it says otherwise, and what `${ }` sees. A table of fields, so that
//! one name is made without the others; `docs/payload.md` is its description.

mod views;

use crate::event::talk;
use crate::{Event, Kind, Snapshot, number};
use kernel::Timestamp;
use serde_json::{Map, Value};

type Field = (&'static str, fn(&Event) -> Option<Value>);

/// In the order of the payload. A field without a value is left out; one that is only unknown is null.
const FIELDS: [Field; 28] = [
    ("id", |e| Some(e.call_id.to_string().into())),
    ("customer_phone", |e| Some(e.call.customer_number().into())),
    ("assistant_phone", |e| Some(e.call.agent_number().into())),
    ("direction", |e| Some(e.call.direction.as_deref().into())),
    ("duration", |e| Some(seconds(e.call.duration_s))),
    ("status", |e| Some(e.call.status.as_deref().into())),
    ("extracted_variables", |e| {
        Some(with_status_and_summary(&e.call))
    }),
    ("input_variables", |e| {
        Some(Value::Object(e.call.variables.clone()))
    }),
    ("transcript", |e| Some(talk::turns(&e.call))),
    ("formatted_transcript", |e| {
        Some(talk::formatted(&e.call.transcript).into())
    }),
    ("recording_url", |e| Some(recording_url(&e.call).into())),
    ("created_at", |e| Some(created_at(e))),
    ("finished_at", |e| Some(finished_at(e))),
    ("lead", lead),
    ("campaign", campaign),
    ("contact_name", |e| Some(e.call.contact_name().into())),
    ("phone_type", |e| Some(e.call.phone_type.as_deref().into())),
    ("end_reason", |e| Some(e.call.end_reason.as_deref().into())),
    ("events", |e| Some(events(e))),
    ("action_results", |_| Some(Value::Array(Vec::new()))),
    ("callInfo", |e| Some(views::call_info(&e.call))),
    ("analysis", |e| Some(views::analysis(e))),
    ("context", |e| Some(views::context(e))),
    ("outcome", |e| Some(e.call.disposition.as_deref().into())),
    ("connected", |e| Some(e.call.connected.into())),
    ("talk_duration", |e| Some(seconds(e.call.talk_s))),
    ("provider", |e| Some((*e.provider).into())),
    ("provider_call_id", |e| {
        Some(e.call.provider_call_id.as_str().into())
    }),
];

/// Field names, for the checks of `${ }` paths.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().map(|(name, _)| *name)
}

/// `{id, type, timestamp, data}`.
pub(crate) fn envelope(event: &Event) -> Value {
    let mut envelope = Map::with_capacity(4);
    envelope.insert("id".into(), event.id.to_string().into());
    envelope.insert("type".into(), event.kind.name().into());
    envelope.insert("timestamp".into(), event.at.to_string().into());
    envelope.insert("data".into(), data(event));
    Value::Object(envelope)
}

pub(crate) fn data(event: &Event) -> Value {
    let mut data = Map::with_capacity(FIELDS.len());
    for (name, value) in &FIELDS {
        if let Some(value) = value(event) {
            data.insert((*name).into(), value);
        }
    }
    for (name, said) in event.signal.iter().flat_map(|signal| signal.iter()) {
        data.insert(name.clone(), said.clone());
    }
    Value::Object(data)
}

/// One name of the payload view. `duration` is the talk where the platform reports it: that is what `${duration}` means
/// where this spelling comes from.
pub(crate) fn view(event: &Event, name: &str) -> Option<Value> {
    if name == "duration" {
        return Some(seconds(event.call.talk_s.or(event.call.duration_s)));
    }
    let (_, value) = FIELDS.iter().find(|(field, _)| *field == name)?;
    value(event)
}

/// What was extracted from the call, as `outcome.*` sees it: `status` (objective achieved) and `summary` beside the
/// extracted variables, which win. `None` before there is an analysis.
pub(crate) fn extracted(call: &Snapshot) -> Option<Value> {
    let analysis = call.analysis.as_ref()?;
    if !analysis.says_something() && analysis.by.is_none() {
        return None;
    }
    let mut extracted = Map::with_capacity(analysis.structured.len() + 2);
    extracted.insert("status".into(), analysis.success.into());
    extracted.insert("summary".into(), analysis.summary.as_deref().into());
    for (name, value) in &analysis.structured {
        extracted.insert(name.clone(), value.clone());
    }
    Some(Value::Object(extracted))
}

fn with_status_and_summary(call: &Snapshot) -> Value {
    extracted(call).unwrap_or_else(|| serde_json::json!({"status": null, "summary": null}))
}

fn seconds(seconds: Option<f64>) -> Value {
    seconds.map_or(Value::Null, number::value)
}

fn recording_url(call: &Snapshot) -> Option<&str> {
    call.recording.as_ref()?.address()
}

fn created_at(event: &Event) -> Value {
    let first = || event.moments.iter().map(|(_, at)| *at).min();
    let at = event.call.started_at.or_else(first);
    at.map_or(Value::Null, |at| at.to_string().into())
}

fn finished_at(event: &Event) -> Value {
    let at = event.call.ended_at.or_else(|| event.moment(Kind::Ended));
    at.map_or(Value::Null, |at| at.to_string().into())
}

fn lead(event: &Event) -> Option<Value> {
    event.call.campaign.as_ref()?;
    let mut lead = event.call.contact.clone();
    if !lead.contains_key("phone") {
        lead.insert("phone".into(), event.call.customer_number().into());
    }
    Some(Value::Object(lead))
}

fn campaign(event: &Event) -> Option<Value> {
    let campaign = event.call.campaign.as_ref()?;
    let mut fields = Map::with_capacity(3);
    fields.insert("id".into(), campaign.id.as_deref().into());
    fields.insert("name".into(), campaign.name.as_deref().into());
    fields.insert("type".into(), campaign.kind.as_deref().into());
    Some(Value::Object(fields))
}

/// By time: what came in late still stands where it belongs.
fn events(event: &Event) -> Value {
    let mut moments = event.moments.to_vec();
    moments.sort_by_key(|(_, at)| *at);
    let moment = |(kind, at): (Kind, Timestamp)| {
        let mut moment = Map::with_capacity(2);
        moment.insert("type".into(), kind.name().into());
        moment.insert("at".into(), at.to_string().into());
        Value::Object(moment)
    };
    moments.into_iter().map(moment).collect()
}
