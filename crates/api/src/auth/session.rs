//! Browser sessions: a one-time link becomes an opaque cookie. Links and sessions rest as hashes of their tokens.

use super::caller::{Known, Via};
use super::keys::{document, new_id, read};
use super::scope::Scope;
use super::token;
use crate::errors::Result;
use kernel::Timestamp;
use kernel::id::{SessionId, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use store::Store;
use store::catalog::Kind;

/// How long a session lasts.
pub const SESSION: Duration = Duration::from_secs(30 * 24 * 3600);

#[derive(Debug, Serialize, Deserialize)]
struct Pass {
    scopes: Vec<Scope>,
    expires_at: Timestamp,
}

/// Makes a link that signs one browser in, once, for as long as it lasts. Returns the token for `/sign-in?token=…`.
pub async fn create_link(
    store: &dyn Store,
    workspace: WorkspaceId,
    name: &str,
    lasts: Duration,
    now: Timestamp,
) -> Result<String, store::Error> {
    let token = token::generate("");
    let body = Pass {
        scopes: vec![Scope::Admin],
        expires_at: now + lasts,
    };
    let id: SessionId = new_id(now);
    let link = document(
        Kind::Link,
        id.bytes(),
        workspace,
        name.into(),
        &token,
        &body,
        now,
    );
    store.put(link, 0).await?;
    Ok(token)
}

/// Uses a link up and opens a session. `None`: the link is unknown, used or expired.
pub async fn open(store: &dyn Store, link: &str, now: Timestamp) -> Result<Option<String>> {
    let Some(link) = store.find(Kind::Link, &token::hash(link)).await? else {
        return Ok(None);
    };
    let pass: Pass = read(&link)?;
    // Of two browsers with the same link only one deletes it.
    if !store.delete(Kind::Link, link.id, now).await? || pass.expires_at <= now {
        return Ok(None);
    }
    let token = token::generate("");
    let body = Pass {
        scopes: pass.scopes,
        expires_at: now + SESSION,
    };
    let id: SessionId = new_id(now);
    let session = document(
        Kind::Session,
        id.bytes(),
        link.workspace,
        link.name,
        &token,
        &body,
        now,
    );
    store.put(session, 0).await?;
    Ok(Some(token))
}

pub(super) async fn find(store: &dyn Store, hash: &str) -> Result<Option<Known>> {
    let Some(session) = store.find(Kind::Session, hash).await? else {
        return Ok(None);
    };
    let pass: Pass = read(&session)?;
    Ok(Some(Known {
        workspace: session.workspace,
        scopes: pass.scopes,
        expires_at: Some(pass.expires_at),
        name: session.name,
        via: Via::Session,
    }))
}

/// Ends the session whose token has this hash.
pub async fn close(store: &dyn Store, hash: &str, now: Timestamp) -> Result<()> {
    if let Some(session) = store.find(Kind::Session, hash).await? {
        store.delete(Kind::Session, session.id, now).await?;
    }
    Ok(())
}
