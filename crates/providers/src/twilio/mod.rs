//! Twilio Voice: requests for instructions and callbacks, answered in TwiML. Facts: docs/providers/twilio.md.

mod list;
mod recordings;
mod signature;
mod simulate;

use crate::message::{Message, fingerprint};
use crate::{Answer, CallList, Field, Played, Provider, Reply, Request, Signature, Unreadable};
use crate::{asked, body, field, policy, settings, twiml};
use calls::{Observation, Policy, Snapshot};
use kernel::Timestamp;
use serde_json::Value;
use std::sync::Arc;

pub struct Twilio;

const NAME: &str = "twilio";

impl Provider for Twilio {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Twilio"
    }

    fn fields(&self) -> &'static [Field] {
        const FIELDS: &[Field] = &[settings::secret(
            "Auth token",
            "Of the account that owns the number, on the first page of Twilio's console.",
        )];
        FIELDS
    }

    fn verify(&self, request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
        signature::verify(request, auth, now)
    }

    fn call_list(&self) -> Option<&'static dyn CallList> {
        Some(&list::Calls)
    }

    fn read(&self, request: &Request<'_>) -> Result<Vec<Observation>, Unreadable> {
        let raw = body::read(request)?;
        match body::looks_like_json(request.content()) {
            true => Ok(other(raw, request)),
            false => Ok(vec![twiml::read(NAME, raw)?]),
        }
    }

    fn reply(&self, _: &Request<'_>, read: &[Observation], answer: &Answer) -> Reply {
        match asked(read) {
            Some(_) => Reply::spoken(answer.only(), "Say"),
            None => Reply::xml(""),
        }
    }

    fn policy(&self) -> Policy {
        policy::telephone()
    }

    fn tells_words(&self) -> bool {
        false
    }

    fn simulate(&self, played: &Played<'_>) -> Vec<String> {
        simulate::messages(played)
    }
}

/// Products around the call speak JSON; what they say of a call is kept.
fn other(raw: Value, request: &Request<'_>) -> Vec<Observation> {
    let Some(id) = field::text(&raw, &["/CallSid"]) else {
        return Vec::new();
    };
    let event = field::text(&raw, &["/Event", "/event"]).unwrap_or_else(|| "event".into());
    let message = Message {
        provider: NAME,
        event: &event,
        at: None,
        raw: &Arc::new(raw),
    };
    let call = Snapshot {
        provider_call_id: id,
        ..Snapshot::default()
    };
    vec![message.observe(&fingerprint(request.body), vec![], call)]
}
