//! An event as lists show it.

use super::call::CallSummary;
use jiff::Timestamp;
use kernel::id::{EventId, FlowId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::journal::EventRow;
use utoipa::ToSchema;

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EventSummary {
    #[schema(value_type = String, example = "evt_01kacwvsy4n5b2m8r0t3x6z9fd")]
    pub id: EventId,
    #[schema(example = "call.ended")]
    pub kind: String,
    pub at: Timestamp,
    /// Everything expected of the call was known at this event.
    pub settled: bool,
    /// Raised by a timer, not by a message.
    pub synthetic: bool,
    /// Its message never came: it was found in the platform's list of calls.
    pub backfilled: bool,
    /// It never came: it was made of another one for a replay. Null for all others.
    #[schema(required = true)]
    pub edited: Option<EventEdit>,
    /// The one flow that it was made for, when that was run by hand or analyses the call: it has not happened once more. Null for
    /// all others.
    #[schema(value_type = Option<String>, required = true)]
    pub only: Option<FlowId>,
    /// Null once the call has been deleted.
    #[schema(required = true)]
    pub call: Option<CallSummary>,
}

/// What was edited of an event.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EventEdit {
    /// The event that it was made of.
    #[schema(value_type = String)]
    pub of: EventId,
    /// The places that differ from it, as JSON Pointers into `GET /v1/events/{id}/payload?shape=event`; the first 50.
    pub changed: Vec<String>,
}

/// What is stored of an event beside its columns.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Detail {
    pub settled: bool,
    pub synthetic: bool,
    pub backfilled: bool,
    pub edited: Option<EventEdit>,
    pub only: Option<FlowId>,
    pub tool: Option<Value>,
    pub script_step: Option<Value>,
}

impl Detail {
    pub fn of(row: &EventRow) -> Self {
        serde_json::from_slice(&row.detail).unwrap_or_default()
    }
}

impl EventSummary {
    pub fn new(row: &EventRow, call: Option<CallSummary>) -> Self {
        let detail = Detail::of(row);
        Self {
            id: row.id,
            kind: row.kind.clone(),
            at: row.at,
            settled: detail.settled,
            synthetic: detail.synthetic,
            backfilled: detail.backfilled,
            edited: detail.edited,
            only: detail.only,
            call,
        }
    }
}
