//! A flow on the wire.

use crate::errors::{Code, Error, Wrong};
use engine::{Refusal, watch};
use jiff::Timestamp;
use kernel::id::FlowId;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct Flow {
    #[schema(value_type = String, example = "flow_01kacwvsy4n5b2m8r0t3x6z9fd")]
    id: FlowId,
    /// Also the `ETag`.
    pub version: u32,
    name: String,
    enabled: bool,
    created_at: Timestamp,
    /// When this version was saved.
    updated_at: Timestamp,
    /// As people wrote it, step ids completed; its JSON Schema is at `/schema/flow.json`.
    #[schema(value_type = Object)]
    document: Value,
    /// What is allowed but looks wrong.
    warnings: Vec<Wrong>,
    /// It starts no runs until it is resumed; null: it does.
    #[schema(required = true)]
    paused: Option<Paused>,
    /// The settings that it is derived from, and changed at; null: it is a flow like others.
    #[schema(required = true, example = "/v1/settings/notify")]
    kept_by: Option<String>,
}

/// Why a flow starts no runs.
#[derive(Debug, Serialize, ToSchema)]
pub struct Paused {
    since: Timestamp,
    why: PausedWhy,
    /// Failed runs in a row.
    failures: u32,
    /// The webhook that is gone, secrets masked.
    #[schema(required = true)]
    address: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PausedWhy {
    /// Too many of its runs failed in a row.
    Failures,
    /// The receiver of its webhook answered 410 Gone.
    WebhookGone,
}

/// What came in while a flow was paused.
#[derive(Debug, Serialize, ToSchema)]
pub struct Missed {
    pub from: Timestamp,
    pub to: Timestamp,
    /// Events that would have started it: `POST …/catch-up` starts it on them.
    pub events: u32,
    /// There may be more: not all were looked at.
    pub more: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Resumed {
    pub flow: Flow,
    /// Null: it was not paused.
    #[schema(required = true)]
    pub missed: Option<Missed>,
}

/// A flow as lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowSummary {
    #[schema(value_type = String)]
    id: FlowId,
    version: u32,
    name: String,
    enabled: bool,
    /// Event kinds that start it.
    on: Vec<String>,
    /// How many steps it has at its top level.
    steps: usize,
    /// How many warnings it has.
    warnings: usize,
    #[schema(required = true)]
    paused: Option<Paused>,
    #[schema(required = true)]
    kept_by: Option<String>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

/// What a check found.
#[derive(Debug, Serialize, ToSchema)]
pub struct Checked {
    /// What would keep it from being saved.
    pub problems: Vec<Wrong>,
    /// What is allowed but looks wrong.
    pub warnings: Vec<Wrong>,
    /// Whether a flow on `call.ended` waits until the call is settled, since it reads an outcome; unknown while there are
    /// problems.
    pub settles: Option<bool>,
}

impl From<engine::flows::Flow> for Flow {
    fn from(flow: engine::flows::Flow) -> Self {
        Self {
            id: flow.id,
            version: flow.version,
            name: flow.name,
            enabled: flow.enabled,
            created_at: flow.created_at,
            updated_at: flow.updated_at,
            document: flow.document,
            warnings: flow.warnings.iter().map(Wrong::from).collect(),
            paused: flow.paused.map(Paused::from),
            kept_by: flow.kept_by,
        }
    }
}

impl From<engine::flows::Flow> for FlowSummary {
    fn from(flow: engine::flows::Flow) -> Self {
        let on = flow.document["on"].as_array().into_iter().flatten();
        Self {
            id: flow.id,
            version: flow.version,
            on: on.filter_map(Value::as_str).map(String::from).collect(),
            steps: flow.document["steps"].as_array().map_or(0, Vec::len),
            warnings: flow.warnings.len(),
            paused: flow.paused.map(Paused::from),
            kept_by: flow.kept_by,
            name: flow.name,
            enabled: flow.enabled,
            created_at: flow.created_at,
            updated_at: flow.updated_at,
        }
    }
}

impl From<watch::Paused> for Paused {
    fn from(paused: watch::Paused) -> Self {
        Self {
            since: paused.since,
            why: match paused.why {
                watch::Why::Failures => PausedWhy::Failures,
                watch::Why::WebhookGone => PausedWhy::WebhookGone,
            },
            failures: paused.failures,
            address: paused.address,
        }
    }
}

impl From<watch::Missed> for Missed {
    fn from(missed: watch::Missed) -> Self {
        Self {
            from: missed.from,
            to: missed.to,
            events: missed.events,
            more: missed.more,
        }
    }
}

/// A refusal of a flow's document, under its own code.
pub fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::Invalid(problems) => Error::invalid(Code::InvalidFlow, problems),
        other => other.into(),
    }
}
