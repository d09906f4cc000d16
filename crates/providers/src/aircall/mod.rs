//! Aircall: events of a call, each with the whole call and the webhook's token in the body. Facts: docs/providers/aircall.md.

mod call;
mod event;

use crate::message::{Message, call_id, not_a_message};
use crate::signature::{same, with_secret};
use crate::{Answer, Field, Provider, Reply, Request, Signature, Unreadable};
use crate::{body, field, policy, settings, time};
use calls::{Observation, Policy};
use kernel::Timestamp;
use serde_json::Value;
use std::sync::Arc;

pub struct Aircall;

const NAME: &str = "aircall";

impl Provider for Aircall {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Aircall"
    }

    fn fields(&self) -> &'static [Field] {
        const FIELDS: &[Field] = &[settings::secret(
            "Webhook token",
            "Shown with the webhook in Aircall's integrations; every message carries it.",
        )];
        FIELDS
    }

    /// The token does not cover the rest of the body.
    fn verify(&self, request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
        with_secret(auth, now, |secret| {
            let raw = body::read(request).unwrap_or_default();
            let token = raw["token"].as_str().ok_or("the body has no token")?;
            match same(token.as_bytes(), secret.as_bytes()) {
                true => Ok(()),
                false => Err("the token in the body is not the configured one".into()),
            }
        })
    }

    fn read(&self, request: &Request<'_>) -> Result<Vec<Observation>, Unreadable> {
        let mut raw = body::read(request)?;
        let event = field::text(&raw, &["/event"])
            .ok_or_else(|| not_a_message("/event", "Aircall", "a name"))?;
        let is_call = raw["resource"] == "call" || event.starts_with("call.");
        let id = match is_call {
            true => Some(call_id(&raw, &event, &["/data/id"])?),
            false => field::text(&raw, &["/data/call_id", "/data/call/id", "/data/call_uuid"]),
        };
        let Some(id) = id else {
            return Ok(Vec::new());
        };
        // A secret has no place among what is kept of a call.
        if let Some(members) = raw.as_object_mut() {
            members.shift_remove("token");
        }
        let raw = Arc::new(raw);
        let message = Message {
            provider: NAME,
            event: &event,
            at: time::at(&raw, &["/timestamp"]),
            raw: &raw,
        };
        Ok(vec![event::told(
            &message,
            call::snapshot(&raw["data"], id, is_call),
        )])
    }

    fn reply(&self, _: &Request<'_>, _: &[Observation], _: &Answer) -> Reply {
        Reply::empty()
    }

    fn policy(&self) -> Policy {
        policy::late_words()
    }
}
