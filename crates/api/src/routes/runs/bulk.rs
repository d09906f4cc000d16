//! Doing many runs again, and cancelling many: a bounded number per request, the rest behind a cursor.

use super::act::{From, Version};
use super::filter::{self, RunFilterIn};
use crate::auth::{Caller, Operate};
use crate::body::Body;
use crate::errors::Result;
use crate::page::{ask, cut};
use crate::params::Params;
use crate::routes::agents;
use crate::shapes::run;
use axum::Json;
use engine::Refusal;
use http::StatusCode;
use kernel::id::{RunId, WorkspaceId};
use kernel::run::Status;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::archive::{Page, RunFilter};
use utoipa::ToSchema;

const MOST: u32 = 1000;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplayAll {
    /// At least one member.
    #[schema(value_type = RunFilterIn)]
    filter: Map<String, Value>,
    #[serde(default)]
    from: From,
    #[serde(default)]
    version: Version,
    /// `next` of the request before.
    #[schema(value_type = Option<String>)]
    cursor: Option<RunId>,
    /// How many runs to look at, at most.
    #[schema(minimum = 1, maximum = 1000, default = 1000)]
    limit: Option<u32>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelAll {
    /// At least one member.
    #[schema(value_type = RunFilterIn)]
    filter: Map<String, Value>,
    /// `next` of the request before.
    #[schema(value_type = Option<String>)]
    cursor: Option<RunId>,
    /// How many runs to look at, at most.
    #[schema(minimum = 1, maximum = 1000, default = 1000)]
    limit: Option<u32>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Replayed {
    replayed: u32,
    /// Runs that match but are not replayed: they are not over, what they need has expired, or another run began them.
    skipped: u32,
    /// The new runs.
    #[schema(value_type = Vec<String>)]
    runs: Vec<RunId>,
    /// Cursor of the next request; null when all were looked at.
    #[schema(required = true)]
    next: Option<String>,
}

impl Replayed {
    pub fn new(runs: Vec<RunId>, skipped: u32, next: Option<String>) -> Self {
        Self {
            replayed: runs.len() as u32,
            skipped,
            runs,
            next,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Cancelled {
    cancelled: u32,
    /// Runs that match but were over already.
    skipped: u32,
    /// Cursor of the next request; null when all were looked at.
    #[schema(required = true)]
    next: Option<String>,
}

/// Replay many runs
///
/// Newest first. Says what was replayed and where to go on.
#[utoipa::path(post, path = "/v1/runs/replay", tag = "runs", security(("key" = ["operate"])), request_body = ReplayAll,
    responses((status = 202, body = Replayed)))]
pub async fn replay_all(
    caller: Caller<Operate>,
    Body(request): Body<ReplayAll>,
) -> Result<(StatusCode, Json<Replayed>)> {
    let (mut filter, page) = select(
        &request.filter,
        request.cursor,
        request.limit,
        caller.workspace,
    )?;
    filter.agent = agents::listed(&caller.state, caller.workspace, filter.agent).await?;
    let engine = &caller.state.engine;
    let mut rows = engine.store().runs(&filter, ask(page)).await?;
    let next = cut(&mut rows, page.limit, |row| row.id);
    let (mut runs, mut skipped) = (Vec::new(), 0);
    for row in rows {
        if run::parent(&row).is_some() {
            // The replay of the run that began it does it again.
            skipped += 1;
            continue;
        }
        let replay = engine.replay(
            caller.workspace,
            row.id,
            request.from.into(),
            request.version.into(),
        );
        match replay.await {
            Ok(id) => runs.push(id),
            Err(refusal) => skip(refusal, &mut skipped)?,
        }
    }
    let answer = Replayed::new(runs, skipped, next);
    Ok((StatusCode::ACCEPTED, Json(answer)))
}

/// Cancel many runs
///
/// Newest first. Says what was cancelled and where to go on.
#[utoipa::path(post, path = "/v1/runs/cancel", tag = "runs", security(("key" = ["operate"])), request_body = CancelAll,
    responses((status = 202, body = Cancelled)))]
pub async fn cancel_all(
    caller: Caller<Operate>,
    Body(request): Body<CancelAll>,
) -> Result<(StatusCode, Json<Cancelled>)> {
    let (mut filter, page) = select(
        &request.filter,
        request.cursor,
        request.limit,
        caller.workspace,
    )?;
    filter.agent = agents::listed(&caller.state, caller.workspace, filter.agent).await?;
    if filter.statuses.is_empty() {
        filter.statuses = vec![Status::Running, Status::Waiting];
    }
    let engine = &caller.state.engine;
    let mut rows = engine.store().runs(&filter, ask(page)).await?;
    let next = cut(&mut rows, page.limit, |row| row.id);
    let (mut cancelled, mut skipped) = (0, 0);
    for row in rows {
        match engine.cancel(caller.workspace, row.id).await {
            Ok(()) => cancelled += 1,
            Err(refusal) => skip(refusal, &mut skipped)?,
        }
    }
    let answer = Cancelled {
        cancelled,
        skipped,
        next,
    };
    Ok((StatusCode::ACCEPTED, Json(answer)))
}

/// The runs that a request means; one without any filter is taken for a mistake.
fn select(
    members: &Map<String, Value>,
    cursor: Option<RunId>,
    limit: Option<u32>,
    workspace: WorkspaceId,
) -> Result<(RunFilter, Page<RunId>)> {
    let limit = limit.unwrap_or(MOST);
    let mut params = Params::of_object(members, "/filter/");
    let filter = filter::read(&mut params, workspace);
    if members.values().all(Value::is_null) {
        params.refuse("", "give at least one member");
    }
    if !(1..=MOST).contains(&limit) {
        params.refuse(
            "/limit",
            format!("`{limit}` is not a number from 1 to {MOST}"),
        );
    }
    params.finish()?;
    let page = Page {
        before: cursor,
        limit,
    };
    Ok((filter, page))
}

/// Counts a run whose own state stands against it; anything else ends the request.
pub fn skip(refusal: Refusal, skipped: &mut u32) -> Result<()> {
    match refusal {
        Refusal::NotFound(_)
        | Refusal::NotNow(_)
        | Refusal::PayloadExpired
        | Refusal::Invalid(_) => {
            *skipped += 1;
            Ok(())
        }
        other => Err(other.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::errors::Code;
    use serde_json::json;

    fn select(filter: Value, limit: u32) -> Result<(RunFilter, Page<RunId>)> {
        let workspace = WorkspaceId::from_bytes([1; 16]);
        super::select(filter.as_object().unwrap(), None, Some(limit), workspace)
    }

    #[test]
    fn a_bulk_request_without_a_filter_is_refused() {
        for filter in [json!({}), json!({"flow": null})] {
            assert_eq!(select(filter, 10).unwrap_err().code, Code::InvalidRequest);
        }
        let (filter, page) =
            select(json!({"status": "failed,cancelled", "agent": "Sarah"}), 10).unwrap();
        assert_eq!(filter.statuses, [Status::Failed, Status::Cancelled]);
        assert_eq!((filter.agent.as_deref(), page.limit), (Some("Sarah"), 10));
    }

    #[test]
    fn all_that_is_wrong_is_said_with_its_pointer() {
        let error = select(json!({"flow": "x", "odd": 1}), 1001).unwrap_err();
        let mut paths: Vec<_> = error
            .errors
            .into_iter()
            .map(|problem| problem.path)
            .collect();
        paths.sort();
        assert_eq!(paths, ["/filter/flow", "/filter/odd", "/limit"]);
    }
}
