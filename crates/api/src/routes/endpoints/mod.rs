//! Endpoints: addresses to which voice platforms send their webhooks.

mod edit;
mod messages;
mod noted;
mod read;
mod reconcile;
mod rotate;
mod shape;

pub use noted::{Came, note_accepted, note_nothing, note_refused};
pub(crate) use reconcile::opened_api;
pub use shape::{EndpointBody, Signature, place};

use crate::state::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(edit::create, read::list))
        .routes(routes!(
            read::show,
            edit::replace,
            edit::patch,
            edit::delete
        ))
        .routes(routes!(reconcile::reconcile))
        .routes(routes!(messages::messages))
        .routes(routes!(messages::message))
        .routes(routes!(rotate::rotate))
}
