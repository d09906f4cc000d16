//! Recipes: those that come with the server, a workspace's own, and those it took in. None of these addresses lets anything run.

mod edit;
mod import;
mod install;
mod read;
mod shape;

use crate::errors::{Code, Error};
use crate::state::State;
use engine::Refusal;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(edit::create, read::list))
        .routes(routes!(import::import))
        .routes(routes!(read::show, edit::replace, edit::delete))
        .routes(routes!(install::preview))
        .routes(routes!(install::install))
        .routes(routes!(import::share, import::unshare))
        .routes(routes!(edit::of_flow))
}

/// A refusal of a recipe's document, under its own code; `below` is where it stands in the body.
fn refused(below: &'static str) -> impl Fn(Refusal) -> Error {
    move |refusal| match refusal {
        Refusal::Invalid(mut problems) => {
            for problem in &mut problems {
                problem.path.insert_str(0, below);
            }
            Error::invalid(Code::InvalidRecipe, problems)
        }
        other => other.into(),
    }
}
