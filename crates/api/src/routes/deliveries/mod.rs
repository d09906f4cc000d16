//! What went out to the world, over all runs: one by one (`read`), and the runs of those that failed done again (`replay`).
//! There is no index over attempts: runs are walked newest first, a bounded number per request, and their journals read.

mod read;
mod replay;
mod shape;
mod walk;

use crate::state::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(read::list))
        .routes(routes!(replay::replay))
        .routes(routes!(replay::preview))
}
