//! Figures by flow.

use super::figures::{FiguresOut, stretch};
use crate::auth::{Caller, Read};
use crate::errors::Result;
use crate::params::Params;
use axum::Json;
use jiff::Timestamp;
use kernel::id::FlowId;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Serialize, ToSchema)]
pub struct FlowStats {
    /// Those of which most runs failed come first; a hundred at most.
    data: Vec<FlowFigures>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FlowFigures {
    #[schema(value_type = String, example = "flow_01kacwvsy4n5b2m8r0t3x6z9fd")]
    flow_id: FlowId,
    /// Null: it was deleted.
    #[schema(required = true)]
    name: Option<String>,
    #[serde(flatten)]
    figures: FiguresOut,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
struct Query {
    /// The hour that it falls into is the first that counts; a day before `to` unless given.
    from: Option<Timestamp>,
    /// The hour that it falls into is the last that counts; now unless given.
    to: Option<Timestamp>,
    /// Runs on calls of this agent alone.
    agent: Option<String>,
}

/// Show figures by flow
#[utoipa::path(get, path = "/v1/stats/flows", tag = "stats", security(("key" = ["read"])), params(Query),
    responses((status = 200, body = FlowStats)))]
pub async fn list_flows(caller: Caller<Read>, mut params: Params) -> Result<Json<FlowStats>> {
    let engine = &caller.state.engine;
    let (from, to) = stretch(&mut params, engine.now());
    let agent = params.text("agent");
    params.finish()?;
    let flows = engine
        .flow_figures(caller.workspace, from, to, agent)
        .await?;
    let data = flows.into_iter().map(|each| FlowFigures {
        flow_id: each.flow,
        name: each.name,
        figures: (&each.figures).into(),
    });
    Ok(Json(FlowStats {
        data: data.collect(),
    }))
}
