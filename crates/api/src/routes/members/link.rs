//! Sign-in links for members: the one of an invitation, a new one in its place, and taking it back.

use super::edit::may_touch;
use super::shape::{Invitation, Shown};
use crate::auth::member::{self, Member};
use crate::auth::{Admin, Caller, create_link, revoke_links, standing};
use crate::errors::{Error, Result};
use crate::network::origin;
use crate::shapes::id::At;
use axum::Json;
use http::StatusCode;
use http::request::Parts;
use kernel::id::{Member as MemberKind, MemberId};
use std::time::Duration;

const LASTS: Duration = Duration::from_secs(7 * 24 * 3600);

async fn found(caller: &Caller<Admin>, id: MemberId) -> Result<Member> {
    let store = caller.state.engine.store().as_ref();
    let found = member::get(store, caller.workspace, id).await?;
    let member = found.ok_or_else(|| Error::not_found("member with this id"))?;
    may_touch(caller, member.body.role)?;
    Ok(member)
}

/// Make a sign-in link for a member
///
/// In place of the one before: for an invitation that has run out, another browser, or somebody whose session has ended. It can be
/// used once, within seven days, and is not shown again.
#[utoipa::path(post, path = "/v1/members/{id}/link", tag = "members", security(("key" = ["admin"])),
    responses((status = 201, body = Invitation)))]
pub async fn renew(
    caller: Caller<Admin>,
    At(id): At<MemberKind>,
    parts: Parts,
) -> Result<(StatusCode, Json<Invitation>)> {
    let member = found(&caller, id).await?;
    made(&caller, &parts, member).await
}

/// Makes the only link that a member then has.
pub(super) async fn made(
    caller: &Caller<Admin>,
    parts: &Parts,
    member: Member,
) -> Result<(StatusCode, Json<Invitation>)> {
    let (engine, workspace) = (&caller.state.engine, caller.workspace);
    let (store, now) = (engine.store().as_ref(), engine.now());
    revoke_links(store, workspace, member.id, now).await?;
    let token = create_link(store, workspace, Some(member.id), LASTS, now).await?;
    let standing = standing(store, workspace, now).await?;
    let invitation = Invitation {
        member: Shown::new(member, &standing),
        link: format!(
            "{}/sign-in?token={token}",
            origin(parts, &caller.state.settings)
        ),
    };
    Ok((StatusCode::CREATED, Json(invitation)))
}

/// Take a sign-in link back
#[utoipa::path(delete, path = "/v1/members/{id}/link", tag = "members", security(("key" = ["admin"])), responses((status = 204)))]
pub async fn revoke(caller: Caller<Admin>, At(id): At<MemberKind>) -> Result<StatusCode> {
    let member = found(&caller, id).await?;
    let engine = &caller.state.engine;
    let store = engine.store().as_ref();
    match revoke_links(store, caller.workspace, member.id, engine.now()).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Error::not_found(
            "link for this member that can still be used",
        )),
    }
}
