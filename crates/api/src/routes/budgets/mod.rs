//! Budgets: how much of something may be used in a day or a month, and how each stands.

mod shape;

use crate::auth::{Admin, Caller, Read};
use crate::body::Body;
use crate::errors::Result;
use crate::page::List;
use crate::params::Params;
use crate::routes::flows::etag::{ETag, IfMatch, etag};
use crate::shapes::id::At;
use crate::state::State;
use axum::Json;
use http::StatusCode;
use kernel::id::{Budget as BudgetKind, BudgetId};
use kernel::usage::Budget;
use shape::{Settings, Shown};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(create, list))
        .routes(routes!(show, replace, delete))
}

/// List budgets
///
/// All of them, at most 100, the newest first, with what is used of each.
#[utoipa::path(get, path = "/v1/budgets", tag = "budgets", security(("key" = ["read"])),
    responses((status = 200, body = List<Shown>)))]
pub async fn list(caller: Caller<Read>, params: Params) -> Result<Json<List<Shown>>> {
    params.finish()?;
    let budgets = caller.state.engine.budgets(caller.workspace).await?;
    let data = budgets.into_iter().map(Shown::from).collect();
    Ok(Json(List { data, next: None }))
}

/// Show a budget
#[utoipa::path(get, path = "/v1/budgets/{id}", tag = "budgets", security(("key" = ["read"])),
    responses((status = 200, body = Shown, headers(("etag" = String)))))]
pub async fn show(caller: Caller<Read>, At(id): At<BudgetKind>) -> Result<(ETag, Json<Shown>)> {
    let budget = caller.state.engine.budget(caller.workspace, id).await?;
    Ok((etag(budget.kept.version), Json(budget.into())))
}

/// Create a budget
///
/// Alerts come at 60, 80 and 100 %. With `stop` the flows concerned are paused at 100 %, and catch up when the next period begins.
#[utoipa::path(post, path = "/v1/budgets", tag = "budgets", security(("key" = ["admin"])), request_body = Settings,
    responses((status = 201, body = Shown, headers(("etag" = String)))))]
pub async fn create(
    caller: Caller<Admin>,
    Body(new): Body<Budget>,
) -> Result<(StatusCode, ETag, Json<Shown>)> {
    let (etag, saved) = save(&caller, None, None, new).await?;
    Ok((StatusCode::CREATED, etag, saved))
}

/// Replace a budget
///
/// What it holds back goes on within seconds, where it is not used up any more. Its version also changes when it warns.
#[utoipa::path(put, path = "/v1/budgets/{id}", tag = "budgets", security(("key" = ["admin"])), request_body = Settings,
    params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = Shown, headers(("etag" = String)))))]
pub async fn replace(
    caller: Caller<Admin>,
    At(id): At<BudgetKind>,
    IfMatch(expect): IfMatch,
    Body(new): Body<Budget>,
) -> Result<(ETag, Json<Shown>)> {
    save(&caller, Some(id), expect, new).await
}

async fn save(
    caller: &Caller<Admin>,
    id: Option<BudgetId>,
    expect: Option<u32>,
    new: Budget,
) -> Result<(ETag, Json<Shown>)> {
    let engine = &caller.state.engine;
    let saved = engine
        .save_budget(caller.workspace, id, expect, new)
        .await?;
    Ok((etag(saved.kept.version), Json(saved.into())))
}

/// Delete a budget
///
/// What it holds back goes on within seconds.
#[utoipa::path(delete, path = "/v1/budgets/{id}", tag = "budgets", security(("key" = ["admin"])), responses((status = 204)))]
pub async fn delete(caller: Caller<Admin>, At(id): At<BudgetKind>) -> Result<StatusCode> {
    caller
        .state
        .engine
        .delete_budget(caller.workspace, id)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
