//! Doing many runs again, and cancelling many: a bounded number per request, the rest behind a cursor.

use super::act::{From, Version, again};
use super::filter::RunFilterIn;
use super::select::{Found, Wanted};
use crate::auth::{Caller, Operate};
use crate::body::Body;
use crate::errors::Result;
use crate::many::Many;
use crate::shapes::run;
use axum::Json;
use engine::Replay;
use http::StatusCode;
use kernel::id::RunId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

const MOST: u32 = 1000;

/// Either `filter` or `runs`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplayAll {
    /// At least one member.
    #[schema(value_type = Option<RunFilterIn>)]
    pub(super) filter: Option<Map<String, Value>>,
    /// Ids of runs, at most 200.
    #[schema(value_type = Option<Vec<String>>)]
    pub(super) runs: Option<Vec<RunId>>,
    #[serde(default)]
    pub(super) from: From,
    #[serde(default)]
    pub(super) version: Version,
    /// `next` of the request before.
    #[schema(value_type = Option<String>)]
    pub(super) cursor: Option<RunId>,
    /// How many runs to look at, at most.
    #[schema(minimum = 1, maximum = 1000, default = 1000)]
    pub(super) limit: Option<u32>,
}

/// Either `filter` or `runs`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelAll {
    /// At least one member.
    #[schema(value_type = Option<RunFilterIn>)]
    filter: Option<Map<String, Value>>,
    /// Ids of runs, at most 200.
    #[schema(value_type = Option<Vec<String>>)]
    runs: Option<Vec<RunId>>,
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
    /// Runs that match but are not replayed: they are not over, cannot begin there, what they need has expired, or another run began them.
    skipped: u32,
    /// The new runs.
    #[schema(value_type = Vec<String>)]
    runs: Vec<RunId>,
    /// Cursor of the next request; null when all were looked at.
    #[schema(required = true)]
    next: Option<String>,
}

impl Replayed {
    /// Does what was found again, one run after the other.
    pub async fn of(caller: &Caller<Operate>, found: Found, replay: &Replay) -> Result<Self> {
        let engine = &caller.state.engine;
        let (mut runs, mut many) = (Vec::new(), Many::new(found.skipped, found.next));
        for row in found.rows {
            if run::parent(&row).is_some() {
                // The replay of the run that began it does it again.
                many.skipped += 1;
                continue;
            }
            let replayed = engine.replay(caller.workspace, row.id, replay).await;
            let became = replayed.map(|replayed| runs.push(replayed.run));
            if !many.count(row.id, became)? {
                break;
            }
        }
        Ok(Self {
            replayed: many.begun,
            skipped: many.skipped,
            runs,
            next: many.next,
        })
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
/// Newest first. Says what was replayed and where to go on, also where something stood in the way half-way.
#[utoipa::path(post, path = "/v1/runs/replay", tag = "runs", security(("key" = ["operate"])), request_body = ReplayAll,
    responses((status = 202, body = Replayed)))]
pub async fn replay_all(
    caller: Caller<Operate>,
    Body(request): Body<ReplayAll>,
) -> Result<(StatusCode, Json<Replayed>)> {
    let wanted = Wanted {
        filter: request.filter.as_ref(),
        runs: request.runs,
        page: (request.cursor, request.limit),
        most: MOST,
        live: false,
    };
    let found = wanted.find(&caller.state, caller.workspace).await?;
    let replay = again(request.from, request.version);
    let answer = Replayed::of(&caller, found, &replay).await?;
    Ok((StatusCode::ACCEPTED, Json(answer)))
}

/// Cancel many runs
///
/// Newest first. Says what was cancelled and where to go on, also where something stood in the way half-way.
#[utoipa::path(post, path = "/v1/runs/cancel", tag = "runs", security(("key" = ["operate"])), request_body = CancelAll,
    responses((status = 202, body = Cancelled)))]
pub async fn cancel_all(
    caller: Caller<Operate>,
    Body(request): Body<CancelAll>,
) -> Result<(StatusCode, Json<Cancelled>)> {
    let wanted = Wanted {
        filter: request.filter.as_ref(),
        runs: request.runs,
        page: (request.cursor, request.limit),
        most: MOST,
        live: true,
    };
    let engine = &caller.state.engine;
    let found = wanted.find(&caller.state, caller.workspace).await?;
    let mut many = Many::new(found.skipped, found.next);
    for row in found.rows {
        let became = engine.cancel(caller.workspace, row.id).await;
        if !many.count(row.id, became)? {
            break;
        }
    }
    let answer = Cancelled {
        cancelled: many.begun,
        skipped: many.skipped,
        next: many.next,
    };
    Ok((StatusCode::ACCEPTED, Json(answer)))
}
