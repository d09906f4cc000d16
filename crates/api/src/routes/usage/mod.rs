//! Usage: what was done and what it cost, as JSON and as CSV, and the prices by which it is told.

mod csv;
mod prices;
mod read;
mod shape;

use crate::state::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(read::show))
        .routes(routes!(prices::show_prices, prices::save_prices))
}
