//! RingCentral: notifications of telephony sessions and voicemail, and the handshake of a new subscription. Facts: docs/providers/ringcentral.md.

mod session;
mod signature;
mod voicemail;

use crate::message::{Message, not_a_message};
use crate::{Answer, Field, Provider, Reply, Request, Signature, Unreadable};
use crate::{body, field, policy, settings, time};
use calls::{Observation, Policy};
use kernel::Timestamp;
use serde_json::Value;
use std::sync::Arc;

pub struct RingCentral;

const NAME: &str = "ringcentral";

impl Provider for RingCentral {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "RingCentral"
    }

    fn fields(&self) -> &'static [Field] {
        const FIELDS: &[Field] = &[settings::secret(
            "Verification token",
            "The one in the subscription's delivery mode; every notification brings it back.",
        )];
        FIELDS
    }

    fn verify(&self, request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
        signature::verify(request, auth, now)
    }

    fn read(&self, request: &Request<'_>) -> Result<Vec<Observation>, Unreadable> {
        if signature::handshake(request).is_some() {
            return Ok(Vec::new());
        }
        let raw = body::read(request)?;
        let raw = Arc::new(match raw.get("pn_apns") {
            Some(pushed @ Value::Object(_)) => pushed.clone(),
            _ => raw,
        });
        let event = field::text(&raw, &["/event"])
            .ok_or_else(|| not_a_message("/event", "RingCentral", "a path"))?;
        let told = &raw["body"];
        let message = |event| Message {
            provider: NAME,
            event,
            at: time::at(&raw, &["/body/eventTime", "/timestamp"]),
            raw: &raw,
        };
        let path = event.split('?').next().unwrap_or_default();
        let read = match field::text(told, &["/telephonySessionId"]) {
            Some(id) => Some(session::told(&message("telephony/sessions"), told, id)),
            None if path.ends_with("/voicemail") => voicemail::told(&message("voicemail"), told),
            None => None,
        };
        Ok(read.into_iter().collect())
    }

    fn reply(&self, request: &Request<'_>, _: &[Observation], _: &Answer) -> Reply {
        let mut reply = Reply::empty();
        if let Some(token) = signature::handshake(request) {
            reply.headers.push(("Validation-Token", token.to_owned()));
        }
        reply
    }

    fn policy(&self) -> Policy {
        policy::telephone()
    }
}
