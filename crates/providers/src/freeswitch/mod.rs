//! FreeSWITCH: one message of its event socket, or one record of mod_json_cdr. Facts: docs/providers/freeswitch.md.

mod event;
mod record;

use crate::{Answer, Field, Provider, Reply, Request, Signature, Unreadable};
use crate::{body, policy, settings, signature};
use calls::{Observation, Policy};
use kernel::Timestamp;
use serde_json::Value;

pub struct FreeSwitch;

const NAME: &str = "freeswitch";

impl Provider for FreeSwitch {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "FreeSWITCH"
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
        let raw = match record::encoded(request.body) {
            Some(json) => body::json(&json)?,
            None => body::read(request)?,
        };
        let told = match raw.get("variables") {
            Some(Value::Object(_)) => record::told(raw)?,
            _ => event::told(raw)?,
        };
        Ok(told.into_iter().collect())
    }

    fn reply(&self, _: &Request<'_>, _: &[Observation], _: &Answer) -> Reply {
        Reply::empty()
    }

    fn policy(&self) -> Policy {
        policy::telephone()
    }
}
