//! The names that `{{ }}` sees of an event. Each value is made only when it is asked for.

use crate::{Event, number, payload};
use serde::Serialize;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A fixed name means the same on every call: where it is not known it is missing, and no variable of the sender's takes
/// its place.
pub(super) fn get<'e>(event: &'e Event, name: &str) -> Option<Cow<'e, Value>> {
    let value = match name {
        "raw" => return Some(Cow::Borrowed(&*event.raw)),
        "args" => return arguments(event),
        "error" | "failed" | "failing" => {
            return event.signal.as_ref()?.get(name).map(Cow::Borrowed);
        }
        "payload" => payload::envelope(event),
        "payload_flat" => payload::data(event),
        "call" => json(&*event.call),
        "contact" => contact(event)?,
        "vars" => Value::Object(event.call.variables.clone()),
        "outcome" => payload::extracted(&event.call)?,
        "answers" => Value::Object(event.call.analysis.as_ref()?.answers.clone()),
        "tool" => json(event.tool.as_ref()?),
        "live" if event.kind.asks() => Value::Object(Map::new()),
        "live" => return None,
        _ => match of_call(event, name).or_else(|| of_setting(event, name)) {
            Some(known) => known?,
            None => return event.call.variables.get(name).map(Cow::Borrowed),
        },
    };
    Some(Cow::Owned(value))
}

/// `None`: no such name; `Some(None)`: not known of this call.
fn of_call(event: &Event, name: &str) -> Option<Option<Value>> {
    let call = &*event.call;
    let analysis = call.analysis.as_ref();
    Some(match name {
        "call_id" => Some(event.call_id.to_string().into()),
        "provider_call_id" => Some(call.provider_call_id.as_str().into()),
        "provider" => Some((*event.provider).into()),
        "caller_number" => text(&call.from),
        "recipient_number" => text(&call.to),
        "customer_number" => call.customer_number().map(Value::from),
        "agent_number" => call.agent_number().map(Value::from),
        "phone_type" => text(&call.phone_type),
        "direction" => text(&call.direction),
        "duration" => call.duration_s.map(number::value),
        "talk_duration" => call.talk_s.map(number::value),
        "timestamp" => Some(event.at.to_string().into()),
        "started_at" => call.started_at.map(|at| at.to_string().into()),
        "answered_at" => call.answered_at.map(|at| at.to_string().into()),
        "ended_at" => call.ended_at.map(|at| at.to_string().into()),
        "call_status" => event.call_status().map(Value::from),
        "status" => text(&call.status),
        "connected" => call.connected.map(Value::from),
        "end_reason" => text(&call.end_reason),
        "end_reason_class" => call.end_reason_class().map(Value::from),
        "ended_by" => text(&call.ended_by),
        "recording_url" => {
            let recording = call.recording.as_ref();
            recording.and_then(|told| told.address()).map(Value::from)
        }
        "transcript" => some_talk(event).map(|talk| super::talk::formatted(talk).into()),
        "transcript_turns" => some_talk(event).map(json),
        "summary" => analysis.and_then(|analysis| text(&analysis.summary)),
        "success" => analysis.and_then(|analysis| analysis.success.map(Value::from)),
        "sentiment" => analysis.and_then(|analysis| text(&analysis.sentiment)),
        "disposition" => text(&call.disposition),
        _ => return None,
    })
}

/// What stands around the call: agent, campaign, workspace.
fn of_setting(event: &Event, name: &str) -> Option<Option<Value>> {
    let agent = event.call.agent.as_ref();
    let campaign = event.call.campaign.as_ref();
    Some(match name {
        "agent_id" => agent.and_then(|agent| text(&agent.id)),
        "agent_name" => agent.and_then(|agent| text(&agent.name)),
        "agent_language" => agent.and_then(|agent| text(&agent.language)),
        "campaign_id" => campaign.and_then(|campaign| text(&campaign.id)),
        "campaign_name" => campaign.and_then(|campaign| text(&campaign.name)),
        "campaign_type" => campaign.and_then(|campaign| text(&campaign.kind)),
        "workspace_id" => Some(event.workspace_id.to_string().into()),
        "workspace_name" => Some((*event.workspace_name).into()),
        _ => return None,
    })
}

/// The contact's columns; the number it was reached under, where it has none of its own.
fn contact(event: &Event) -> Option<Value> {
    let mut contact = event.call.contact.clone();
    if !contact.contains_key("phone")
        && let Some(number) = event.call.customer_number()
    {
        contact.insert("phone".into(), number.into());
    }
    (!contact.is_empty()).then_some(Value::Object(contact))
}

fn arguments(event: &Event) -> Option<Cow<'_, Value>> {
    let of_step = || event.script_step.as_ref()?.get("arguments");
    let of_tool = event.tool.as_ref().map(|tool| &tool.arguments);
    of_tool.or_else(of_step).map(Cow::Borrowed)
}

fn some_talk(event: &Event) -> Option<&[crate::call::Turn]> {
    let turns = event.call.transcript.as_slice();
    (!turns.is_empty()).then_some(turns)
}

fn text(text: &Option<String>) -> Option<Value> {
    text.as_deref().map(Value::from)
}

fn json<T: Serialize + ?Sized>(value: &T) -> Value {
    serde_json::to_value(value).expect("our own types have text keys only")
}
