//! Figures of this moment.

use crate::auth::{Caller, Read};
use crate::errors::Result;
use axum::Json;
use kernel::run::Status;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct Stats {
    runs: Counts,
    /// Runs of all workspaces with a place in this node's queue.
    queued: u64,
    /// Calls to the world under way on this node.
    performing: u64,
}

/// Runs by status.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = RunCounts)]
pub struct Counts {
    running: u64,
    waiting: u64,
    succeeded: u64,
    failed: u64,
    cancelled: u64,
}

/// Count runs
#[utoipa::path(get, path = "/v1/stats", tag = "stats", security(("key" = ["read"])),
    responses((status = 200, body = Stats)))]
pub async fn show(caller: Caller<Read>) -> Result<Json<Stats>> {
    let engine = &caller.state.engine;
    let mut runs = Counts::default();
    for (status, count) in engine.store().counts(Some(caller.workspace)).await? {
        let place = match status {
            Status::Running => &mut runs.running,
            Status::Waiting => &mut runs.waiting,
            Status::Succeeded => &mut runs.succeeded,
            Status::Failed => &mut runs.failed,
            Status::Cancelled => &mut runs.cancelled,
        };
        *place += count;
    }
    let stats = engine.stats();
    Ok(Json(Stats {
        runs,
        queued: stats.queued,
        performing: stats.performing,
    }))
}
