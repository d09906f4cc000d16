//! Doing one run again, and cancelling one.

use crate::auth::{Caller, Operate};
use crate::body::Body;
use crate::errors::Result;
use crate::shapes::id::At;
use axum::Json;
use engine::{ReplayFrom, ReplayVersion};
use http::StatusCode;
use kernel::id::{Run, RunId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Replay {
    pub from: From,
    pub version: Version,
}

/// Where a replay begins.
#[derive(Debug, Default, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReplayFrom)]
pub enum From {
    /// With the first step.
    Start,
    /// With the step that failed; what came before it is kept.
    #[default]
    FailedStep,
}

/// Which version of the flow a replay runs.
#[derive(Debug, Default, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReplayVersion)]
pub enum Version {
    /// The one that the run had.
    #[default]
    Same,
    Latest,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RunRef {
    #[schema(value_type = String)]
    id: RunId,
}

impl RunRef {
    pub(crate) fn of(id: RunId) -> Self {
        Self { id }
    }
}

impl std::convert::From<From> for ReplayFrom {
    fn from(from: From) -> Self {
        match from {
            From::Start => ReplayFrom::Start,
            From::FailedStep => ReplayFrom::FailedStep,
        }
    }
}

impl std::convert::From<Version> for ReplayVersion {
    fn from(version: Version) -> Self {
        match version {
            Version::Same => ReplayVersion::Same,
            Version::Latest => ReplayVersion::Latest,
        }
    }
}

/// Replay a run
///
/// Does a finished run again as a new run, whose id is the answer.
#[utoipa::path(post, path = "/v1/runs/{id}/replay", tag = "runs", security(("key" = ["operate"])), request_body = Option<Replay>,
    responses((status = 202, description = "The new run.", body = RunRef)))]
pub async fn replay(
    caller: Caller<Operate>,
    At(id): At<Run>,
    Body(replay): Body<Replay>,
) -> Result<(StatusCode, Json<RunRef>)> {
    let engine = &caller.state.engine;
    let id = engine
        .replay(
            caller.workspace,
            id,
            replay.from.into(),
            replay.version.into(),
        )
        .await?;
    Ok((StatusCode::ACCEPTED, Json(RunRef { id })))
}

/// Cancel a run
///
/// It ends once the attempt under way is over.
#[utoipa::path(post, path = "/v1/runs/{id}/cancel", tag = "runs", security(("key" = ["operate"])),
    responses((status = 202, body = RunRef)))]
pub async fn cancel(
    caller: Caller<Operate>,
    At(id): At<Run>,
) -> Result<(StatusCode, Json<RunRef>)> {
    caller.state.engine.cancel(caller.workspace, id).await?;
    Ok((StatusCode::ACCEPTED, Json(RunRef { id })))
}
