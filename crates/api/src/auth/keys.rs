//! API keys as stored: a document under the hash of its token, never the token.

use super::caller::{Known, Via};
use super::scope::Scope;
use super::token;
use crate::errors::{Error, Result};
use bytes::Bytes;
use jiff::SignedDuration;
use kernel::Timestamp;
use kernel::id::{Id, KeyId, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
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
    /// About when it was used last.
    #[serde(default)]
    pub last_used_at: Option<Timestamp>,
}

/// A use is written down again after so long.
const USED_AGAIN: SignedDuration = SignedDuration::from_secs(5 * 60);

/// A new document's id, made at `now`.
pub(crate) fn new_id<K: kernel::id::Kind>(now: Timestamp) -> Id<K> {
    let mut random = [0; 16];
    getrandom::fill(&mut random)
        .expect("the operating system always has randomness once it has booted");
    Id::new(now.as_millisecond().max(0) as u64, 0, random)
}

/// What follows time and partition begins with a count.
pub(crate) fn counted_id<K: kernel::id::Kind>(now: Timestamp, count: u32) -> Id<K> {
    let mut bits = new_id::<K>(now).bytes();
    bits[7] = 0;
    bits[8..12].copy_from_slice(&count.to_be_bytes());
    Id::new(now.as_millisecond().max(0) as u64, 0, bits)
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
        last_used_at: None,
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

pub(super) async fn find(
    store: &Arc<dyn Store>,
    hash: &str,
    now: Timestamp,
) -> Result<Option<Known>> {
    let Some(document) = store.find(Kind::Key, hash).await? else {
        return Ok(None);
    };
    let body: KeyBody = read(&document)?;
    note_use(store, &document, &body, now);
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

/// Nobody waits for it, and whoever changes the key at this moment wins.
fn note_use(store: &Arc<dyn Store>, document: &Document, body: &KeyBody, now: Timestamp) {
    let is_known = |at: Timestamp| now.duration_since(at) < USED_AGAIN;
    let is_over = body.expires_at.is_some_and(|at| at <= now);
    if is_over || body.last_used_at.is_some_and(is_known) {
        return;
    }
    let body = KeyBody {
        last_used_at: Some(now),
        ..body.clone()
    };
    let (store, mut document) = (store.clone(), document.clone());
    let expect = document.version;
    document.version += 1;
    document.body = Bytes::from(serde_json::to_vec(&body).expect("plain data is JSON"));
    tokio::spawn(async move {
        if let Err(error) = store.put(document, expect).await {
            tracing::warn!(%error, "the use of a key was not noted");
        }
    });
}

/// What a stored document says.
pub(crate) fn read<T: for<'de> Deserialize<'de>>(document: &Document) -> Result<T> {
    serde_json::from_slice(&document.body).map_err(|error| {
        let reason = format!("{:?} {}: {error}", document.kind, document.name);
        Error::from(store::Error::Corrupt(reason))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_millisecond_keep_their_order() {
        let id = |count| counted_id::<kernel::id::Audit>(Timestamp::UNIX_EPOCH, count);
        let ids: Vec<_> = (0..1000).map(id).collect();
        assert!(ids.is_sorted());
    }
}
