//! Figures of this moment.

use crate::auth::{Caller, Read};
use crate::errors::Result;
use axum::Json;
use jiff::SignedDuration;
use kernel::run::Status;
use serde::Serialize;
use utoipa::ToSchema;

const DAY: SignedDuration = SignedDuration::from_hours(24);
const MOST: u32 = 500;

#[derive(Debug, Serialize, ToSchema)]
pub struct Stats {
    runs: Counts,
    /// Calls under way that were heard of in the last day; at most 500 of each status are counted.
    calls: LiveCalls,
    /// Runs of all workspaces with a place in this node's queue.
    queued: u64,
    /// Calls to the world under way on this node.
    performing: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LiveCalls {
    /// Nobody has answered yet.
    ringing: u64,
    talking: u64,
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

/// Show figures of this moment
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
    let now = engine.now();
    // The platform may never say that a call is over: older ones are not believed.
    let from = now.saturating_sub(DAY).unwrap_or(now);
    let live = |status| {
        let (store, workspace) = (engine.store(), caller.workspace);
        store.count_live(workspace, status, from, MOST)
    };
    let calls = LiveCalls {
        ringing: live("initiated").await? + live("ringing").await?,
        talking: live("in-progress").await?,
    };
    let stats = engine.stats();
    Ok(Json(Stats {
        runs,
        calls,
        queued: stats.queued,
        performing: stats.performing,
    }))
}
