//! Connections: named credentials of a kind that steps use. Their secret fields go in and are never shown again.

mod edit;
mod kinds;
mod read;
mod shape;

pub(super) use shape::User;

use crate::state::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(edit::create, read::list))
        .routes(routes!(kinds::kinds))
        .routes(routes!(read::show, edit::replace, edit::delete))
        .routes(routes!(edit::test))
}
