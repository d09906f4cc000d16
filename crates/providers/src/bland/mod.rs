//! Bland AI: one report after the call, and tools in free form. Facts: docs/providers/bland.md.

mod report;
mod signature;
mod simulate;

use crate::message::{Message, fingerprint, not_a_message};
use crate::{Answer, Field, Played, Provider, Reply, Request, Signature, Unreadable};
use crate::{asked, body, field, rehearsal, settings, tool};
use calls::{Observation, Snapshot};
use kernel::Timestamp;
use serde_json::Value;
use std::sync::Arc;

pub struct Bland;

const NAME: &str = "bland";

impl Provider for Bland {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Bland AI"
    }

    fn fields(&self) -> &'static [Field] {
        const FIELDS: &[Field] = &[
            settings::secret(
                "Webhook secret",
                "The signing secret under account settings in Bland. Tools are not signed: give them this as bearer token.",
            ),
            settings::OWN_HEADER,
        ];
        FIELDS
    }

    fn verify(&self, request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
        signature::verify(request, auth, now)
    }

    fn read(&self, request: &Request<'_>) -> Result<Vec<Observation>, Unreadable> {
        let raw = body::read(request)?;
        if !raw.is_object() {
            return Err(not_a_message("", "Bland", "an object"));
        }
        let is_report = ["queue_status", "call_length", "completed", "transcripts"]
            .iter()
            .any(|name| raw.get(*name).is_some());
        match field::text(&raw, &["/call_id", "/c_id"]) {
            _ if tool::is_named(request) => Ok(vec![tool::free_form(NAME, request, raw)]),
            Some(id) if is_report => Ok(vec![report::told(raw, id)]),
            Some(id) => Ok(vec![other(raw, id, request)]),
            None => Ok(vec![tool::free_form(NAME, request, raw)]),
        }
    }

    fn reply(&self, _: &Request<'_>, read: &[Observation], answer: &Answer) -> Reply {
        match asked(read) {
            Some(_) => crate::reply::result(answer.only()),
            None => Reply::empty(),
        }
    }

    fn simulate(&self, played: &Played<'_>) -> Vec<String> {
        rehearsal::bodies(&simulate::messages(played))
    }
}

/// Events during the call, whose shape is not documented: kept as they are.
fn other(raw: Value, provider_call_id: String, request: &Request<'_>) -> Observation {
    let event = field::text(&raw, &["/event", "/category"]).unwrap_or_else(|| "event".into());
    let message = Message {
        provider: NAME,
        event: &event,
        at: None,
        raw: &Arc::new(raw),
    };
    let call = Snapshot {
        provider_call_id,
        ..Snapshot::default()
    };
    message.observe(&fingerprint(request.content()), vec![], call)
}
