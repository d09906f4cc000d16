//! Destinations: where flows send to, how each is doing, and what people set for it.

mod edit;
mod read;
mod shape;
mod timeline;

use crate::state::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(read::list))
        .routes(routes!(read::show, edit::save, edit::delete))
        .routes(routes!(timeline::show_attempts))
        .routes(routes!(edit::pause))
        .routes(routes!(edit::resume))
}
