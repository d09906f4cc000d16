//! Figures of a workspace: at this moment, over time, by flow and by agent.

mod agents;
pub mod figures;
mod flows;
mod now;
mod timeline;

use crate::state::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(now::show))
        .routes(routes!(timeline::show_timeline))
        .routes(routes!(flows::list_flows))
        .routes(routes!(agents::list_agents))
}
