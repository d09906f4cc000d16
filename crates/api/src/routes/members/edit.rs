//! Inviting, changing and removing members. Only owners make, change and remove owners.

use super::link;
use super::read::shown;
use super::shape::{Editable, Invitation, NewMember, Shown, check};
use crate::auth::member::{self, Member};
use crate::auth::{Admin, Caller, Role, revoke_all};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::patch::patched;
use crate::routes::flows::etag::{ETag, IfMatch};
use crate::shapes::id::At;
use axum::Json;
use engine::Refusal;
use http::StatusCode;
use http::request::Parts;
use kernel::id::{Member as MemberKind, MemberId};
use serde_json::Value;
use std::sync::atomic::{AtomicBool, Ordering};

/// Invite somebody
///
/// The answer holds a link that signs one browser in, once, within seven days; it is not shown again.
#[utoipa::path(post, path = "/v1/members", tag = "members", security(("key" = ["admin"])), request_body = NewMember,
    responses((status = 201, body = Invitation)))]
pub async fn invite(
    caller: Caller<Admin>,
    parts: Parts,
    Body(new): Body<NewMember>,
) -> Result<(StatusCode, Json<Invitation>)> {
    check(&new.name, new.email.as_deref())?;
    may_touch(&caller, new.role)?;
    let engine = &caller.state.engine;
    let store = engine.store().as_ref();
    let members = member::all(store, caller.workspace).await?;
    if members.len() >= member::MOST {
        let detail = format!("a workspace has at most {} members", member::MOST);
        return Err(Error::new(Code::NotNow, detail));
    }
    taken(&members, None, new.email.as_deref())?;
    let (workspace, now) = (caller.workspace, engine.now());
    let member = member::create(store, workspace, &new.name, new.email, new.role, now).await?;
    link::made(&caller, &parts, member).await
}

/// Only owners deal with owners.
pub(super) fn may_touch(caller: &Caller<Admin>, role: Role) -> Result<()> {
    if role == Role::Owner && !caller.known.is_owner() {
        let detail = "only an owner invites, changes or removes owners";
        return Err(Error::new(Code::Forbidden, detail));
    }
    Ok(())
}

fn taken(members: &[Member], but: Option<MemberId>, email: Option<&str>) -> Result<()> {
    let has = |member: &Member| {
        let theirs = member.body.email.as_deref();
        theirs.is_some_and(|theirs| email.is_some_and(|email| email.eq_ignore_ascii_case(theirs)))
    };
    let mut others = members.iter().filter(|member| Some(member.id) != but);
    match others.find(|member| has(member)) {
        Some(other) => {
            let detail = format!("{} has this e-mail address already", other.name);
            Err(Error::new(Code::AlreadyExists, detail))
        }
        None => Ok(()),
    }
}

/// Change a member
///
/// As in RFC 7396: `name`, `email`, `role`. A new role counts with the member's next request, on every node. Whoever becomes an
/// owner signs in anew: the links and sessions from before end. The last owner who has signed in stays one.
#[utoipa::path(patch, path = "/v1/members/{id}", tag = "members", security(("key" = ["admin"])), request_body = Object,
    params(("if-match" = Option<String>, Header, description = "The version that this changes, as in `ETag`.")),
    responses((status = 200, body = Shown, headers(("etag" = String)))))]
pub async fn patch(
    caller: Caller<Admin>,
    At(id): At<MemberKind>,
    IfMatch(expect): IfMatch,
    Body(changes): Body<Value>,
) -> Result<(ETag, Json<Shown>)> {
    let engine = &caller.state.engine;
    let (store, workspace) = (engine.store().as_ref(), caller.workspace);
    let members = member::all(store, workspace).await?;
    let raised = AtomicBool::new(false);
    let edit = |member: &mut Member| {
        let body = &mut member.body;
        if expect.is_some_and(|expect| expect != body.revision) {
            return Err(Refusal::Conflict(body.revision).into());
        }
        let before = Editable {
            name: member.name.clone(),
            email: body.email.clone(),
            role: body.role,
        };
        let after = patched(&before, changes.clone())?;
        check(&after.name, after.email.as_deref())?;
        taken(&members, Some(id), after.email.as_deref())?;
        may_touch(&caller, before.role)?;
        may_touch(&caller, after.role)?;
        let is_raised = before.role != Role::Owner && after.role == Role::Owner;
        raised.store(is_raised, Ordering::Relaxed);
        body.role = after.role;
        body.email = after.email;
        body.revision += 1;
        member.name = after.name;
        Ok(())
    };
    let changed = member::change(store, workspace, id, engine.now(), edit).await?;
    if raised.into_inner() {
        // An admin may have made or used a link of theirs: it must not make an owner of that admin.
        revoke_all(store, workspace, id, engine.now()).await?;
    }
    shown(&caller, changed).await
}

/// Remove a member
///
/// Their sessions and links end at once, on every node. What they made stays, keys included. The last owner who has signed in stays.
#[utoipa::path(delete, path = "/v1/members/{id}", tag = "members", security(("key" = ["admin"])), responses((status = 204)))]
pub async fn remove(caller: Caller<Admin>, At(id): At<MemberKind>) -> Result<StatusCode> {
    let engine = &caller.state.engine;
    let may = |member: &Member| may_touch(&caller, member.body.role);
    let store = engine.store().as_ref();
    member::remove(store, caller.workspace, id, engine.now(), may).await?;
    Ok(StatusCode::NO_CONTENT)
}
