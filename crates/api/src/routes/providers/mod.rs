//! The voice platforms that endpoints can be made for: what each needs (`read`), and its messages tried out (`check`, `send`).

mod check;
mod read;
mod send;
mod shape;

use crate::state::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(read::list))
        .routes(routes!(read::show))
        .routes(routes!(check::check))
        .routes(routes!(send::send))
}
