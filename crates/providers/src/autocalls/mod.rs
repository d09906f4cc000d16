//! Autocalls, also known as Famulor: the report after a call, and tools in free form. Nothing is signed. Facts: docs/providers/autocalls.md.

mod report;
mod simulate;

use crate::message::not_a_message;
use crate::{Answer, Field, Played, Provider, Reply, Request, Signature, Unreadable};
use crate::{asked, body, field, rehearsal, settings, signature, tool};
use calls::Observation;
use kernel::Timestamp;
use serde_json::Value;

pub struct Autocalls;

const NAME: &str = "autocalls";

impl Provider for Autocalls {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Autocalls"
    }

    fn signs(&self) -> bool {
        false
    }

    fn fields(&self) -> &'static [Field] {
        settings::TOKEN
    }

    fn verify(&self, request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
        signature::with_secret(auth, now, |secret| signature::sent(request, auth, secret))
    }

    fn read(&self, request: &Request<'_>) -> Result<Vec<Observation>, Unreadable> {
        let raw = body::read(request)?;
        if !raw.is_object() {
            return Err(not_a_message("", "Autocalls", "an object"));
        }
        let is_report = raw.get("status").is_some()
            && (raw.get("assistant_phone").is_some() || raw.get("finished_at").is_some());
        match field::text(&raw, &["/id"]).filter(|_| is_report && !tool::is_named(request)) {
            Some(id) => Ok(vec![report::told(raw, id)]),
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
