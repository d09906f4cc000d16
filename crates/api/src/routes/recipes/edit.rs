//! Keeping and removing recipes of one's own.

use super::read::shown;
use super::refused;
use super::shape::Recipe;
use crate::auth::{Caller, Write};
use crate::body::Body;
use crate::errors::Result;
use crate::routes::flows::etag::{ETag, IfMatch};
use crate::shapes::id::At;
use axum::Json;
use axum::extract::Path;
use engine::recipes::NewRecipe;
use http::StatusCode;
use kernel::id::Flow as FlowKind;
use kernel::recipe::About;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

fn own(caller: &Caller<Write>, document: Value) -> NewRecipe {
    NewRecipe {
        document,
        by: Some(caller.known.author()),
        imported: false,
    }
}

/// Create a recipe
///
/// Takes the recipe's document. It is checked whole: its fields, its holes, and the flow that it makes of its examples.
#[utoipa::path(post, path = "/v1/recipes", tag = "recipes", security(("key" = ["write"])), request_body = Object,
    responses((status = 201, body = Recipe, headers(("etag" = String)))))]
pub async fn create(
    caller: Caller<Write>,
    Body(document): Body<Value>,
) -> Result<(StatusCode, ETag, Json<Recipe>)> {
    let new = own(&caller, document);
    let engine = &caller.state.engine;
    let saved = engine.save_recipe(caller.workspace, None, None, new).await;
    let (etag, recipe) = shown(&caller.state, saved.map_err(refused(""))?);
    Ok((StatusCode::CREATED, etag, recipe))
}

/// Replace a recipe
///
/// Flows that were made of it stay as they are.
#[utoipa::path(put, path = "/v1/recipes/{id}", tag = "recipes", security(("key" = ["write"])), request_body = Object,
    params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = Recipe, headers(("etag" = String)))))]
pub async fn replace(
    caller: Caller<Write>,
    Path(id): Path<String>,
    IfMatch(expect): IfMatch,
    Body(document): Body<Value>,
) -> Result<(ETag, Json<Recipe>)> {
    let new = own(&caller, document);
    let engine = &caller.state.engine;
    let saved = engine.save_recipe(caller.workspace, Some(&id), expect, new);
    Ok(shown(&caller.state, saved.await.map_err(refused(""))?))
}

/// Delete a recipe
///
/// Flows that were made of it stay as they are; a link to it leads nowhere from now on.
#[utoipa::path(delete, path = "/v1/recipes/{id}", tag = "recipes", security(("key" = ["write"])), responses((status = 204)))]
pub async fn delete(caller: Caller<Write>, Path(id): Path<String>) -> Result<StatusCode> {
    caller
        .state
        .engine
        .delete_recipe(caller.workspace, &id)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What people say about a recipe; what is not given comes of the flow.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecipeAbout {
    #[schema(example = "hot-lead", max_length = 64)]
    key: Option<String>,
    #[schema(max_length = 200)]
    name: Option<String>,
    #[schema(max_length = 2000)]
    description: Option<String>,
    #[schema(example = "crm")]
    category: Option<String>,
}

/// Make a recipe of a flow
///
/// Of the version in force. Its connections, secrets, agents and campaigns become inputs; its key, its switch and its test cases are
/// left out.
#[utoipa::path(post, path = "/v1/flows/{id}/recipe", tag = "recipes", security(("key" = ["write"])), request_body = RecipeAbout,
    responses((status = 201, body = Recipe, headers(("etag" = String)))))]
pub async fn of_flow(
    caller: Caller<Write>,
    At(flow): At<FlowKind>,
    Body(about): Body<RecipeAbout>,
) -> Result<(StatusCode, ETag, Json<Recipe>)> {
    let about = About {
        key: about.key,
        name: about.name,
        description: about.description,
        category: about.category,
    };
    let engine = &caller.state.engine;
    let by = Some(caller.known.author());
    let saved = engine.recipe_of_flow(caller.workspace, flow, about, by);
    let (etag, recipe) = shown(&caller.state, saved.await.map_err(refused(""))?);
    Ok((StatusCode::CREATED, etag, recipe))
}
