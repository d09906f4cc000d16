//! Making, changing and removing campaigns.

use super::shape::{Settings, Shown};
use crate::auth::{Caller, Write};
use crate::body::Body;
use crate::errors::Result;
use crate::patch::patched;
use crate::routes::flows::etag::{ETag, IfMatch, etag};
use crate::shapes::id::At;
use axum::Json;
use calls::campaign::Campaign;
use http::StatusCode;
use kernel::id::{Campaign as CampaignKind, CampaignId};
use serde_json::Value;

/// Create a campaign
///
/// A description: nothing is dialled.
#[utoipa::path(post, path = "/v1/campaigns", tag = "campaigns", security(("key" = ["write"])), request_body = Settings,
    responses((status = 201, body = Shown, headers(("etag" = String)))))]
pub async fn create(
    caller: Caller<Write>,
    Body(new): Body<Campaign>,
) -> Result<(StatusCode, ETag, Json<Shown>)> {
    let (etag, saved) = save(&caller, None, None, new).await?;
    Ok((StatusCode::CREATED, etag, saved))
}

/// Replace a campaign
///
/// What is not given is unset.
#[utoipa::path(put, path = "/v1/campaigns/{id}", tag = "campaigns", security(("key" = ["write"])), request_body = Settings,
    params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = Shown, headers(("etag" = String)))))]
pub async fn replace(
    caller: Caller<Write>,
    At(id): At<CampaignKind>,
    IfMatch(expect): IfMatch,
    Body(new): Body<Campaign>,
) -> Result<(ETag, Json<Shown>)> {
    save(&caller, Some(id), expect, new).await
}

/// Change parts of a campaign
///
/// As in RFC 7396: what is given replaces, lists as a whole; null removes.
#[utoipa::path(patch, path = "/v1/campaigns/{id}", tag = "campaigns", security(("key" = ["write"])), request_body = Object,
    params(("if-match" = Option<String>, Header, description = "The version that this changes, as in `ETag`.")),
    responses((status = 200, body = Shown, headers(("etag" = String)))))]
pub async fn patch(
    caller: Caller<Write>,
    At(id): At<CampaignKind>,
    IfMatch(expect): IfMatch,
    Body(changes): Body<Value>,
) -> Result<(ETag, Json<Shown>)> {
    let current = caller.state.engine.campaign(caller.workspace, id).await?;
    let new = patched(&current.value, changes)?;
    save(
        &caller,
        Some(id),
        Some(expect.unwrap_or(current.version)),
        new,
    )
    .await
}

async fn save(
    caller: &Caller<Write>,
    id: Option<CampaignId>,
    expect: Option<u32>,
    new: Campaign,
) -> Result<(ETag, Json<Shown>)> {
    let engine = &caller.state.engine;
    let saved = engine
        .save_campaign(caller.workspace, id, expect, new)
        .await?;
    Ok((etag(saved.version), Json(saved.into())))
}

/// Delete a campaign
#[utoipa::path(delete, path = "/v1/campaigns/{id}", tag = "campaigns", security(("key" = ["write"])), responses((status = 204)))]
pub async fn delete(caller: Caller<Write>, At(id): At<CampaignKind>) -> Result<StatusCode> {
    let engine = &caller.state.engine;
    engine.delete_campaign(caller.workspace, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
