//! A flow on the wire.

use crate::errors::{Code, Error, Wrong};
use engine::flows;
use engine::{Refusal, watch};
use jiff::Timestamp;
use kernel::id::{BudgetId, FlowId, RunId};
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
    /// Scheme and host of the webhook that is gone.
    #[schema(required = true)]
    address: Option<String>,
    /// The budget that is used up.
    #[schema(value_type = Option<String>, required = true)]
    budget_id: Option<BudgetId>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PausedWhy {
    /// Too many of its runs failed in a row.
    Failures,
    /// The receiver of its webhook answered 410 Gone.
    WebhookGone,
    /// A budget is used up.
    Budget,
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

/// A flow that starts runs again.
#[derive(Debug, Serialize, ToSchema)]
pub struct Resumed {
    #[serde(flatten)]
    pub flow: Flow,
    /// Null: it was not paused.
    #[schema(required = true)]
    pub missed: Option<Missed>,
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
    #[schema(required = true)]
    paused: Option<Paused>,
    #[schema(required = true)]
    kept_by: Option<String>,
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
            kept_by: flow.origin.kept_by.clone(),
            origin: flow.origin.into(),
            document: flow.document,
            problems: flow.problems.iter().map(Wrong::from).collect(),
            warnings: flow.warnings.iter().map(Wrong::from).collect(),
            paused: flow.paused.map(Paused::from),
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
            paused: flow.paused.map(Paused::from),
            kept_by: flow.origin.kept_by,
            created_at: flow.created_at,
            updated_at: flow.updated_at,
            recent: None,
        }
    }
}

impl From<watch::Paused> for Paused {
    fn from(paused: watch::Paused) -> Self {
        let address = paused.address;
        Self {
            since: paused.since,
            why: match (paused.budget, paused.why) {
                (Some(_), _) => PausedWhy::Budget,
                (None, watch::Why::Failures) => PausedWhy::Failures,
                (None, watch::Why::WebhookGone) => PausedWhy::WebhookGone,
            },
            budget_id: paused.budget,
            failures: paused.failures,
            address: address.map(|address| watch::origin(&address).to_owned()),
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
