//! Rehearsal calls: what can be played (`scenarios`), and playing it (`play`).

mod play;
mod scenarios;

pub use play::{PlayedEvent, played};

use crate::state::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(play::simulate, scenarios::scenarios))
}
