//! Flows and their versions as people look at them.

use super::etag::{ETag, etag};
use super::shape::{Flow, FlowSummary};
use crate::auth::{Caller, Read};
use crate::errors::{Error, Result};
use crate::page::{List, Paging, cut};
use crate::params::Params;
use crate::shapes::id::{At, parse};
use axum::Json;
use axum::extract::Path;
use kernel::id::Flow as FlowKind;

/// List flows
#[utoipa::path(get, path = "/v1/flows", tag = "flows", security(("key" = ["read"])), params(Paging),
    responses((status = 200, body = List<FlowSummary>)))]
pub async fn list(caller: Caller<Read>, mut params: Params) -> Result<Json<List<FlowSummary>>> {
    let page = params.page::<FlowKind>();
    params.finish()?;
    let flows = caller
        .state
        .engine
        .flows(caller.workspace, page.before, page.limit + 1);
    let mut flows = flows.await?;
    let next = cut(&mut flows, page.limit, |flow| flow.id);
    let data = flows.into_iter().map(FlowSummary::from).collect();
    Ok(Json(List { data, next }))
}

/// Show a flow
#[utoipa::path(get, path = "/v1/flows/{id}", tag = "flows", security(("key" = ["read"])),
    responses((status = 200, body = Flow, headers(("etag" = String)))))]
pub async fn show(caller: Caller<Read>, At(id): At<FlowKind>) -> Result<(ETag, Json<Flow>)> {
    let flow = caller.state.engine.flow(caller.workspace, id).await?;
    Ok((etag(flow.version), Json(flow.into())))
}

/// List the versions of a flow
///
/// Newest first; versions never change.
#[utoipa::path(get, path = "/v1/flows/{id}/versions", tag = "flows", security(("key" = ["read"])),
    responses((status = 200, body = List<Flow>)))]
pub async fn versions(caller: Caller<Read>, At(id): At<FlowKind>) -> Result<Json<List<Flow>>> {
    let versions = caller
        .state
        .engine
        .flow_versions(caller.workspace, id)
        .await?;
    let data = versions.into_iter().map(Flow::from).collect();
    Ok(Json(List { data, next: None }))
}

/// Show a version of a flow
#[utoipa::path(get, path = "/v1/flows/{id}/versions/{version}", tag = "flows", security(("key" = ["read"])),
    responses((status = 200, body = Flow)))]
pub async fn version(
    caller: Caller<Read>,
    Path((id, version)): Path<(String, String)>,
) -> Result<Json<Flow>> {
    let versions = caller
        .state
        .engine
        .flow_versions(caller.workspace, parse(&id)?)
        .await?;
    let number = version.parse::<u32>().ok();
    let found = versions
        .into_iter()
        .find(|flow| Some(flow.version) == number);
    let found =
        found.ok_or_else(|| Error::not_found(&format!("version `{version}` of this flow")))?;
    Ok(Json(found.into()))
}
