//! Contacts: people who can be called, one for each number; a table of them is read in as it comes.

mod edit;
mod export;
mod filter;
mod import;
mod read;
mod shape;

use crate::state::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(edit::create, read::list))
        .routes(routes!(import::import))
        .routes(routes!(export::csv))
        .routes(routes!(read::count))
        .routes(routes!(read::campaigns))
        .routes(routes!(
            read::show,
            edit::replace,
            edit::patch,
            edit::delete
        ))
}
