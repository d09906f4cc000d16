//! Browser sessions: a one-time link becomes an opaque cookie of its member's. Links and sessions rest as hashes of their tokens;
//! what a session may do is asked of its member each time, so that a change counts at once on every node.

use super::caller::{Known, Via};
use super::keys::{document, new_id, read};
use super::member::{self, Member};
use super::token;
use crate::errors::Result;
use kernel::Timestamp;
use kernel::id::{MemberId, SessionId, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::time::Duration;
use store::Store;
use store::catalog::{Document, Kind};

/// How long a session lasts.
pub const SESSION: Duration = Duration::from_secs(30 * 24 * 3600);
/// How long the link lasts that the server itself prints.
const PRINTED: Duration = Duration::from_secs(24 * 3600);

/// What a link or a session stands for.
#[derive(Debug, Serialize, Deserialize)]
struct Pass {
    /// `None`: the first owner's, from before there were members.
    #[serde(default)]
    member: Option<MemberId>,
    expires_at: Timestamp,
}

async fn keep(
    store: &dyn Store,
    kind: Kind,
    workspace: WorkspaceId,
    pass: &Pass,
    now: Timestamp,
) -> Result<String, store::Error> {
    let token = token::generate("");
    let id: SessionId = new_id(now);
    let kept = document(
        kind,
        id.bytes(),
        workspace,
        String::new(),
        &token,
        pass,
        now,
    );
    store.put(kept, 0).await?;
    Ok(token)
}

/// Makes a link that signs one browser in, once, for as long as it lasts; `None` for the first owner's. Returns the token for
/// `/sign-in?token=…`.
pub async fn create_link(
    store: &dyn Store,
    workspace: WorkspaceId,
    member: Option<MemberId>,
    lasts: Duration,
    now: Timestamp,
) -> Result<String, store::Error> {
    let pass = Pass {
        member,
        expires_at: now + lasts,
    };
    keep(store, Kind::Link, workspace, &pass, now).await
}

/// A link for an owner, while none is signed in, or `always`: for whoever starts the server.
pub async fn owners_link(
    store: &dyn Store,
    workspace: WorkspaceId,
    always: bool,
    now: Timestamp,
) -> Result<Option<String>, store::Error> {
    let members = member::all(store, workspace).await?;
    let owners = members.iter().filter(|member| member.holds());
    let owners: Vec<MemberId> = owners.map(|member| member.id).collect();
    let sessions = passes(store, workspace, Kind::Session, now).await?;
    let is_owners =
        |(_, pass): &(Document, Pass)| pass.member.is_none_or(|id| owners.contains(&id));
    if !always && sessions.iter().any(is_owners) {
        return Ok(None);
    }
    let oldest = owners.last().copied();
    create_link(store, workspace, oldest, PRINTED, now)
        .await
        .map(Some)
}

/// Uses a link up and opens a session. `None`: the link is unknown, used or expired, or its member is gone.
pub async fn open(
    store: &dyn Store,
    link: &str,
    now: Timestamp,
) -> Result<Option<(String, Member)>> {
    let Some(link) = store.find(Kind::Link, &token::hash(link)).await? else {
        return Ok(None);
    };
    let pass: Pass = read(&link)?;
    // Of two browsers with the same link only one deletes it.
    if !store.delete(Kind::Link, link.id, now).await? || pass.expires_at <= now {
        return Ok(None);
    }
    let Some(member) = of(store, link.workspace, &pass, now).await? else {
        return Ok(None);
    };
    let member = member::change(store, link.workspace, member.id, now, |member| {
        member.body.joined_at.get_or_insert(now);
        member.body.seen_at = Some(now);
        Ok(())
    })
    .await?;
    let pass = Pass {
        member: Some(member.id),
        expires_at: now + SESSION,
    };
    let token = keep(store, Kind::Session, link.workspace, &pass, now).await?;
    // Whoever changed the member at this moment has not seen the session: a new role is not its to have.
    let after = member::get(store, link.workspace, member.id).await?;
    if after.is_none_or(|after| after.body.revision != member.body.revision) {
        close(store, &token::hash(&token), now).await?;
        return Ok(None);
    }
    Ok(Some((token, member)))
}

async fn of(
    store: &dyn Store,
    workspace: WorkspaceId,
    pass: &Pass,
    now: Timestamp,
) -> Result<Option<Member>, store::Error> {
    match pass.member {
        Some(id) => member::get(store, workspace, id).await,
        None => member::founder(store, workspace, now).await,
    }
}

pub(super) async fn find(store: &dyn Store, hash: &str, now: Timestamp) -> Result<Option<Known>> {
    let Some(session) = store.find(Kind::Session, hash).await? else {
        return Ok(None);
    };
    let pass: Pass = read(&session)?;
    let Some(member) = of(store, session.workspace, &pass, now).await? else {
        return Ok(None);
    };
    if pass.expires_at > now {
        member::seen(store, &member, now).await;
    }
    Ok(Some(Known {
        workspace: session.workspace,
        scopes: member.body.role.scopes().to_vec(),
        expires_at: Some(pass.expires_at),
        via: Via::Session,
        id: member.id.to_string(),
        name: member.name.clone(),
        member: Some(member),
    }))
}

/// Ends the session whose token has this hash.
pub async fn close(store: &dyn Store, hash: &str, now: Timestamp) -> Result<()> {
    if let Some(session) = store.find(Kind::Session, hash).await? {
        store.delete(Kind::Session, session.id, now).await?;
    }
    Ok(())
}

/// Links or sessions that are still good, newest first.
async fn passes(
    store: &dyn Store,
    workspace: WorkspaceId,
    kind: Kind,
    now: Timestamp,
) -> Result<Vec<(Document, Pass)>, store::Error> {
    let all = member::every(store, workspace, kind).await?;
    let read = |document: Document| {
        let pass: Pass = serde_json::from_slice(&document.body).ok()?;
        (pass.expires_at > now).then_some((document, pass))
    };
    Ok(all.into_iter().filter_map(read).collect())
}

/// How many browsers each member is signed in with, and until when the link lasts that was made for them.
#[derive(Debug, Default)]
pub struct Standing {
    pub sessions: HashMap<MemberId, usize>,
    pub links: HashMap<MemberId, Timestamp>,
}

pub async fn standing(
    store: &dyn Store,
    workspace: WorkspaceId,
    now: Timestamp,
) -> Result<Standing> {
    let mut standing = Standing::default();
    for (_, pass) in passes(store, workspace, Kind::Session, now).await? {
        if let Some(member) = pass.member {
            *standing.sessions.entry(member).or_default() += 1;
        }
    }
    for (_, pass) in passes(store, workspace, Kind::Link, now).await? {
        if let Some(member) = pass.member {
            standing.links.insert(member, pass.expires_at);
        }
    }
    Ok(standing)
}

/// Takes back the links of a member; whether there was one.
pub async fn revoke_links(
    store: &dyn Store,
    workspace: WorkspaceId,
    member: MemberId,
    now: Timestamp,
) -> Result<bool> {
    revoke(store, workspace, Kind::Link, member, now).await
}

/// Takes back all that signs a member in: whoever holds any of it is not sure to be them.
pub async fn revoke_all(
    store: &dyn Store,
    workspace: WorkspaceId,
    member: MemberId,
    now: Timestamp,
) -> Result<()> {
    // Links first: a link that is used meanwhile leaves a session.
    for kind in [Kind::Link, Kind::Session] {
        revoke(store, workspace, kind, member, now).await?;
    }
    Ok(())
}

async fn revoke(
    store: &dyn Store,
    workspace: WorkspaceId,
    kind: Kind,
    member: MemberId,
    now: Timestamp,
) -> Result<bool> {
    let mut any = false;
    for (kept, pass) in passes(store, workspace, kind, now).await? {
        if pass.member == Some(member) {
            any |= store.delete(kind, kept.id, now).await?;
        }
    }
    Ok(any)
}
