//! What came in at endpoints lately, as this node has seen it since it started: the last few per endpoint, with what was made of
//! each. Nothing of a message itself is kept here; what was accepted is in the store.

use jiff::Timestamp;
use kernel::id::{CallId, EndpointId, EventId};
use serde::Serialize;
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use utoipa::ToSchema;

const MOST: usize = 50;
const MOST_ENDPOINTS: usize = 1_000;

/// A message that came in at an endpoint.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Arrival {
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
    /// Why it was refused.
    #[schema(required = true)]
    pub reason: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
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
    pub fn refused(at: Timestamp, reason: String) -> Self {
        Self {
            reason: Some(reason),
            ..Self::nothing(at, Verdict::Refused)
        }
    }

    pub fn nothing(at: Timestamp, verdict: Verdict) -> Self {
        Self {
            at,
            verdict,
            provider_event: None,
            call_id: None,
            event_id: None,
            runs: 0,
            reason: None,
        }
    }

    pub fn accepted(at: Timestamp, provider_event: &str, receipt: &engine::Receipt) -> Self {
        let verdict = match receipt.duplicate {
            true => Verdict::Duplicate,
            false => Verdict::Accepted,
        };
        Self {
            provider_event: Some(provider_event.to_owned()),
            call_id: Some(receipt.call),
            event_id: receipt.event,
            runs: receipt.runs.len(),
            ..Self::nothing(at, verdict)
        }
    }
}

#[derive(Default)]
pub struct Arrivals(Mutex<HashMap<EndpointId, VecDeque<Arrival>>>);

impl Arrivals {
    pub fn note(&self, endpoint: EndpointId, arrival: Arrival) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_ENDPOINTS && !known.contains_key(&endpoint) {
            known.clear();
        }
        let last = known.entry(endpoint).or_default();
        last.truncate(MOST - 1);
        last.push_front(arrival);
    }

    /// Newest first.
    pub fn of(&self, endpoint: EndpointId) -> Vec<Arrival> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .get(&endpoint)
            .into_iter()
            .flatten()
            .cloned()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_messages_of_an_endpoint_are_kept_newest_first() {
        let (arrivals, endpoint) = (Arrivals::default(), EndpointId::from_bytes([1; 16]));
        for second in 0..60 {
            let at = Timestamp::from_second(second).unwrap();
            arrivals.note(endpoint, Arrival::nothing(at, Verdict::Nothing));
        }
        let kept = arrivals.of(endpoint);
        assert_eq!((kept.len(), kept[0].at.as_second()), (MOST, 59));
        assert!(arrivals.of(EndpointId::from_bytes([2; 16])).is_empty());
    }
}
