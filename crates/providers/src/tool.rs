//! Tools in free form: platforms that post nothing but a tool's arguments, in a body that the user defines. The tool's name and the call
//! come from the address (`?tool=book&call_id=…`) or from well-known arguments; without a call the id is made up.

use crate::message::{Message, fingerprint};
use crate::{Request, field, form};
use calls::{Observation, Snapshot, Tool};
use serde_json::Value;
use std::sync::Arc;

/// Where platforms' variables usually put the call's id.
const CALL_IDS: [&str; 4] = [
    "/call_id",
    "/conversation_id",
    "/system__conversation_id",
    "/call/call_id",
];

pub fn free_form(provider: &'static str, request: &Request<'_>, raw: Value) -> Observation {
    let mut query = form::object(query(request).as_bytes());
    let mut named = |name: &str| match query.remove(name) {
        Some(Value::String(text)) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        _ => None,
    };
    let (name, call, id) = (named("tool"), named("call_id"), named("tool_call_id"));
    let key = fingerprint(request.content());
    let known = call.or_else(|| field::text(&raw, &CALL_IDS));
    let made_up = known.is_none();
    let call = Snapshot {
        provider_call_id: known.unwrap_or_else(|| format!("tool-{key}")),
        ..Snapshot::default()
    };
    let tool = Tool {
        id,
        name: name.unwrap_or_default(),
        arguments: arguments(&raw, request.body.is_empty()),
    };
    let message = Message {
        provider,
        event: "tool",
        at: None,
        raw: &Arc::new(raw),
    };
    Observation {
        made_up,
        ..message.ask_tool(&key, tool, call)
    }
}

/// Whether the address says that a tool is asked for.
pub fn is_named(request: &Request<'_>) -> bool {
    form::object(query(request).as_bytes()).contains_key("tool")
}

/// A GET's arguments are its query, without what only finds the way.
fn arguments(raw: &Value, is_query: bool) -> Value {
    let mut arguments = field::arguments(raw);
    if let Some(members) = arguments.as_object_mut().filter(|_| is_query) {
        for name in ["tool", "tool_call_id", "call_id"] {
            members.shift_remove(name);
        }
    }
    arguments
}

fn query<'a>(request: &Request<'a>) -> &'a str {
    request.url.split_once('?').map_or("", |(_, query)| query)
}
