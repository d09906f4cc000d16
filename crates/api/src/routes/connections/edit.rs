//! Making, changing, trying and removing connections.

use super::shape::{Connection, NewConnection, Trial};
use crate::auth::{Admin, Caller};
use crate::body::Body;
use crate::errors::Result;
use crate::params::Params;
use crate::routes::flows::etag::{ETag, IfMatch, etag};
use crate::shapes::id::At;
use axum::Json;
use http::StatusCode;
use kernel::id::{Connection as ConnectionKind, ConnectionId};

/// Create a connection
///
/// Its fields are those of its kind, see `GET /v1/connections/kinds`; all that is wrong with them is said at once. Nothing is
/// tried: `POST …/test` does.
#[utoipa::path(post, path = "/v1/connections", tag = "connections", security(("key" = ["admin"])), request_body = NewConnection,
    responses((status = 201, body = Connection, headers(("etag" = String)))))]
pub async fn create(
    caller: Caller<Admin>,
    Body(new): Body<NewConnection>,
) -> Result<(StatusCode, ETag, Json<Connection>)> {
    let (etag, saved) = save(&caller, None, None, new, false).await?;
    Ok((StatusCode::CREATED, etag, saved))
}

/// Replace a connection
///
/// Its kind stays. A secret field that is not given keeps its value; any other field that is not given is unset. A name that flows
/// use is changed only with `force`, since their steps then name nothing.
#[utoipa::path(put, path = "/v1/connections/{id}", tag = "connections", security(("key" = ["admin"])), request_body = NewConnection,
    params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`."),
        ("force" = Option<bool>, Query, description = "Change its name although flows use it.")),
    responses((status = 200, body = Connection, headers(("etag" = String)))))]
pub async fn replace(
    caller: Caller<Admin>,
    At(id): At<ConnectionKind>,
    IfMatch(expect): IfMatch,
    mut params: Params,
    Body(new): Body<NewConnection>,
) -> Result<(ETag, Json<Connection>)> {
    let force = params.parsed("force").unwrap_or_default();
    params.finish()?;
    save(&caller, Some(id), expect, new, force).await
}

async fn save(
    caller: &Caller<Admin>,
    id: Option<ConnectionId>,
    expect: Option<u32>,
    new: NewConnection,
    force: bool,
) -> Result<(ETag, Json<Connection>)> {
    let engine = &caller.state.engine;
    let saved = engine.save_connection(caller.workspace, id, expect, new.into(), force);
    let saved = saved.await?;
    Ok((etag(saved.version), Json(saved.into())))
}

/// Try a connection
///
/// Signs in where it leads without sending anything, and keeps what was found. The answer is 200 either way: `works` says which.
#[utoipa::path(post, path = "/v1/connections/{id}/test", tag = "connections", security(("key" = ["admin"])),
    responses((status = 200, body = Trial)))]
pub async fn test(caller: Caller<Admin>, At(id): At<ConnectionKind>) -> Result<Json<Trial>> {
    let engine = &caller.state.engine;
    let tried = engine.try_connection(caller.workspace, id).await?;
    Ok(Json(tried.into()))
}

/// Delete a connection
///
/// One that flows use is deleted only with `force`: their steps fail from then on.
#[utoipa::path(delete, path = "/v1/connections/{id}", tag = "connections", security(("key" = ["admin"])),
    params(("force" = Option<bool>, Query, description = "Delete it although flows use it.")),
    responses((status = 204)))]
pub async fn delete(
    caller: Caller<Admin>,
    At(id): At<ConnectionKind>,
    mut params: Params,
) -> Result<StatusCode> {
    let force = params.parsed("force").unwrap_or_default();
    params.finish()?;
    let engine = &caller.state.engine;
    engine
        .delete_connection(caller.workspace, id, force)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
