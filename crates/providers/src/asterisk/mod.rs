//! Asterisk: one message of its REST interface's event socket. Channels are calls. Facts: docs/providers/asterisk.md.

mod channel;
mod event;

use crate::message::not_a_message;
use crate::{Answer, Field, Provider, Reply, Request, Signature, Unreadable};
use crate::{body, field, policy, settings, signature};
use calls::{Observation, Policy};
use kernel::Timestamp;
use serde_json::Value;

pub struct Asterisk;

const NAME: &str = "asterisk";

impl Provider for Asterisk {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Asterisk"
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
        let event = field::text(&raw, &["/type"])
            .ok_or_else(|| not_a_message("/type", "Asterisk", "a type"))?;
        Ok(event::told(&event, raw).into_iter().collect())
    }

    fn reply(&self, _: &Request<'_>, _: &[Observation], _: &Answer) -> Reply {
        Reply::empty()
    }

    fn policy(&self) -> Policy {
        policy::telephone()
    }
}
