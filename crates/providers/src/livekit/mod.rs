//! LiveKit: rooms and the people in them. A telephone call is a SIP participant, with the room as its session; the room itself is a call too,
//! for conversations without a telephone. Facts: docs/providers/livekit.md.

mod participant;
mod room;
mod signature;

use crate::message::{Message, not_a_message};
use crate::{Answer, Field, Provider, Reply, Request, Signature, Unreadable};
use crate::{body, field, policy, settings, time};
use calls::{Observation, Policy};
use kernel::Timestamp;
use serde_json::Value;
use std::sync::Arc;

pub struct LiveKit;

const NAME: &str = "livekit";

impl Provider for LiveKit {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "LiveKit"
    }

    fn fields(&self) -> &'static [Field] {
        const FIELDS: &[Field] = &[
            settings::secret("API secret", "Of the key that the webhook is signed with."),
            settings::optional(
                "api_key",
                "API key",
                "Where one is given, tokens of another key are refused.",
            ),
        ];
        FIELDS
    }

    fn verify(&self, request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
        signature::verify(request, auth, now)
    }

    fn read(&self, request: &Request<'_>) -> Result<Vec<Observation>, Unreadable> {
        let raw = Arc::new(body::read(request)?);
        let event = field::text(&raw, &["/event"])
            .ok_or_else(|| not_a_message("/event", "LiveKit", "a name"))?;
        let message = Message {
            provider: NAME,
            event: &event,
            at: time::at(&raw, &["/createdAt"]),
            raw: &raw,
        };
        let told = match raw["participant"]["kind"].as_str() {
            Some("SIP") => participant::told(&message),
            _ => room::told(&message),
        };
        Ok(told.into_iter().collect())
    }

    fn reply(&self, _: &Request<'_>, _: &[Observation], _: &Answer) -> Reply {
        Reply::empty()
    }

    fn policy(&self) -> Policy {
        Policy {
            legs_by_session: true,
            ..policy::telephone()
        }
    }
}

/// Every event has an id of its own; events of older servers have none.
fn key(raw: &Value) -> String {
    field::text(raw, &["/id", "/createdAt"]).unwrap_or_default()
}

/// The sender's variables are JSON in the room's metadata.
fn variables(raw: &Value) -> serde_json::Map<String, Value> {
    let text = raw["room"]["metadata"].as_str().unwrap_or_default();
    match serde_json::from_str(text) {
        Ok(Value::Object(variables)) => variables,
        _ => serde_json::Map::new(),
    }
}
