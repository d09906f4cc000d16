//! Making, changing and removing contacts.

use super::shape::{New, Shown};
use crate::auth::{Caller, Operate};
use crate::body::Body;
use crate::errors::Result;
use crate::patch::patched;
use crate::routes::flows::etag::{ETag, IfMatch, etag};
use crate::shapes::id::At;
use axum::Json;
use calls::contact::Contact;
use http::StatusCode;
use kernel::id::{Contact as ContactKind, ContactId};
use serde_json::Value;

/// Create a contact
///
/// There is one for each number: a second one with the same number is refused.
#[utoipa::path(post, path = "/v1/contacts", tag = "contacts", security(("key" = ["operate"])), request_body = New,
    responses((status = 201, body = Shown, headers(("etag" = String)))))]
pub async fn create(
    caller: Caller<Operate>,
    Body(new): Body<Contact>,
) -> Result<(StatusCode, ETag, Json<Shown>)> {
    let (etag, saved) = save(&caller, None, None, new).await?;
    Ok((StatusCode::CREATED, etag, saved))
}

/// Replace a contact
///
/// What is not given is unset; what is `[redacted]` stays as it is.
#[utoipa::path(put, path = "/v1/contacts/{id}", tag = "contacts", security(("key" = ["operate"])), request_body = New,
    params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = Shown, headers(("etag" = String)))))]
pub async fn replace(
    caller: Caller<Operate>,
    At(id): At<ContactKind>,
    IfMatch(expect): IfMatch,
    Body(new): Body<Contact>,
) -> Result<(ETag, Json<Shown>)> {
    save(&caller, Some(id), expect, new).await
}

/// Change parts of a contact
///
/// As in RFC 7396: what is given replaces, null removes, `columns` are merged.
#[utoipa::path(patch, path = "/v1/contacts/{id}", tag = "contacts", security(("key" = ["operate"])), request_body = Object,
    params(("if-match" = Option<String>, Header, description = "The version that this changes, as in `ETag`.")),
    responses((status = 200, body = Shown, headers(("etag" = String)))))]
pub async fn patch(
    caller: Caller<Operate>,
    At(id): At<ContactKind>,
    IfMatch(expect): IfMatch,
    Body(changes): Body<Value>,
) -> Result<(ETag, Json<Shown>)> {
    let current = caller.state.engine.contact(caller.workspace, id).await?;
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
    caller: &Caller<Operate>,
    id: Option<ContactId>,
    mut expect: Option<u32>,
    new: Contact,
) -> Result<(ETag, Json<Shown>)> {
    let engine = &caller.state.engine;
    let mut known = Contact::default();
    if let Some(id) = id {
        let kept = engine.contact(caller.workspace, id).await?;
        known = kept.value;
        // Saved over what was looked at, and over nothing that came since.
        expect = expect.or(Some(kept.version));
    }
    let new = new.unmasked(&known);
    let saved = engine
        .save_contact(caller.workspace, id, expect, new)
        .await?;
    Ok((etag(saved.version), Json(saved.into())))
}

/// Delete a contact
///
/// Calls that it was found for keep what they know of it.
#[utoipa::path(delete, path = "/v1/contacts/{id}", tag = "contacts", security(("key" = ["operate"])), responses((status = 204)))]
pub async fn delete(caller: Caller<Operate>, At(id): At<ContactKind>) -> Result<StatusCode> {
    let engine = &caller.state.engine;
    engine.delete_contact(caller.workspace, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
