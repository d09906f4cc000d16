//! Connections as people look at them: without their secrets.

use super::shape::Connection;
use crate::auth::{Caller, Read};
use crate::errors::Result;
use crate::page::{List, Paging, cut};
use crate::params::Params;
use crate::routes::flows::etag::{ETag, etag};
use crate::shapes::id::At;
use axum::Json;
use kernel::id::Connection as ConnectionKind;

/// List connections
#[utoipa::path(get, path = "/v1/connections", tag = "connections", security(("key" = ["read"])),
    params(Paging, ("search" = Option<String>, Query, description = "Parts of names.")),
    responses((status = 200, body = List<Connection>)))]
pub async fn list(caller: Caller<Read>, mut params: Params) -> Result<Json<List<Connection>>> {
    let page = params.page::<ConnectionKind>();
    let search = params.search();
    params.finish()?;
    let engine = &caller.state.engine;
    let found = engine.connections(caller.workspace, &search, page.before, page.limit + 1);
    let mut found = found.await?;
    let next = cut(&mut found, page.limit, |connection| connection.id);
    let data = found.into_iter().map(Connection::from).collect();
    Ok(Json(List { data, next }))
}

/// Show a connection
#[utoipa::path(get, path = "/v1/connections/{id}", tag = "connections", security(("key" = ["read"])),
    responses((status = 200, body = Connection, headers(("etag" = String)))))]
pub async fn show(
    caller: Caller<Read>,
    At(id): At<ConnectionKind>,
) -> Result<(ETag, Json<Connection>)> {
    let connection = caller.state.engine.connection(caller.workspace, id).await?;
    Ok((etag(connection.version), Json(connection.into())))
}
