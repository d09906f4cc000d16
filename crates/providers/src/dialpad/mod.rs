//! Dialpad: the call as it is, at every change of its state. With a secret the whole body is a JWT. Facts: docs/providers/dialpad.md.

mod call;
mod signature;
mod state;

use crate::message::{Message, call_id};
use crate::{Answer, Field, Provider, Reply, Request, Signature, Unreadable};
use crate::{body, field, policy, settings, time};
use calls::{Observation, Policy};
use kernel::Timestamp;
use serde_json::Value;
use std::sync::Arc;

pub struct Dialpad;

const NAME: &str = "dialpad";

impl Provider for Dialpad {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Dialpad"
    }

    fn fields(&self) -> &'static [Field] {
        const FIELDS: &[Field] = &[settings::secret(
            "Webhook secret",
            "The one that the webhook was made with; Dialpad then sends every event as a signed token.",
        )];
        FIELDS
    }

    fn verify(&self, request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
        signature::verify(request, auth, now)
    }

    fn read(&self, request: &Request<'_>) -> Result<Vec<Observation>, Unreadable> {
        let raw = match signature::token(request.body) {
            Some(token) => signature::claims(&token)?,
            None => body::read(request)?,
        };
        let state = field::text(&raw, &["/state"]).unwrap_or_default();
        let id = call_id(&raw, &state, &["/call_id"])?;
        let raw = Arc::new(raw);
        let message = Message {
            provider: NAME,
            event: &state,
            at: time::at(&raw, &["/event_timestamp"]),
            raw: &raw,
        };
        Ok(vec![state::told(&message, call::snapshot(&raw, id))])
    }

    fn reply(&self, _: &Request<'_>, _: &[Observation], _: &Answer) -> Reply {
        Reply::empty()
    }

    fn policy(&self) -> Policy {
        policy::late_words()
    }
}
