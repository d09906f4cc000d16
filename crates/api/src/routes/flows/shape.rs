//! A flow on the wire.

use crate::errors::{Code, Error, Wrong};
use engine::Refusal;
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
            name: flow.name,
            enabled: flow.enabled,
            created_at: flow.created_at,
            updated_at: flow.updated_at,
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
