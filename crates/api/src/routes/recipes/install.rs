//! From a recipe to a flow: what would come of some inputs, and the flow itself.

use crate::auth::{Caller, Read, Write};
use crate::body::Body;
use crate::errors::{Result, Wrong};
use crate::routes::flows::actions::checked;
use crate::routes::flows::edit::{change, shown};
use crate::routes::flows::etag::ETag;
use crate::routes::flows::refused;
use crate::routes::flows::shape::Flow;
use axum::Json;
use axum::extract::Path;
use engine::Refusal;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecipeInputs {
    /// By the names of the recipe's inputs; null and absent are the same.
    #[serde(default)]
    #[schema(value_type = Object, example = json!({"url": "https://api.crm.example/leads"}))]
    inputs: Map<String, Value>,
}

/// What would come of some inputs.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecipePreview {
    /// The flow; null while the inputs are wrong.
    #[schema(required = true, value_type = Option<Object>)]
    document: Option<Value>,
    /// What is wrong: with inputs below `/inputs`, with the flow below `/document`.
    problems: Vec<Wrong>,
    /// What is allowed but looks wrong.
    warnings: Vec<Wrong>,
    /// Secrets that the flow uses and the workspace does not have: its steps would fail.
    missing_secrets: Vec<String>,
}

/// Preview a recipe
///
/// The flow that comes of some inputs, and all that is wrong with either; nothing is kept.
#[utoipa::path(post, path = "/v1/recipes/{id}/preview", tag = "recipes", security(("key" = ["read"])), request_body = RecipeInputs,
    responses((status = 200, body = RecipePreview)))]
pub async fn preview(
    caller: Caller<Read>,
    Path(id): Path<String>,
    Body(given): Body<RecipeInputs>,
) -> Result<Json<RecipePreview>> {
    let engine = &caller.state.engine;
    let filled = engine.fill_recipe(caller.workspace, &id, &given.inputs);
    let document = match filled.await {
        Ok(filled) => filled.document,
        Err(Refusal::Invalid(problems)) => {
            return Ok(Json(RecipePreview {
                document: None,
                problems: problems.iter().map(Wrong::from).collect(),
                warnings: Vec::new(),
                missing_secrets: Vec::new(),
            }));
        }
        Err(other) => return Err(other.into()),
    };
    let said = checked(engine, caller.workspace, &document).await?;
    let below = |wrong: Wrong| Wrong {
        path: format!("/document{}", wrong.path),
        ..wrong
    };
    Ok(Json(RecipePreview {
        document: Some(document),
        problems: said.problems.into_iter().map(below).collect(),
        warnings: said.warnings.into_iter().map(below).collect(),
        missing_secrets: said.missing_secrets,
    }))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecipeInstall {
    #[serde(default)]
    #[schema(value_type = Object)]
    inputs: Map<String, Value>,
    /// Whether the flow is on at once; not for a recipe that was taken in from elsewhere.
    #[serde(default)]
    enabled: bool,
}

/// Install a recipe
///
/// Makes a flow of it, off unless told otherwise: look at it, try it out, and switch it on. It is a flow like any other from then on.
#[utoipa::path(post, path = "/v1/recipes/{id}/install", tag = "recipes", security(("key" = ["write"])), request_body = RecipeInstall,
    responses((status = 201, body = Flow, headers(("etag" = String)))))]
pub async fn install(
    caller: Caller<Write>,
    Path(id): Path<String>,
    Body(given): Body<RecipeInstall>,
) -> Result<(StatusCode, ETag, Json<Flow>)> {
    let engine = &caller.state.engine;
    let filled = engine.fill_recipe(caller.workspace, &id, &given.inputs);
    let change = change(&caller, false, None)?;
    let filled = filled.await?;
    let saved = engine.install_recipe(caller.workspace, filled, given.enabled, change);
    let (etag, flow) = shown(saved.await.map_err(refused)?);
    Ok((StatusCode::CREATED, etag, flow))
}
