//! What calls can be filtered by.

use crate::auth::{Caller, Read};
use crate::errors::Result;
use crate::routes::agents::settings;
use axum::Json;
use calls::agent::Question;
use serde::Serialize;
use utoipa::ToSchema;

/// Each in the order of the alphabet.
#[derive(Debug, Serialize, ToSchema)]
pub struct CallChoices {
    /// Their names.
    agents: Vec<String>,
    campaigns: Vec<String>,
    /// Those of agents, behind those that there always are.
    dispositions: Vec<String>,
    /// The key questions of all agents, each once.
    #[schema(value_type = Vec<settings::Question>)]
    questions: Vec<Question>,
}

/// List what calls are filtered by
///
/// Names of agents and campaigns, of each the newest 1,000; their dispositions and up to 500 key questions.
#[utoipa::path(get, path = "/v1/calls/choices", tag = "calls", security(("key" = ["read"])),
    responses((status = 200, body = CallChoices)))]
pub async fn choices(caller: Caller<Read>) -> Result<Json<CallChoices>> {
    let found = caller.state.engine.call_choices(caller.workspace).await?;
    Ok(Json(CallChoices {
        agents: found.agents,
        campaigns: found.campaigns,
        dispositions: found.dispositions,
        questions: found.questions,
    }))
}
