//! Campaigns: descriptions of who is to be called, when, and from where.

mod edit;
mod outcomes;
mod read;
mod shape;

use crate::errors::Result;
use crate::state::State;
use kernel::id::{CampaignId, WorkspaceId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(edit::create, read::list))
        .routes(routes!(outcomes::outcomes))
        .routes(routes!(
            read::show,
            edit::replace,
            edit::patch,
            edit::delete
        ))
}

/// What lists of calls and runs know a campaign by: the name of the one with this id, and any other text as it is.
pub(super) async fn listed(
    state: &State,
    workspace: WorkspaceId,
    named: Option<String>,
) -> Result<Option<String>> {
    let id = named
        .as_ref()
        .and_then(|named| named.parse::<CampaignId>().ok());
    match id {
        Some(id) => {
            let campaign = state.engine.campaign(workspace, id).await?;
            Ok(Some(campaign.value.name))
        }
        None => Ok(named),
    }
}
