//! Flows: documents with immutable versions. What a document means and whether it is right is the engine's business.

pub(super) mod actions;
pub(super) mod edit;
pub(crate) mod etag;
mod publish;
mod read;
mod resume;
mod run;
pub(super) mod shape;
mod versions;

pub(super) use shape::refused;

use crate::state::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(edit::create, read::list))
        .routes(routes!(actions::check))
        .routes(routes!(
            read::show,
            edit::replace,
            edit::patch,
            edit::delete
        ))
        .routes(routes!(actions::enable))
        .routes(routes!(actions::disable))
        .routes(routes!(actions::duplicate))
        .routes(routes!(actions::detach))
        .routes(routes!(publish::publish))
        .routes(routes!(versions::versions))
        .routes(routes!(versions::version))
        .routes(routes!(versions::compare, versions::compare_unsaved))
        .routes(routes!(resume::resume))
        .routes(routes!(resume::catch_up))
        .routes(routes!(run::run))
}
