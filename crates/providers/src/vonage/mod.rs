//! Vonage Voice: the answer address and the event address of an application. Facts: docs/providers/vonage.md.

mod event;
mod reply;
mod signature;
mod simulate;

use crate::{Answer, Field, Played, Provider, Reply, Request, Signature, Unreadable};
use crate::{body, policy, rehearsal, settings};
use calls::{Observation, Policy};
use kernel::Timestamp;
use serde_json::Value;

pub struct Vonage;

const NAME: &str = "vonage";

impl Provider for Vonage {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "Vonage"
    }

    fn fields(&self) -> &'static [Field] {
        const FIELDS: &[Field] = &[
            settings::secret(
                "Signature secret",
                "Under API settings in Vonage's dashboard; signed webhooks must be switched on for the application.",
            ),
            settings::optional(
                "api_key",
                "API key",
                "Where one is given, messages of another account are refused.",
            ),
        ];
        FIELDS
    }

    fn verify(&self, request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
        signature::verify(request, auth, now)
    }

    fn read(&self, request: &Request<'_>) -> Result<Vec<Observation>, Unreadable> {
        event::read(request, body::read(request)?)
    }

    fn reply(&self, _: &Request<'_>, read: &[Observation], answer: &Answer) -> Reply {
        reply::reply(read, answer)
    }

    fn policy(&self) -> Policy {
        Policy {
            joins_by_session: true,
            ..policy::telephone()
        }
    }

    fn tells_words(&self) -> bool {
        false
    }

    fn simulate(&self, played: &Played<'_>) -> Vec<String> {
        rehearsal::bodies(&simulate::messages(played))
    }
}
