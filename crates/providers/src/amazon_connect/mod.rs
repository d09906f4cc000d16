//! Amazon Connect: contact events, sent on by EventBridge, which does not sign but brings a credential. Facts: docs/providers/amazon-connect.md.

mod contact;

use crate::message::{Message, not_a_message};
use crate::{Answer, Field, Provider, Reply, Request, Signature, Unreadable};
use crate::{body, field, policy, settings, signature, time};
use calls::{Observation, Policy};
use kernel::Timestamp;
use serde_json::Value;
use std::sync::Arc;

pub struct AmazonConnect;

const NAME: &str = "amazon-connect";

impl Provider for AmazonConnect {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Amazon Connect"
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
        if !raw["detail"].is_object() {
            return Err(not_a_message("/detail", "Amazon Connect", "an object"));
        }
        let detail = contact::lower_case(&raw["detail"]);
        let event = field::text(&detail, &["/eventtype"]).unwrap_or_default();
        let raw = Arc::new(raw);
        let message = Message {
            provider: NAME,
            event: &event,
            at: time::at(&raw, &["/time"]),
            raw: &raw,
        };
        Ok(contact::told(&message, &detail).into_iter().collect())
    }

    fn reply(&self, _: &Request<'_>, _: &[Observation], _: &Answer) -> Reply {
        Reply::empty()
    }

    fn policy(&self) -> Policy {
        policy::telephone()
    }
}
