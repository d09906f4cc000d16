//! Handing recipes on: a link for another workspace of this server, and taking in what comes by link or as a file. Nothing is
//! fetched from elsewhere.

use super::read::shown;
use super::refused;
use super::shape::Recipe;
use crate::auth::{Caller, Write};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::network::origin;
use crate::routes::flows::etag::ETag;
use crate::state::State;
use axum::Json;
use axum::extract::{FromRequestParts, Path};
use engine::recipes::NewRecipe;
use http::StatusCode;
use http::request::Parts;
use jiff::Timestamp;
use kernel::Problem;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;
use utoipa::ToSchema;

const LONGEST_DAYS: u32 = 365;
const USUAL_DAYS: u32 = 30;
const DAY: u64 = 24 * 3600;

/// One of the two.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecipeImport {
    /// A link that another workspace of this server has shared.
    link: Option<String>,
    /// The content of a recipe's file.
    #[schema(value_type = Option<Object>)]
    recipe: Option<Value>,
}

/// Take a recipe in
///
/// It is kept under its key, with a number behind it where that is taken. It stays inert: nothing runs until it is installed, and its
/// flow is switched on by hand.
#[utoipa::path(post, path = "/v1/recipes/import", tag = "recipes", security(("key" = ["write"])), request_body = RecipeImport,
    responses((status = 201, body = Recipe, headers(("etag" = String))), (status = 404, description = "The link leads nowhere")))]
pub async fn import(
    caller: Caller<Write>,
    Body(import): Body<RecipeImport>,
) -> Result<(StatusCode, ETag, Json<Recipe>)> {
    let engine = &caller.state.engine;
    let by = Some(caller.known.author());
    let saved = match (import.link, import.recipe) {
        (Some(link), None) => engine
            .import_shared(caller.workspace, &link, by)
            .await
            .map_err(Error::from)?,
        (None, Some(document)) => {
            let new = NewRecipe {
                document,
                by,
                imported: true,
            };
            let saved = engine.save_recipe(caller.workspace, None, None, new).await;
            saved.map_err(refused("/recipe"))?
        }
        _ => {
            let problem = Problem::new("", "give either `link` or `recipe`");
            return Err(Error::invalid(Code::InvalidRequest, vec![problem]));
        }
    };
    let (etag, recipe) = shown(&caller.state, saved);
    Ok((StatusCode::CREATED, etag, recipe))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sharing {
    /// How long the link works.
    #[serde(default = "usual_days")]
    #[schema(minimum = 1, maximum = 365, default = 30)]
    days: u32,
}

fn usual_days() -> u32 {
    USUAL_DAYS
}

/// A link to a recipe, shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecipeLink {
    /// Whoever has it and an account of this server may take a copy.
    #[schema(example = "https://hooks.example/recipes?link=share_…")]
    link: String,
    until: Timestamp,
}

/// Share a recipe
///
/// Makes a link by which any workspace of this server may take a copy until it runs out. A link that was made before leads nowhere
/// from now on. To another server a recipe goes as a file.
#[utoipa::path(post, path = "/v1/recipes/{id}/share", tag = "recipes", security(("key" = ["write"])), request_body = Sharing,
    responses((status = 201, body = RecipeLink)))]
pub async fn share(
    caller: Caller<Write>,
    Path(id): Path<String>,
    At(origin): At,
    Body(sharing): Body<Sharing>,
) -> Result<(StatusCode, Json<RecipeLink>)> {
    if !(1..=LONGEST_DAYS).contains(&sharing.days) {
        let message = format!("must be from 1 to {LONGEST_DAYS}, not {}", sharing.days);
        let problem = Problem::new("/days", message);
        return Err(Error::invalid(Code::InvalidRequest, vec![problem]));
    }
    let lasts = Duration::from_secs(u64::from(sharing.days) * DAY);
    let engine = &caller.state.engine;
    let shared = engine.share_recipe(caller.workspace, &id, lasts).await?;
    let link = format!("{origin}/recipes?link={}", shared.token);
    let until = shared.until;
    Ok((StatusCode::CREATED, Json(RecipeLink { link, until })))
}

/// Take a link back
#[utoipa::path(delete, path = "/v1/recipes/{id}/share", tag = "recipes", security(("key" = ["write"])), responses((status = 204)))]
pub async fn unshare(caller: Caller<Write>, Path(id): Path<String>) -> Result<StatusCode> {
    let engine = &caller.state.engine;
    engine.unshare_recipe(caller.workspace, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where this server is reached.
pub struct At(String);

impl FromRequestParts<State> for At {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Self::Rejection> {
        Ok(Self(origin(parts, &state.settings)))
    }
}
