//! Letting a paused flow start runs again, and starting it on what came in meanwhile.

use super::edit::shown;
use super::etag::ETag;
use super::shape::{Missed, Resumed};
use crate::audit::ChangedNothing;
use crate::auth::{Caller, Operate};
use crate::body::Body;
use crate::errors::Result;
use crate::shapes::id::At;
use axum::{Extension, Json};
use engine::watch;
use jiff::Timestamp;
use kernel::id::{Flow as FlowKind, FlowId, RunId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Resume a flow
///
/// A paused flow starts runs again; failures of before do not count any more. The answer says how many events came in meanwhile
/// that would have started it.
#[utoipa::path(post, path = "/v1/flows/{id}/resume", tag = "flows", security(("key" = ["operate"])),
    responses((status = 200, body = Resumed, headers(("etag" = String)))))]
pub async fn resume(
    caller: Caller<Operate>,
    At(id): At<FlowKind>,
) -> Result<(ETag, Json<Resumed>)> {
    resumed(&caller, id).await
}

/// What a flow answers that was resumed, in whatever way.
pub(super) async fn resumed<P>(caller: &Caller<P>, id: FlowId) -> Result<(ETag, Json<Resumed>)> {
    let engine = &caller.state.engine;
    let missed = engine.resume(caller.workspace, id).await?;
    let (etag, Json(flow)) = shown(engine.flow(caller.workspace, id).await?);
    let missed = missed.map(Missed::from);
    Ok((etag, Json(Resumed { flow, missed })))
}

/// Without bounds, the last pause.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CatchUp {
    /// Events that were accepted then or later.
    from: Option<Timestamp>,
    /// Events that were accepted then or earlier.
    to: Option<Timestamp>,
    /// Counts, and starts nothing.
    #[serde(default)]
    dry: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Caught {
    from: Timestamp,
    to: Timestamp,
    /// Events that would have started the flow and had no run of it.
    events: u32,
    /// The runs that were started on them.
    #[schema(value_type = Vec<String>)]
    runs: Vec<RunId>,
    /// Events that had a run of the flow already.
    done: u32,
    /// Events whose payload has been removed.
    expired: u32,
    /// Not all were looked at: ask again with this as `to`; null: that was all.
    #[schema(required = true)]
    next: Option<Timestamp>,
}

/// Catch up
///
/// Starts a flow on events that came in while it did not start, newest first: once for each event, however often this is asked.
/// At most 200 runs in one request, and 10,000 events looked at.
#[utoipa::path(post, path = "/v1/flows/{id}/catch-up", tag = "flows", security(("key" = ["operate"])), request_body = CatchUp,
    responses((status = 200, body = Caught)))]
pub async fn catch_up(
    caller: Caller<Operate>,
    At(id): At<FlowKind>,
    Body(wanted): Body<CatchUp>,
) -> Result<(Option<Extension<ChangedNothing>>, Json<Caught>)> {
    let CatchUp { from, to, dry } = wanted;
    let wanted = watch::CatchUp { from, to, dry };
    let engine = &caller.state.engine;
    let caught = engine.catch_up(caller.workspace, id, wanted).await?;
    let dry = dry.then_some(Extension(ChangedNothing));
    let caught = Caught {
        from: caught.from,
        to: caught.to,
        events: caught.events,
        runs: caught.runs,
        done: caught.done,
        expired: caught.expired,
        next: caught.next,
    };
    Ok((dry, Json(caught)))
}
