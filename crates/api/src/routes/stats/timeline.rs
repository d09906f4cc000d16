//! Figures over time, in equal parts.

use super::figures::{FiguresOut, Parts, StepOut, in_ms};
use crate::auth::{Caller, Read};
use crate::errors::Result;
use crate::params::Params;
use axum::Json;
use engine::trends::Figures;
use jiff::Timestamp;
use kernel::id::{Flow, FlowId};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Serialize, ToSchema)]
pub struct Timeline {
    /// The first part begins with it: a whole hour.
    from: Timestamp,
    /// The last part ends with it.
    to: Timestamp,
    step: StepOut,
    total: FiguresOut,
    /// In the order of time, without gaps.
    parts: Vec<Part>,
    /// How soon the first actions of runs were done.
    histogram: Vec<Bar>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TimelinePart)]
pub struct Part {
    from: Timestamp,
    to: Timestamp,
    #[serde(flatten)]
    figures: FiguresOut,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HistogramBar)]
pub struct Bar {
    /// At most so long, and longer than the one before; null: any longer.
    #[schema(required = true)]
    up_to_ms: Option<u64>,
    count: u64,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
struct Query {
    /// Runs of this flow alone. Events and calls belong to no flow.
    #[param(value_type = Option<String>)]
    flow: Option<FlowId>,
    /// Of this agent's calls alone.
    agent: Option<String>,
}

/// Show figures over time
///
/// Read from counters by the hour, which are exact: events, calls, and runs by how they ended. Times are estimated from a
/// histogram.
#[utoipa::path(get, path = "/v1/stats/timeline", tag = "stats", security(("key" = ["read"])), params(Parts, Query),
    responses((status = 200, body = Timeline)))]
pub async fn show_timeline(caller: Caller<Read>, mut params: Params) -> Result<Json<Timeline>> {
    let engine = &caller.state.engine;
    let (stretch, step) = Parts::read(&mut params, engine.now());
    let (flow, agent) = (params.id::<Flow>("flow"), params.text("agent"));
    params.finish()?;
    let timeline = engine
        .timeline(caller.workspace, &stretch, flow, agent)
        .await?;
    let parts = timeline.parts.iter().map(|part| Part {
        from: part.from,
        to: part.to,
        figures: (&part.figures).into(),
    });
    Ok(Json(Timeline {
        from: timeline.from,
        to: timeline.to,
        step,
        total: (&timeline.total).into(),
        histogram: histogram(&timeline.total),
        parts: parts.collect(),
    }))
}

fn histogram(figures: &Figures) -> Vec<Bar> {
    let bars = figures.histogram();
    let bars = bars.map(|(up_to, count)| Bar {
        up_to_ms: up_to.map(in_ms),
        count,
    });
    bars.collect()
}
