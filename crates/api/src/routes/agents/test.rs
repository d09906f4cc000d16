//! "Make test request": one of an agent's actions is done now, on a made-up call.

use crate::auth::{Caller, Write};
use crate::errors::Result;
use crate::routes::testing::Report;
use crate::shapes::id::parse;
use axum::Json;
use axum::extract::Path;
use engine::agents::Part;
use kernel::id::{Agent as AgentKind, AgentId};

/// Make a test request
///
/// Does the action now, whatever its filters and its switch say, with sample data for all that the agent is to find out, and shows
/// what was sent and what came back. `n` is the action's `id`, or its place from 0. Nothing is stored, and nothing is tried twice.
#[utoipa::path(post, path = "/v1/agents/{id}/actions/{n}/test", tag = "agents", security(("key" = ["write"])),
    responses((status = 200, body = Report)))]
pub async fn action(
    caller: Caller<Write>,
    Path((id, part)): Path<(String, String)>,
) -> Result<Json<engine::Report>> {
    test(&caller, parse::<AgentKind>(&id)?, Part::Action(part)).await
}

/// Make a test request of a call action
///
/// The same, on a sample of its moment.
#[utoipa::path(post, path = "/v1/agents/{id}/call-actions/{n}/test", tag = "agents", security(("key" = ["write"])),
    responses((status = 200, body = Report)))]
pub async fn call_action(
    caller: Caller<Write>,
    Path((id, part)): Path<(String, String)>,
) -> Result<Json<engine::Report>> {
    test(&caller, parse::<AgentKind>(&id)?, Part::CallAction(part)).await
}

async fn test(caller: &Caller<Write>, id: AgentId, part: Part) -> Result<Json<engine::Report>> {
    let _room = caller.state.test_room()?;
    let tested = caller.state.engine.test_agent(caller.workspace, id, &part);
    Ok(Json(tested.await?.into()))
}
