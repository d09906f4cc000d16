//! API keys as stored: a document under the hash of its token, never the token.

use super::caller::{Known, Via};
use super::scope::Scope;
use super::token;
use crate::errors::{Error, Result};
use bytes::Bytes;
use kernel::Timestamp;
use kernel::id::{Id, KeyId, WorkspaceId};
use serde::{Deserialize, Serialize};
use store::Store;
use store::catalog::{Document, Kind};

#[derive(Debug, Clone)]
pub struct NewKey {
    pub name: String,
    pub scopes: Vec<Scope>,
    pub expires_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeyBody {
    pub scopes: Vec<Scope>,
    pub expires_at: Option<Timestamp>,
    /// Last characters of the token: people tell keys apart by them.
    pub last_four: String,
}

/// A new document's id, made at `now`.
pub(crate) fn new_id<K: kernel::id::Kind>(now: Timestamp) -> Id<K> {
    let mut random = [0; 16];
    getrandom::fill(&mut random)
        .expect("the operating system always has randomness once it has booted");
    Id::new(now.as_millisecond().max(0) as u64, 0, random)
}

/// Keeps a new key. Returns its document and the token, which is not known to anybody else from now on.
pub async fn create_key(
    store: &dyn Store,
    workspace: WorkspaceId,
    key: NewKey,
    now: Timestamp,
) -> Result<(Document, String), store::Error> {
    let token = token::generate(token::KEY_PREFIX);
    let body = KeyBody {
        scopes: key.scopes,
        expires_at: key.expires_at,
        last_four: token[token.len() - 4..].to_owned(),
    };
    let id: KeyId = new_id(now);
    let document = document(
        Kind::Key,
        id.bytes(),
        workspace,
        key.name,
        &token,
        &body,
        now,
    );
    store.put(document.clone(), 0).await?;
    Ok((document, token))
}

/// A document that is looked up by the hash of `token`.
pub(super) fn document<T: Serialize>(
    kind: Kind,
    id: [u8; 16],
    workspace: WorkspaceId,
    name: String,
    token: &str,
    body: &T,
    now: Timestamp,
) -> Document {
    Document {
        kind,
        id,
        workspace,
        version: 1,
        name,
        alias: Some(token::hash(token)),
        enabled: true,
        created_at: now,
        updated_at: now,
        body: Bytes::from(serde_json::to_vec(body).expect("plain data is JSON")),
    }
}

pub(super) async fn find(store: &dyn Store, hash: &str) -> Result<Option<Known>> {
    let Some(document) = store.find(Kind::Key, hash).await? else {
        return Ok(None);
    };
    let body: KeyBody = read(&document)?;
    Ok(Some(Known {
        workspace: document.workspace,
        scopes: body.scopes,
        expires_at: body.expires_at,
        via: Via::Key,
        id: KeyId::from_bytes(document.id).to_string(),
        name: document.name,
        member: None,
    }))
}

/// What a stored document says.
pub(crate) fn read<T: for<'de> Deserialize<'de>>(document: &Document) -> Result<T> {
    serde_json::from_slice(&document.body).map_err(|error| {
        let reason = format!("{:?} {}: {error}", document.kind, document.name);
        Error::from(store::Error::Corrupt(reason))
    })
}
