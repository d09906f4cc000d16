//! Synthflow: the report after a call, the question while a number rings, actions in free form. Facts: docs/providers/synthflow.md.

mod incoming;
mod report;
mod signature;
mod simulate;

use crate::message::not_a_message;
use crate::{Answer, Field, Played, Provider, Reply, Request, Signature, Unreadable};
use crate::{asked, body, field, rehearsal, settings, tool};
use calls::{Kind, Observation};
use kernel::Timestamp;
use serde_json::Value;

pub struct Synthflow;

const NAME: &str = "synthflow";

impl Provider for Synthflow {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Synthflow"
    }

    fn fields(&self) -> &'static [Field] {
        const FIELDS: &[Field] = &[
            settings::secret(
                "Webhook secret",
                "From the webhook settings of Synthflow's workspace. Actions are not signed: give them this as bearer token.",
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
            return Err(not_a_message("", "Synthflow", "an object"));
        }
        if raw["call_inbound"].is_object() {
            return Ok(vec![incoming::read(raw)]);
        }
        match field::text(&raw, &["/call/call_id"]).filter(|_| !tool::is_named(request)) {
            Some(id) => Ok(vec![report::told(raw, id)]),
            None => Ok(vec![tool::free_form(NAME, request, raw)]),
        }
    }

    fn reply(&self, _: &Request<'_>, read: &[Observation], answer: &Answer) -> Reply {
        match asked(read) {
            Some(Kind::Incoming) => incoming::reply(answer.only()),
            Some(_) => crate::reply::result(answer.only()),
            None => Reply::empty(),
        }
    }

    fn simulate(&self, played: &Played<'_>) -> Vec<String> {
        rehearsal::bodies(&simulate::messages(played))
    }
}
