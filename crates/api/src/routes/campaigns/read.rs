//! Campaigns as people look at them.

use super::shape::Shown;
use crate::auth::{Caller, Read};
use crate::errors::Result;
use crate::page::{List, Paging, cut};
use crate::params::Params;
use crate::routes::flows::etag::{ETag, etag};
use crate::shapes::id::At;
use axum::Json;
use kernel::id::Campaign as CampaignKind;

/// List campaigns
#[utoipa::path(get, path = "/v1/campaigns", tag = "campaigns", security(("key" = ["read"])),
    params(Paging, ("search" = Option<String>, Query, description = "Parts of names.")),
    responses((status = 200, body = List<Shown>)))]
pub async fn list(caller: Caller<Read>, mut params: Params) -> Result<Json<List<Shown>>> {
    let page = params.page::<CampaignKind>();
    let search = params.search();
    params.finish()?;
    let engine = &caller.state.engine;
    let found = engine.campaigns(caller.workspace, &search, page.before, page.limit + 1);
    let mut found = found.await?;
    let next = cut(&mut found, page.limit, |campaign| campaign.id);
    let data = found.into_iter().map(Shown::from).collect();
    Ok(Json(List { data, next }))
}

/// Show a campaign
#[utoipa::path(get, path = "/v1/campaigns/{id}", tag = "campaigns", security(("key" = ["read"])),
    responses((status = 200, body = Shown, headers(("etag" = String)))))]
pub async fn show(caller: Caller<Read>, At(id): At<CampaignKind>) -> Result<(ETag, Json<Shown>)> {
    let campaign = caller.state.engine.campaign(caller.workspace, id).await?;
    Ok((etag(campaign.version), Json(campaign.into())))
}
