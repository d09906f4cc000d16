//! Calls by agent, and which agents are quiet.

use crate::auth::{Caller, Read};
use crate::errors::Result;
use axum::Json;
use engine::trends;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct AgentStats {
    /// Quiet ones first, then those with most calls; a hundred at most.
    data: Vec<AgentFigures>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AgentFigures {
    /// As calls name it.
    agent: String,
    /// Calls begun in each of the last 24 hours; the last is the hour that runs.
    calls: Vec<u64>,
    /// Calls that this hour of the week usually brings; null: too little is known.
    #[schema(required = true)]
    usual: Option<u64>,
    /// It should have had calls, and had none.
    #[schema(required = true)]
    quiet: Option<QuietOut>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Quiet)]
pub struct QuietOut {
    /// When the last hour with calls ended.
    since: Timestamp,
    /// Calls that were to be expected since.
    expected: u64,
    /// Calls in an hour, at these times of the week.
    usual: u64,
}

/// Show calls by agent
///
/// Of agents that had calls in the last five weeks.
#[utoipa::path(get, path = "/v1/stats/agents", tag = "stats", security(("key" = ["read"])),
    responses((status = 200, body = AgentStats)))]
pub async fn list_agents(caller: Caller<Read>) -> Result<Json<AgentStats>> {
    let agents = caller.state.engine.agent_figures(caller.workspace).await?;
    let data = agents.into_iter().map(AgentFigures::from);
    Ok(Json(AgentStats {
        data: data.collect(),
    }))
}

impl From<trends::AgentFigures> for AgentFigures {
    fn from(each: trends::AgentFigures) -> Self {
        Self {
            agent: each.agent,
            calls: each.calls,
            usual: each.usual,
            quiet: each.quiet.map(|quiet| QuietOut {
                since: quiet.since,
                expected: quiet.expected,
                usual: quiet.usual,
            }),
        }
    }
}
