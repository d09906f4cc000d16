//! Destinations as people look at them.

use super::shape::Destination;
use crate::auth::{Caller, Read};
use crate::errors::Result;
use crate::page::List;
use crate::params::Params;
use crate::routes::flows::etag::{ETag, etag};
use axum::Json;
use axum::extract::Path;
use engine::Engine;
use kernel::id::WorkspaceId;

/// No more are shown: those in trouble first.
const MOST: usize = 1_000;

/// List destinations
///
/// Those with settings, those that anything was sent to in the last day, and those that any node holds back; by name. At most
/// 1,000, those in trouble first.
#[utoipa::path(get, path = "/v1/destinations", tag = "destinations", security(("key" = ["read"])),
    responses((status = 200, body = List<Destination>)))]
pub async fn list(caller: Caller<Read>, params: Params) -> Result<Json<List<Destination>>> {
    params.finish()?;
    let mut all = caller.state.engine.destinations(caller.workspace).await?;
    if all.len() > MOST {
        all.sort_by_key(|destination| destination.state == kernel::gate::State::Closed);
        all.truncate(MOST);
        all.sort_by(|one, other| one.name.cmp(&other.name));
    }
    let data = all.into_iter().map(Destination::from).collect();
    Ok(Json(List { data, next: None }))
}

/// Show a destination
#[utoipa::path(get, path = "/v1/destinations/{name}", tag = "destinations", security(("key" = ["read"])),
    responses((status = 200, body = Destination, headers(("etag" = String)))))]
pub async fn show(
    caller: Caller<Read>,
    Path(name): Path<String>,
) -> Result<(ETag, Json<Destination>)> {
    shown(&caller.state.engine, caller.workspace, &name).await
}

pub async fn shown(
    engine: &Engine,
    workspace: WorkspaceId,
    name: &str,
) -> Result<(ETag, Json<Destination>)> {
    let found = Destination::from(engine.destination(workspace, name).await?);
    Ok((etag(found.version), Json(found)))
}
