//! Doing the runs again that failed at a destination: a bounded number per request, the rest behind a cursor.

use super::shape::{DeliveryFilter, DeliveryResult, Wanted};
use super::walk::walk;
use crate::auth::{Caller, Operate};
use crate::body::Body;
use crate::errors::Result;
use crate::params::Params;
use crate::routes::runs::{Found, Replayed};
use axum::Json;
use engine::{ReplayFrom, ReplayVersion};
use http::StatusCode;
use kernel::id::RunId;
use kernel::run::Status;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

const MOST: u32 = 500;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplayDeliveries {
    /// At least one member; `result` is `failed` whatever it says.
    #[schema(value_type = DeliveryFilter)]
    filter: Map<String, Value>,
    /// `next` of the request before.
    #[schema(value_type = Option<String>)]
    cursor: Option<RunId>,
}

/// Replay failed deliveries
///
/// Runs that failed, and have a failed delivery that the filter takes, go on from the step that failed. Newest first, at most 500
/// runs are looked at; says what was replayed and where to go on.
#[utoipa::path(post, path = "/v1/deliveries/replay", tag = "deliveries", security(("key" = ["operate"])), request_body = ReplayDeliveries,
    responses((status = 202, body = Replayed)))]
pub async fn replay(
    caller: Caller<Operate>,
    Body(request): Body<ReplayDeliveries>,
) -> Result<(StatusCode, Json<Replayed>)> {
    let mut params = Params::of_object(&request.filter, "/filter/");
    let mut wanted = Wanted::read(&mut params, caller.workspace);
    params.narrowed(&request.filter);
    params.finish()?;
    wanted.result = Some(DeliveryResult::Failed);
    wanted.runs.statuses = vec![Status::Failed];
    let store = caller.state.engine.store().as_ref();
    let walked = walk(store, &wanted, request.cursor, usize::MAX, MOST).await?;
    let (mut rows, mut skipped) = (Vec::new(), 0);
    for (row, entries) in walked.found {
        // A run that failed elsewhere got over this failure.
        match entries.iter().any(|entry| entry.retry_at.is_none()) {
            true => rows.push(row),
            false => skipped += 1,
        }
    }
    let found = Found {
        rows,
        next: walked.next.map(|run| run.to_string()),
        skipped,
    };
    let (from, version) = (ReplayFrom::FailedStep, ReplayVersion::Same);
    let replayed = Replayed::of(&caller, found, from, version).await?;
    Ok((StatusCode::ACCEPTED, Json(replayed)))
}
