//! Contacts as people look for them.

use super::filter::{ContactQuery, read};
use super::shape::{ContactCampaign, ContactCount, Shown};
use crate::auth::{Caller, Read};
use crate::errors::Result;
use crate::page::{List, Paging};
use crate::params::Params;
use crate::routes::flows::etag::{ETag, etag};
use crate::shapes::id::At;
use axum::Json;
use kernel::id::Contact as ContactKind;

/// List contacts
///
/// Newest first. `search` finds those that have all its words, in their order, in names, company, address or number, wherever they
/// stand. With `do_not_call` or `columns` the 20,000 next ones are looked at: a page may have few before more come.
#[utoipa::path(get, path = "/v1/contacts", tag = "contacts", security(("key" = ["read"])), params(ContactQuery, Paging),
    responses((status = 200, body = List<Shown>)))]
pub async fn list(caller: Caller<Read>, mut params: Params) -> Result<Json<List<Shown>>> {
    let page = params.page::<ContactKind>();
    let filter = read(&mut params, &caller);
    params.finish()?;
    let engine = &caller.state.engine;
    let found = engine.contacts(caller.workspace, filter, page.before, page.limit);
    let (found, next) = found.await?;
    let data = found.into_iter().map(Shown::from).collect();
    let next = next.map(|id| id.to_string());
    Ok(Json(List { data, next }))
}

/// Count contacts
///
/// Those that a list with these filters has; of the newest 100,000.
#[utoipa::path(get, path = "/v1/contacts/count", tag = "contacts", security(("key" = ["read"])), params(ContactQuery),
    responses((status = 200, body = ContactCount)))]
pub async fn count(caller: Caller<Read>, mut params: Params) -> Result<Json<ContactCount>> {
    let filter = read(&mut params, &caller);
    params.finish()?;
    let _room = caller.state.room()?;
    let engine = &caller.state.engine;
    let counted = engine.count_contacts(caller.workspace, filter).await?;
    Ok(Json(counted.into()))
}

/// List a contact's campaigns
///
/// The outbound ones that it is of, out of the newest 1,000.
#[utoipa::path(get, path = "/v1/contacts/{id}/campaigns", tag = "contacts", security(("key" = ["read"])),
    responses((status = 200, body = Vec<ContactCampaign>)))]
pub async fn campaigns(
    caller: Caller<Read>,
    At(id): At<ContactKind>,
) -> Result<Json<Vec<ContactCampaign>>> {
    let engine = &caller.state.engine;
    let contact = engine.contact(caller.workspace, id).await?.value;
    let its = engine.campaigns_of(caller.workspace, &contact).await?;
    let shown = its.into_iter().map(ContactCampaign::from);
    Ok(Json(shown.collect()))
}

/// Show a contact
#[utoipa::path(get, path = "/v1/contacts/{id}", tag = "contacts", security(("key" = ["read"])),
    responses((status = 200, body = Shown, headers(("etag" = String)))))]
pub async fn show(caller: Caller<Read>, At(id): At<ContactKind>) -> Result<(ETag, Json<Shown>)> {
    let contact = caller.state.engine.contact(caller.workspace, id).await?;
    Ok((etag(contact.version), Json(contact.into())))
}
