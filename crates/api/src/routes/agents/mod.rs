//! Agents: assistants as their operators describe them, and what follows from their calls.

mod edit;
mod read;
pub(super) mod settings;
mod shape;
mod test;

use crate::errors::Result;
use crate::state::State;
use kernel::id::{AgentId, WorkspaceId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(edit::create, read::list))
        .routes(routes!(
            read::show,
            edit::replace,
            edit::patch,
            edit::delete
        ))
        .routes(routes!(test::action))
        .routes(routes!(test::call_action))
}

/// What lists of calls know an agent by: the name of the one with this id, and any other text as it is.
pub(super) async fn listed(
    state: &State,
    workspace: WorkspaceId,
    named: Option<String>,
) -> Result<Option<String>> {
    let id = named
        .as_ref()
        .and_then(|named| named.parse::<AgentId>().ok());
    match id {
        Some(id) => Ok(Some(state.engine.agent(workspace, id).await?.value.name)),
        None => Ok(named),
    }
}
