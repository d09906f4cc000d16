//! Vapi: every server message about a call that tells us something, and the answers to the ones that ask.
//! One file per thing read; what the messages have in common is in `message`. Facts: docs/providers/vapi.md.

mod analysis;
mod ending;
mod list;
mod message;
mod reply;
mod report;
mod signature;
pub mod simulate;
mod snapshot;
mod status;
mod tool;
mod transcript;
mod transfer;

use crate::{Answer, CallList, Field, Played, Provider, Reply, Request, Signature, Unreadable};
use crate::{rehearsal, settings};
use calls::{Observation, Policy};
use kernel::Timestamp;
use message::Message;
use serde_json::Value;
use std::time::Duration;

pub struct Vapi;

/// Said many times in every call, of what the report says once.
const CHATTER: [&str; 8] = [
    "conversation-update",
    "speech-update",
    "transcript",
    "hang",
    "model-output",
    "user-interrupted",
    "voice-input",
    "phone-call-control",
];

impl Provider for Vapi {
    fn name(&self) -> &'static str {
        message::NAME
    }

    fn title(&self) -> &'static str {
        "Vapi"
    }

    fn fields(&self) -> &'static [Field] {
        const FIELDS: &[Field] = &[
            settings::secret(
                "Secret",
                "Of the credential that the assistant's server uses: a bearer token, X-Vapi-Secret, or the key of an HMAC.",
            ),
            settings::OWN_HEADER,
        ];
        FIELDS
    }

    fn verify(&self, request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
        signature::verify(request, auth, now)
    }

    fn call_list(&self) -> Option<&'static dyn CallList> {
        Some(&list::Calls)
    }

    fn read(&self, request: &Request<'_>) -> Result<Vec<Observation>, Unreadable> {
        let message = Message::parse(request.content())?;
        match message.kind() {
            "assistant-request" => Ok(vec![message::incoming(&message)?]),
            "campaign.predial" => Ok(message::predial(&message).into_iter().collect()),
            "status-update" => Ok(status::read(&message)?.into_iter().collect()),
            "end-of-call-report" => Ok(vec![report::read(&message)?]),
            "tool-calls" | "function-call" => tool::read(&message),
            "transfer-update" => Ok(vec![transfer::started(&message)?]),
            "transfer-destination-request" => Ok(vec![transfer::requested(&message)?]),
            kind if CHATTER.iter().any(|known| kind.starts_with(known)) => Ok(Vec::new()),
            _ => Ok(message.keep().into_iter().collect()),
        }
    }

    fn reply(&self, request: &Request<'_>, read: &[Observation], answer: &Answer) -> Reply {
        match read.first().map(|observation| &observation.raw["message"]) {
            Some(message @ Value::Object(_)) => reply::reply(message, answer),
            _ => match Message::parse(request.content()) {
                Ok(message) => reply::reply(message.body(), answer),
                Err(_) => reply::reply(&Value::Null, answer),
            },
        }
    }

    /// Assistants can be set to talk for twelve hours at most.
    fn policy(&self) -> Policy {
        Policy {
            watchdog: Duration::from_secs(43_200 + 600),
            ..Policy::default()
        }
    }

    fn simulate(&self, played: &Played<'_>) -> Vec<String> {
        rehearsal::bodies(&simulate::messages(played))
    }
}
