//! What people set for a destination, and holding its runs back.

use super::read::shown;
use super::shape::{Destination, DestinationIn};
use crate::auth::{Caller, Operate, Write};
use crate::body::Body;
use crate::errors::{Error, Result};
use crate::routes::flows::etag::{ETag, IfMatch};
use axum::Json;
use axum::extract::Path;
use http::StatusCode;

/// Set a destination's limits
///
/// Replaces what was set, except for a pause, which stays. It need not have been seen: limits may be set before anything is sent.
#[utoipa::path(put, path = "/v1/destinations/{name}", tag = "destinations", security(("key" = ["write"])), request_body = DestinationIn,
    params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = Destination, headers(("etag" = String)))))]
pub async fn save(
    caller: Caller<Write>,
    Path(name): Path<String>,
    IfMatch(expect): IfMatch,
    Body(given): Body<DestinationIn>,
) -> Result<(ETag, Json<Destination>)> {
    let engine = &caller.state.engine;
    let setting = given.setting()?;
    engine
        .save_destination(caller.workspace, &name, expect, setting)
        .await?;
    shown(engine, caller.workspace, &name).await
}

/// Delete a destination's settings
///
/// Its limits and a pause are gone; what waited goes on.
#[utoipa::path(delete, path = "/v1/destinations/{name}", tag = "destinations", security(("key" = ["write"])), responses((status = 204)))]
pub async fn delete(caller: Caller<Write>, Path(name): Path<String>) -> Result<StatusCode> {
    let engine = &caller.state.engine;
    match engine.delete_destination(caller.workspace, &name).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Error::not_found(&format!(
            "destination `{name}` with settings"
        ))),
    }
}

/// Pause a destination
///
/// Its runs wait, none is lost and no attempt is spent, until it is resumed. What is under way ends.
#[utoipa::path(post, path = "/v1/destinations/{name}/pause", tag = "destinations", security(("key" = ["operate"])),
    responses((status = 200, body = Destination, headers(("etag" = String)))))]
pub async fn pause(
    caller: Caller<Operate>,
    Path(name): Path<String>,
) -> Result<(ETag, Json<Destination>)> {
    let engine = &caller.state.engine;
    engine
        .pause_destination(caller.workspace, &name, true)
        .await?;
    shown(engine, caller.workspace, &name).await
}

/// Resume a destination
///
/// What has waited goes out: one at first, then more and more at once.
#[utoipa::path(post, path = "/v1/destinations/{name}/resume", tag = "destinations", security(("key" = ["operate"])),
    responses((status = 200, body = Destination, headers(("etag" = String)))))]
pub async fn resume(
    caller: Caller<Operate>,
    Path(name): Path<String>,
) -> Result<(ETag, Json<Destination>)> {
    let engine = &caller.state.engine;
    engine
        .pause_destination(caller.workspace, &name, false)
        .await?;
    shown(engine, caller.workspace, &name).await
}
