//! A flow on the wire.

use crate::errors::{Code, Error, Wrong};
use engine::Refusal;
use engine::flows;
use jiff::Timestamp;
use kernel::id::{FlowId, RunId};
use kernel::run::Status;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct Flow {
    #[schema(value_type = String, example = "flow_01kacwvsy4n5b2m8r0t3x6z9fd")]
    id: FlowId,
    /// Of the document shown. The `ETag` is the newest version, which is the draft where there is one.
    pub version: u32,
    #[serde(flatten)]
    standing: Standing,
    created_at: Timestamp,
    /// When this version was saved.
    updated_at: Timestamp,
    #[serde(flatten)]
    origin: Origin,
    /// As people wrote it, step ids completed, without `enabled`; its JSON Schema is at `/schema/flow.json`.
    #[schema(value_type = Object)]
    document: Value,
    /// What keeps a draft from being published.
    problems: Vec<Wrong>,
    /// What is allowed but looks wrong.
    warnings: Vec<Wrong>,
}

/// How a flow stands, whichever of its versions is looked at.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FlowStanding)]
pub struct Standing {
    /// What the flow is called in files: stays when its name changes. Null only for flows of an earlier time.
    #[schema(required = true)]
    key: Option<String>,
    name: String,
    /// Whether events start it. A switch of its own: no version.
    enabled: bool,
    /// The version that new runs take; null while there are only drafts.
    #[schema(required = true)]
    live: Option<u32>,
    /// The newest version, where it is a draft that waits to be published.
    #[schema(required = true)]
    draft: Option<u32>,
}

/// Where a version came from.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FlowOrigin)]
pub struct Origin {
    /// Who saved it; null where that was not kept.
    #[schema(required = true)]
    by: Option<Author>,
    /// What they said about it.
    #[schema(required = true)]
    note: Option<String>,
    /// The draft that this version published.
    #[schema(required = true)]
    published_from: Option<u32>,
    /// The earlier version that this one went back to.
    #[schema(required = true)]
    rolled_back_from: Option<u32>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FlowAuthor)]
pub struct Author {
    /// `root`, `key` or `session`.
    #[schema(example = "key")]
    via: String,
    name: String,
}

/// A flow as lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowSummary {
    #[schema(value_type = String)]
    pub id: FlowId,
    version: u32,
    #[serde(flatten)]
    standing: Standing,
    /// Event kinds that start it.
    on: Vec<String>,
    /// How many steps it has at its top level.
    steps: usize,
    /// How many warnings it has.
    warnings: usize,
    created_at: Timestamp,
    updated_at: Timestamp,
    /// With `recent=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recent: Option<RecentRuns>,
}

/// The newest runs of a flow, at most twenty.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecentRuns {
    /// How many of them have ended, other than by being cancelled.
    pub ended: usize,
    pub succeeded: usize,
    #[schema(required = true)]
    pub last: Option<LastRun>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LastRun {
    #[schema(value_type = String)]
    pub id: RunId,
    #[schema(value_type = crate::shapes::run::Status)]
    pub status: Status,
    pub started_at: Timestamp,
}

/// What a check found.
#[derive(Debug, Serialize, ToSchema)]
pub struct Checked {
    /// What would keep it from being saved.
    pub problems: Vec<Wrong>,
    /// What is allowed but looks wrong.
    pub warnings: Vec<Wrong>,
    /// Secrets that it uses and the workspace does not have: its steps would fail.
    pub missing_secrets: Vec<String>,
    /// Whether a flow on `call.ended` waits until the call is settled, since it reads an outcome; unknown while there are
    /// problems.
    pub settles: Option<bool>,
}

impl From<flows::Flow> for Flow {
    fn from(flow: flows::Flow) -> Self {
        Self {
            id: flow.id,
            version: flow.version,
            standing: Standing::from(&flow),
            created_at: flow.created_at,
            updated_at: flow.updated_at,
            origin: flow.origin.into(),
            document: flow.document,
            problems: flow.problems.iter().map(Wrong::from).collect(),
            warnings: flow.warnings.iter().map(Wrong::from).collect(),
        }
    }
}

impl From<&flows::Flow> for Standing {
    fn from(flow: &flows::Flow) -> Self {
        Self {
            key: flow.document["key"].as_str().map(String::from),
            name: flow.name.clone(),
            enabled: flow.enabled,
            live: flow.live,
            draft: flow.draft(),
        }
    }
}

impl From<flows::Origin> for Origin {
    fn from(origin: flows::Origin) -> Self {
        let flows::Origin { by, note, .. } = origin;
        let author = |flows::Author { via, name }| Author { via, name };
        Self {
            by: by.map(author),
            note,
            published_from: origin.published_from,
            rolled_back_from: origin.rolled_back_from,
        }
    }
}

impl From<flows::Flow> for FlowSummary {
    fn from(flow: flows::Flow) -> Self {
        let on = flow.document["on"].as_array().into_iter().flatten();
        Self {
            id: flow.id,
            version: flow.version,
            standing: Standing::from(&flow),
            on: on.filter_map(Value::as_str).map(String::from).collect(),
            steps: flow.document["steps"].as_array().map_or(0, Vec::len),
            warnings: flow.warnings.len(),
            created_at: flow.created_at,
            updated_at: flow.updated_at,
            recent: None,
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
