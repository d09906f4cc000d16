//! Runs: what flows did, and doing it again.

mod act;
mod bulk;
mod filter;
mod parts;
mod preview;
mod read;
mod select;

pub(super) use act::{From, RunRef, Version, again};
pub(super) use bulk::Replayed;
pub(super) use parts::{Families, entries};
pub(super) use preview::{PREVIEWED, ReplayPreview};
pub(super) use select::Found;

use crate::state::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(read::list))
        .routes(routes!(bulk::replay_all))
        .routes(routes!(bulk::cancel_all))
        .routes(routes!(preview::preview))
        .routes(routes!(read::show))
        .routes(routes!(act::replay))
        .routes(routes!(act::cancel))
}
