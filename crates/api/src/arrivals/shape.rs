//! A message that came in at an endpoint, on the wire and as stored. Fields are only ever added.

use super::Request;
use crate::errors::Error;
use engine::heard::Arrived;
use jiff::Timestamp;
use kernel::id::{ArrivalId, CallId, EventId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// A message that came in at an endpoint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Arrival {
    #[schema(value_type = String)]
    pub id: ArrivalId,
    pub at: Timestamp,
    pub verdict: Verdict,
    /// The platform's own name of the message, where it was read.
    #[schema(required = true)]
    pub provider_event: Option<String>,
    #[schema(value_type = Option<String>, required = true)]
    pub call_id: Option<CallId>,
    /// The first event that it raised.
    #[schema(value_type = Option<String>, required = true)]
    pub event_id: Option<EventId>,
    /// How many runs it caused.
    pub runs: usize,
    /// The status that it was answered with; null where nobody waits for an answer.
    #[schema(required = true)]
    pub status: Option<u16>,
    /// The code of the refusal.
    #[schema(required = true)]
    pub code: Option<String>,
    /// Why it was refused.
    #[schema(required = true)]
    pub reason: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ArrivalVerdict)]
pub enum Verdict {
    Accepted,
    /// Seen before: nothing was done again.
    Duplicate,
    /// It says nothing of a call, such as a handshake.
    Nothing,
    Refused,
}

impl Arrival {
    pub fn new(id: ArrivalId, at: Timestamp, verdict: Verdict) -> Self {
        Self {
            id,
            at,
            verdict,
            provider_event: None,
            call_id: None,
            event_id: None,
            runs: 0,
            status: None,
            code: None,
            reason: None,
        }
    }

    pub fn refused(id: ArrivalId, at: Timestamp, error: &Error) -> Self {
        let reason = match error.errors.first() {
            Some(problem) if problem.path.is_empty() => problem.message.clone(),
            Some(problem) => format!("{}: {}", problem.path, problem.message),
            None => error.detail.clone(),
        };
        Self {
            status: Some(error.status().as_u16()),
            code: Some(error.code.name().into()),
            reason: Some(reason),
            ..Self::new(id, at, Verdict::Refused)
        }
    }

    pub fn accepted(
        id: ArrivalId,
        at: Timestamp,
        provider_event: &str,
        receipt: &engine::Receipt,
    ) -> Self {
        let verdict = match receipt.duplicate {
            true => Verdict::Duplicate,
            false => Verdict::Accepted,
        };
        Self {
            provider_event: Some(provider_event.to_owned()),
            call_id: Some(receipt.call),
            event_id: receipt.event,
            runs: receipt.runs.len(),
            ..Self::new(id, at, verdict)
        }
    }

    pub fn kept(&self, request: Option<&Request>) -> Arrived {
        Arrived {
            id: self.id,
            at: self.at,
            what: json!(self),
            request: request.map(|request| json!(request)),
        }
    }
}
