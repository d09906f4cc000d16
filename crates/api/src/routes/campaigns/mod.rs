//! Campaigns: descriptions of who is to be called, when, and from where.

mod edit;
mod outcomes;
mod read;
mod shape;

use crate::state::State;
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
