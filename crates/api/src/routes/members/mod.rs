//! Members: people who may sign in, each with a role. They come in by a one-time link that is handed to them.

mod edit;
mod link;
mod read;
mod shape;

use crate::state::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(edit::invite, read::list))
        .routes(routes!(read::show, edit::patch, edit::remove))
        .routes(routes!(link::renew, link::revoke))
}
