//! Recipes as people look at them.

use super::shape::{Recipe, RecipeSummary};
use crate::auth::{Caller, Read};
use crate::errors::Result;
use crate::page::List;
use crate::params::Params;
use crate::routes::flows::etag::{ETag, etag};
use crate::state::State;
use axum::Json;
use axum::extract::Path;
use engine::recipes::{self, Find, Source};
use utoipa::IntoParams;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
pub struct RecipeQuery {
    /// Part of the name, key or description, whatever its case.
    q: Option<String>,
    #[param(example = "communication")]
    category: Option<String>,
    /// `built_in`, `own` or `imported`.
    #[param(example = "own")]
    source: Option<String>,
}

/// List recipes
///
/// One's own first, at most 200, the newest before the others, then those that come with the server, by category. All at once: `next` is null.
#[utoipa::path(get, path = "/v1/recipes", tag = "recipes", security(("key" = ["read"])), params(RecipeQuery),
    responses((status = 200, body = List<RecipeSummary>)))]
pub async fn list(caller: Caller<Read>, mut params: Params) -> Result<Json<List<RecipeSummary>>> {
    let mut source = params.words::<Source>("source");
    let find = Find {
        words: params.text("q"),
        category: params.text("category"),
        source: source.pop(),
    };
    params.finish()?;
    let found = caller.state.engine.recipes(caller.workspace, &find).await?;
    let data = found.iter().map(RecipeSummary::from).collect();
    Ok(Json(List { data, next: None }))
}

/// Show a recipe
///
/// By its key or its id. Its `document` is what stands in a file.
#[utoipa::path(get, path = "/v1/recipes/{id}", tag = "recipes", security(("key" = ["read"])),
    responses((status = 200, body = Recipe, headers(("etag" = String)))))]
pub async fn show(caller: Caller<Read>, Path(id): Path<String>) -> Result<(ETag, Json<Recipe>)> {
    let recipe = caller.state.engine.recipe(caller.workspace, &id).await?;
    Ok(shown(&caller.state, recipe))
}

pub(super) fn shown(state: &State, recipe: recipes::Recipe) -> (ETag, Json<Recipe>) {
    let outlook = state.engine.outlook(&recipe);
    let version = etag(recipe.version);
    (version, Json(Recipe::new(recipe, outlook)))
}
