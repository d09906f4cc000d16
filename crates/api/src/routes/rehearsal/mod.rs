//! Rehearsal calls: what can be played (`scenarios`, or a story of one's `own`), and playing it (`play`).

mod own;
mod play;
mod scenarios;

pub use play::{PlayedEvent, played};

use crate::state::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(play::simulate, scenarios::scenarios))
}
