//! Recordings of a call: which there are, links to copies that open without a session for a while, and the copies themselves.

mod play;
mod read;
mod settings;

use crate::state::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(read::recordings))
        .routes(routes!(read::recording_link))
        .routes(routes!(play::recording_audio))
        .routes(routes!(
            settings::show_recordings,
            settings::save_recordings
        ))
        .routes(routes!(settings::show_retention, settings::save_retention))
}
