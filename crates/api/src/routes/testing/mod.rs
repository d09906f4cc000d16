//! Trying things out: sample events with all their variables, previews of expressions, conditions as trees, flows. Nothing that is
//! sent to these routes is kept.

mod cases;
mod conditions;
mod expressions;
mod filters;
mod flows;
mod occasion;
mod samples;
mod shape;

pub(crate) use shape::Report;

use crate::state::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(samples::list, samples::own_event))
        .routes(routes!(samples::show))
        .routes(routes!(samples::payload))
        .routes(routes!(expressions::preview))
        .routes(routes!(conditions::convert))
        .routes(routes!(filters::filters))
        .routes(routes!(cases::run_cases))
        .routes(routes!(flows::unsaved))
        .routes(routes!(flows::saved))
}
