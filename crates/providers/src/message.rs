//! How a normaliser says what it read: one observation of one call, keyed so that the same message sent twice is the same observation.
//! The key holds the event's name and the call; what tells two messages of those apart comes from the platform.

use crate::signature::sha256;
use crate::{Unreadable, field};
use calls::{Kind, Observation, Snapshot, Tool};
use kernel::Timestamp;
use serde_json::Value;
use std::sync::Arc;

/// A message of a platform about a call.
pub struct Message<'m> {
    pub provider: &'static str,
    /// The platform's own name of it.
    pub event: &'m str,
    pub at: Option<Timestamp>,
    pub raw: &'m Arc<Value>,
}

impl Message<'_> {
    /// `key` tells this message from others of its name and call.
    pub fn observe(&self, key: &str, claims: Vec<Kind>, call: Snapshot) -> Observation {
        Observation {
            provider: self.provider.into(),
            provider_event: self.event.into(),
            dedupe: format!("{}:{}:{key}", self.event, call.provider_call_id),
            claims,
            at: self.at,
            call,
            raw: self.raw.clone(),
            ..Observation::default()
        }
    }

    /// A question about a tool, by its id or, where there is none, by `key`.
    pub fn ask_tool(&self, key: &str, tool: Tool, mut call: Snapshot) -> Observation {
        call.status = Some("in-progress".into());
        let key = tool.id.clone().unwrap_or_else(|| key.to_owned());
        Observation {
            tool: Some(tool),
            ..self.observe(&key, vec![Kind::ToolCalled], call)
        }
    }
}

/// What a message claims of all that it may.
pub fn claims(claimed: impl IntoIterator<Item = (Kind, bool)>) -> Vec<Kind> {
    let holding = claimed.into_iter().filter(|(_, holds)| *holds);
    holding.map(|(kind, _)| kind).collect()
}

/// What a message is, for messages that are known by their bytes alone.
pub fn fingerprint(bytes: &[u8]) -> String {
    hex::encode(&sha256(bytes)[..12])
}

/// The call's id, without which a message that is about a call is refused.
pub fn call_id(raw: &Value, event: &str, pointers: &[&str]) -> Result<String, Unreadable> {
    field::text(raw, pointers).ok_or_else(|| Unreadable {
        path: pointers.first().copied().unwrap_or_default().into(),
        message: format!("a message of type {event} needs the id of its call"),
    })
}

pub fn not_a_message(path: &str, title: &str, what: &str) -> Unreadable {
    Unreadable {
        path: path.into(),
        message: format!("every message of {title} has {what} here, this one has none"),
    }
}
