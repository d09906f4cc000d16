//! Our own event form over an endpoint: an event, an array of events, or CloudEvents around them, from any sender.
//! What the form is stands in `calls::generic`; this is only its door with a signature.

mod signature;
mod simulate;

use crate::{
    Answer, Field, Played, Provider, Reply, Request, Signature, Unreadable, body, rehearsal,
    settings,
};
use calls::{Observation, generic};
use kernel::Timestamp;
use serde_json::Value;

/// More events than this in one request are refused.
const MOST_EVENTS: usize = 1_000;

pub struct Custom;

impl Provider for Custom {
    fn name(&self) -> &'static str {
        "custom"
    }

    fn title(&self) -> &'static str {
        "Custom"
    }

    fn fields(&self) -> &'static [Field] {
        const FIELDS: &[Field] = &[settings::secret(
            "Secret",
            "The key of Standard Webhooks (whsec_…), or any text that the sender sends as bearer token.",
        )];
        FIELDS
    }

    fn verify(&self, request: &Request<'_>, auth: &Value, now: Timestamp) -> Signature {
        signature::verify(request, auth, now)
    }

    fn read(&self, request: &Request<'_>) -> Result<Vec<Observation>, Unreadable> {
        let values = match body::json(request.content())? {
            Value::Array(values) => values,
            value => return Ok(vec![event(value, "")?]),
        };
        if values.len() > MOST_EVENTS {
            return Err(Unreadable {
                path: String::new(),
                message: format!(
                    "{} events in one request, at most {MOST_EVENTS}",
                    values.len()
                ),
            });
        }
        let numbered = values.into_iter().enumerate();
        numbered
            .map(|(index, value)| event(value, &format!("/{index}")))
            .collect()
    }

    fn reply(&self, _: &Request<'_>, _: &[Observation], _: &Answer) -> Reply {
        Reply::empty()
    }

    fn simulate(&self, played: &Played<'_>) -> Vec<String> {
        rehearsal::bodies(&simulate::messages(played))
    }
}

/// All problems are told at once; the path is that of the first.
fn event(value: Value, place: &str) -> Result<Observation, Unreadable> {
    generic::read(value).map_err(|problems| {
        let path = problems.first().map_or("", |problem| &problem.path);
        let told: Vec<_> = problems
            .iter()
            .map(|problem| format!("{place}{}: {}", problem.path, problem.message))
            .collect();
        Unreadable {
            path: format!("{place}{path}"),
            message: told.join("; "),
        }
    })
}
