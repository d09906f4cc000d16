//! Contacts as people look for them.

use super::shape::Shown;
use crate::auth::{Caller, Read};
use crate::errors::Result;
use crate::page::{List, Paging, cut};
use crate::params::Params;
use crate::routes::flows::etag::{ETag, etag};
use crate::shapes::id::At;
use axum::Json;
use kernel::id::Contact as ContactKind;

/// List contacts
///
/// Newest first. `search` finds those that have all its words, in their order, in names, company, address or number, wherever they
/// stand.
#[utoipa::path(get, path = "/v1/contacts", tag = "contacts", security(("key" = ["read"])),
    params(Paging, ("search" = Option<String>, Query, description = "Parts of names, company, address or number.")),
    responses((status = 200, body = List<Shown>)))]
pub async fn list(caller: Caller<Read>, mut params: Params) -> Result<Json<List<Shown>>> {
    let page = params.page::<ContactKind>();
    let search = params.search();
    params.finish()?;
    let engine = &caller.state.engine;
    let found = engine.contacts(caller.workspace, &search, page.before, page.limit + 1);
    let mut found = found.await?;
    let next = cut(&mut found, page.limit, |contact| contact.id);
    let data = found.into_iter().map(Shown::from).collect();
    Ok(Json(List { data, next }))
}

/// Show a contact
#[utoipa::path(get, path = "/v1/contacts/{id}", tag = "contacts", security(("key" = ["read"])),
    responses((status = 200, body = Shown, headers(("etag" = String)))))]
pub async fn show(caller: Caller<Read>, At(id): At<ContactKind>) -> Result<(ETag, Json<Shown>)> {
    let contact = caller.state.engine.contact(caller.workspace, id).await?;
    Ok((etag(contact.version), Json(contact.into())))
}
