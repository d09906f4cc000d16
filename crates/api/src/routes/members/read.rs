//! Members as people see them.

use super::shape::Shown;
use crate::auth::{Caller, Read, member, standing};
use crate::errors::{Error, Result};
use crate::page::List;
use crate::params::Params;
use crate::routes::flows::etag::{ETag, etag};
use crate::shapes::id::At;
use axum::Json;
use kernel::id::Member as MemberKind;

/// List members
///
/// All of them, at most 500, the last one invited first.
#[utoipa::path(get, path = "/v1/members", tag = "members", security(("key" = ["read"])),
    responses((status = 200, body = List<Shown>)))]
pub async fn list(caller: Caller<Read>, params: Params) -> Result<Json<List<Shown>>> {
    params.finish()?;
    let engine = &caller.state.engine;
    let store = engine.store().as_ref();
    let standing = standing(store, caller.workspace, engine.now()).await?;
    let members = member::all(store, caller.workspace).await?.into_iter();
    let data = members
        .map(|member| Shown::new(member, &standing))
        .collect();
    Ok(Json(List { data, next: None }))
}

/// Show a member
#[utoipa::path(get, path = "/v1/members/{id}", tag = "members", security(("key" = ["read"])),
    responses((status = 200, body = Shown, headers(("etag" = String)))))]
pub async fn show(caller: Caller<Read>, At(id): At<MemberKind>) -> Result<(ETag, Json<Shown>)> {
    let store = caller.state.engine.store().as_ref();
    let found = member::get(store, caller.workspace, id).await?;
    let member = found.ok_or_else(|| Error::not_found("member with this id"))?;
    shown(&caller, member).await
}

/// A member as it is now, with its ETag.
pub(super) async fn shown<P>(
    caller: &Caller<P>,
    member: member::Member,
) -> Result<(ETag, Json<Shown>)> {
    let engine = &caller.state.engine;
    let standing = standing(engine.store().as_ref(), caller.workspace, engine.now()).await?;
    let revision = member.body.revision;
    Ok((etag(revision), Json(Shown::new(member, &standing))))
}
