//! Doing one run again, and cancelling one.

use crate::audit::Told;
use crate::auth::{Caller, Operate, Scope};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::shapes::id::At;
use crate::shapes::snapshot::NewEvent;
use axum::response::IntoResponse;
use axum::{Extension, Json};
use calls::confidential::{MASK, masked_at};
use engine::{ReplayFrom, ReplayVersion};
use http::StatusCode;
use kernel::Problem;
use kernel::id::{Run, RunId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Replay {
    pub from: From,
    pub version: Version,
    /// Another content for the event that the run saw, as `GET /v1/events/{id}/payload?shape=event` shows it; its `kind` and `provider`
    /// stay. Only what differs is read. Needs `write`.
    #[schema(value_type = Option<NewEvent>)]
    pub event: Option<Value>,
}

/// Where a replay begins.
#[derive(Debug, Default, Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReplayFrom)]
pub enum From {
    /// With the first step.
    Start,
    /// With the step that failed; what came before it is kept.
    #[default]
    FailedStep,
    /// With the step of this id; what came before it is kept. The run took it, and it stands in no loop, branch or `try`.
    Step(String),
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

/// Doing runs again on the events that they saw.
pub fn again(from: From, version: Version) -> engine::Replay {
    engine::Replay {
        from: from.into(),
        version: version.into(),
        event: None,
    }
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
            From::Step(step) => ReplayFrom::Step(step),
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
) -> Result<impl IntoResponse> {
    if replay.event.is_some() && !caller.known.may(Scope::Write) {
        let detail = "a replay on an edited event does what nobody was told, and needs the permission `write`; `operate` is enough without `event`";
        return Err(Error::new(Code::Forbidden, detail));
    }
    if let Some(place) = replay.event.as_ref().and_then(masked_at) {
        let message =
            format!("is `{MASK}`: take the event with `reveal=true`, or give a value of your own");
        let problem = Problem::new(format!("/event{place}"), message);
        return Err(Error::invalid(Code::InvalidRequest, vec![problem]));
    }
    let engine = &caller.state.engine;
    let replay = engine::Replay {
        event: replay.event,
        ..again(replay.from, replay.version)
    };
    let replayed = engine.replay(caller.workspace, id, &replay).await?;
    let edited = replayed.changed.iter();
    let told = Told::places(edited.map(|place| format!("/event{place}")));
    let answer = Json(RunRef::of(replayed.run));
    Ok((StatusCode::ACCEPTED, Extension(told), answer))
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
