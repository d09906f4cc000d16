//! The versions of a flow: who saved which, what it changed, and what differs between two.

use super::shape::{Flow, Origin};
use crate::auth::{Caller, Read};
use crate::body::Body;
use crate::errors::{Error, Result};
use crate::page::{List, Paging};
use crate::params::Params;
use crate::shapes::id::{At, parse};
use axum::Json;
use axum::extract::Path;
use engine::flows;
use jiff::Timestamp;
use kernel::flow::diff::{self, diff, summary};
use kernel::id::Flow as FlowKind;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

/// A version as the list of versions shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowVersion {
    version: u32,
    state: FlowVersionState,
    name: String,
    /// When it was saved.
    at: Timestamp,
    #[serde(flatten)]
    origin: Origin,
    /// What differs from the version before, in a line.
    #[schema(example = "step `lead`: timeout_s 15 → 30")]
    change: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FlowVersionState {
    /// New runs take it.
    Live,
    /// Kept, never run.
    Draft,
    /// Was in force once.
    Past,
}

impl FlowVersion {
    fn new(flow: flows::Flow, before: Option<&flows::Flow>) -> Self {
        let change = match before {
            Some(before) => summary(&diff(&before.document, &flow.document)),
            None => "the first version".into(),
        };
        Self {
            version: flow.version,
            state: match flow.origin.draft {
                true => FlowVersionState::Draft,
                false if flow.live == Some(flow.version) => FlowVersionState::Live,
                false => FlowVersionState::Past,
            },
            name: flow.name,
            at: flow.updated_at,
            origin: flow.origin.into(),
            change,
        }
    }
}

/// List the versions of a flow
///
/// Newest first, each with what differs from the one before; versions never change.
#[utoipa::path(get, path = "/v1/flows/{id}/versions", tag = "flows", security(("key" = ["read"])), params(Paging),
    responses((status = 200, body = List<FlowVersion>)))]
pub async fn versions(
    caller: Caller<Read>,
    At(id): At<FlowKind>,
    mut params: Params,
) -> Result<Json<List<FlowVersion>>> {
    let (before, limit) = (params.parsed("cursor"), params.limit());
    params.finish()?;
    let engine = &caller.state.engine;
    let mut versions = engine
        .flow_versions(caller.workspace, id, before, limit + 1)
        .await?;
    let beyond = (versions.len() > limit as usize)
        .then(|| versions.pop())
        .flatten();
    let next = beyond.as_ref().and(versions.last());
    let next = next.map(|last| last.version.to_string());
    let mut data = Vec::with_capacity(versions.len());
    let mut before = beyond;
    while let Some(version) = versions.pop() {
        let shown = FlowVersion::new(version.clone(), before.as_ref());
        data.push(shown);
        before = Some(version);
    }
    data.reverse();
    Ok(Json(List { data, next }))
}

/// Show a version of a flow
#[utoipa::path(get, path = "/v1/flows/{id}/versions/{version}", tag = "flows", security(("key" = ["read"])),
    responses((status = 200, body = Flow)))]
pub async fn version(
    caller: Caller<Read>,
    Path((id, version)): Path<(String, String)>,
) -> Result<Json<Flow>> {
    let id = parse(&id)?;
    let number = version.parse();
    let number =
        number.map_err(|_| Error::not_found(&format!("version `{version}` of this flow")))?;
    let engine = &caller.state.engine;
    let found = engine.flow_version(caller.workspace, id, number).await?;
    Ok(Json(found.into()))
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
pub struct DiffQuery {
    /// The older version; the one before `to` unless given.
    #[param(minimum = 1)]
    from: Option<u32>,
    /// The newer version; the newest unless given.
    #[param(minimum = 1)]
    to: Option<u32>,
}

/// What differs between two versions.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowDiff {
    from: u32,
    /// Null: the document that was sent.
    #[schema(required = true)]
    to: Option<u32>,
    /// All of it in a line.
    summary: String,
    changes: Vec<FlowChange>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FlowChange {
    kind: FlowChangeKind,
    /// Id of the step; null: of the flow itself.
    #[schema(required = true)]
    step: Option<String>,
    /// Dotted path of the field that changed, inside the step or the flow.
    #[schema(required = true, example = "with.url")]
    field: Option<String>,
    /// The value before: of a field, a whole step, or the list a step stood in; null: none.
    #[schema(required = true)]
    old: Option<Value>,
    #[schema(required = true)]
    new: Option<Value>,
    /// The same in a line.
    #[schema(example = "step `lead`: timeout_s 15 → 30")]
    text: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FlowChangeKind {
    Added,
    Removed,
    Moved,
    Changed,
}

impl From<diff::Change> for FlowChange {
    fn from(change: diff::Change) -> Self {
        Self {
            kind: match change.kind {
                diff::Kind::Added => FlowChangeKind::Added,
                diff::Kind::Removed => FlowChangeKind::Removed,
                diff::Kind::Moved => FlowChangeKind::Moved,
                diff::Kind::Changed => FlowChangeKind::Changed,
            },
            step: change.step,
            field: change.field,
            old: change.old,
            new: change.new,
            text: change.text,
        }
    }
}

/// Compare two versions of a flow
///
/// Steps are matched by their ids: one that stands elsewhere has moved. Any two versions can be compared, in either direction.
#[utoipa::path(get, path = "/v1/flows/{id}/diff", tag = "flows", security(("key" = ["read"])), params(DiffQuery),
    responses((status = 200, body = FlowDiff)))]
pub async fn compare(
    caller: Caller<Read>,
    At(id): At<FlowKind>,
    mut params: Params,
) -> Result<Json<FlowDiff>> {
    let (from, to) = (params.parsed::<u32>("from"), params.parsed::<u32>("to"));
    params.finish()?;
    let engine = &caller.state.engine;
    let flow = engine.flow(caller.workspace, id).await?;
    let to = to.unwrap_or(flow.newest);
    let from = from.unwrap_or(to.saturating_sub(1).max(1));
    let old = engine.flow_version(caller.workspace, id, from).await?;
    let new = engine.flow_version(caller.workspace, id, to).await?;
    Ok(Json(FlowDiff::between(&old, &new.document, Some(to))))
}

/// A document that is not saved.
#[derive(Deserialize, ToSchema)]
#[schema(as = UnsavedFlow)]
#[serde(deny_unknown_fields)]
pub struct Unsaved {
    #[schema(value_type = Object)]
    document: Value,
    /// The version that it is compared with; the live one unless given, the newest where none is live.
    #[serde(default)]
    #[schema(minimum = 1)]
    from: Option<u32>,
}

/// Compare a document with a version of a flow
///
/// What saving it would change. Nothing is saved.
#[utoipa::path(post, path = "/v1/flows/{id}/diff", tag = "flows", security(("key" = ["read"])), request_body = Unsaved,
    responses((status = 200, body = FlowDiff)))]
pub async fn compare_unsaved(
    caller: Caller<Read>,
    At(id): At<FlowKind>,
    Body(asked): Body<Unsaved>,
) -> Result<Json<FlowDiff>> {
    let engine = &caller.state.engine;
    let old = match asked.from {
        None => engine.flow(caller.workspace, id).await?,
        Some(from) => engine.flow_version(caller.workspace, id, from).await?,
    };
    let new = old.as_saved(asked.document);
    Ok(Json(FlowDiff::between(&old, &new, None)))
}

impl FlowDiff {
    fn between(old: &flows::Flow, new: &Value, to: Option<u32>) -> Self {
        let changes = diff(&old.document, new);
        Self {
            from: old.version,
            to,
            summary: summary(&changes),
            changes: changes.into_iter().map(FlowChange::from).collect(),
        }
    }
}
