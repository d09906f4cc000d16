//! Events: taken in by `ingest`, shown by `read`, their kinds by `kinds`.

mod format;
mod ingest;
mod kinds;
mod read;

pub(super) use kinds::words;

use crate::state::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(ingest::send, read::list))
        .routes(routes!(kinds::kinds))
        .routes(routes!(read::show))
        .routes(routes!(read::payload))
}
