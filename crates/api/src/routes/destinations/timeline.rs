//! How attempts at a destination went over time.

use super::shape::Attempts;
use crate::auth::{Caller, Read};
use crate::errors::Result;
use crate::params::Params;
use crate::routes::stats::figures::{Parts, StepOut};
use axum::Json;
use axum::extract::Path;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DestinationTimeline)]
pub struct Timeline {
    /// The first part begins with it: a whole hour.
    from: Timestamp,
    /// The last part ends with it.
    to: Timestamp,
    step: StepOut,
    total: Attempts,
    /// In the order of time, without gaps.
    parts: Vec<Part>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DestinationTimelinePart)]
pub struct Part {
    from: Timestamp,
    to: Timestamp,
    #[serde(flatten)]
    attempts: Attempts,
}

/// Show a destination's attempts over time
///
/// Read from counters by the hour, which are exact; times are estimated from a histogram.
#[utoipa::path(get, path = "/v1/destinations/{name}/timeline", tag = "destinations", security(("key" = ["read"])), params(Parts),
    responses((status = 200, body = Timeline)))]
pub async fn show_attempts(
    caller: Caller<Read>,
    Path(name): Path<String>,
    mut params: Params,
) -> Result<Json<Timeline>> {
    let engine = &caller.state.engine;
    let (stretch, step) = Parts::read(&mut params, engine.now());
    params.finish()?;
    let timeline = engine.attempts(caller.workspace, &name, &stretch).await?;
    let parts = timeline.parts.iter().map(|part| Part {
        from: part.from,
        to: part.to,
        attempts: (&part.figures).into(),
    });
    Ok(Json(Timeline {
        from: timeline.from,
        to: timeline.to,
        step,
        total: (&timeline.total).into(),
        parts: parts.collect(),
    }))
}
