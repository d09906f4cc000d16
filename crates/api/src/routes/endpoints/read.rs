//! Endpoints as people look at them.

use super::shape::Endpoint;
use crate::auth::{Caller, Read};
use crate::errors::{Error, Result};
use crate::network::origin;
use crate::page::{List, Paging, cut};
use crate::params::Params;
use crate::routes::flows::etag::{ETag, etag};
use crate::shapes::id::At;
use crate::state::State;
use axum::Json;
use http::request::Parts;
use kernel::id::{Endpoint as EndpointKind, EndpointId, WorkspaceId};
use store::catalog::{Document, Kind};

/// List endpoints
#[utoipa::path(get, path = "/v1/endpoints", tag = "endpoints", security(("key" = ["read"])), params(Paging),
    responses((status = 200, body = List<Endpoint>)))]
pub async fn list(
    caller: Caller<Read>,
    mut params: Params,
    parts: Parts,
) -> Result<axum::Json<List<Endpoint>>> {
    let page = params.page::<EndpointKind>();
    params.finish()?;
    let (store, origin) = (
        caller.state.engine.store(),
        origin(&parts, &caller.state.settings),
    );
    let before = page.before.map(EndpointId::bytes);
    let workspace = Some(caller.workspace);
    let mut endpoints = store
        .list(workspace, Kind::Endpoint, before, page.limit + 1)
        .await?;
    let next = cut(&mut endpoints, page.limit, |endpoint| {
        EndpointId::from_bytes(endpoint.id)
    });
    let mut data = Vec::with_capacity(endpoints.len());
    for endpoint in &endpoints {
        data.push(Endpoint::of(endpoint, &origin, &caller.state, &caller.known).await?);
    }
    Ok(Json(List { data, next }))
}

/// Show an endpoint
#[utoipa::path(get, path = "/v1/endpoints/{id}", tag = "endpoints", security(("key" = ["read"])),
    responses((status = 200, body = Endpoint, headers(("etag" = String)))))]
pub async fn show(
    caller: Caller<Read>,
    At(id): At<EndpointKind>,
    parts: Parts,
) -> Result<(ETag, Json<Endpoint>)> {
    let document = find(&caller.state, caller.workspace, id).await?;
    let origin = origin(&parts, &caller.state.settings);
    let endpoint = Endpoint::of(&document, &origin, &caller.state, &caller.known).await?;
    Ok((etag(endpoint.version), Json(endpoint)))
}

pub async fn find(state: &State, workspace: WorkspaceId, id: EndpointId) -> Result<Document> {
    let found = state.engine.store().get(Kind::Endpoint, id.bytes()).await?;
    let found = found.filter(|endpoint| endpoint.workspace == workspace);
    found.ok_or_else(|| Error::not_found("endpoint with this id"))
}
