//! What people edit as one JSON document with a version: contacts, agents, campaigns. Kept whole, found by its id or by the
//! alias that tells it apart in its workspace; what it means is its own module's business.

use crate::engine::Inner;
use crate::pages::Pages;
use crate::{Refusal, wire};
use kernel::Timestamp;
use kernel::id::{Id, Kind as IdKind, WorkspaceId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::Store;
use store::catalog::{Document, Kind, Put};

pub trait Resource: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync {
    type Id: IdKind;
    const KIND: Kind;
    /// As in "there is no …".
    const WHAT: &'static str;
    /// What a search looks at.
    fn name(&self) -> String;
    /// What no other one of the workspace may have.
    fn unique(&self) -> String;
    /// The same for people: "the name `Sarah`".
    fn taken(&self) -> String;
}

/// One of them, as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept<R: Resource> {
    pub id: Id<R::Id>,
    pub version: u32,
    pub value: R,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl<R: Resource> Kept<R> {
    pub(crate) fn read(document: &Document) -> store::Result<Self> {
        Ok(Self {
            id: Id::from_bytes(document.id),
            version: document.version,
            value: wire::decode(R::WHAT, &document.body)?,
            created_at: document.created_at,
            updated_at: document.updated_at,
        })
    }

    pub(crate) fn document(&self, workspace: WorkspaceId) -> Document {
        Document {
            kind: R::KIND,
            id: self.id.bytes(),
            workspace,
            version: self.version,
            name: self.value.name(),
            alias: Some(alias(workspace, &self.value.unique())),
            enabled: true,
            created_at: self.created_at,
            updated_at: self.updated_at,
            body: wire::encode(&self.value),
        }
    }
}

pub(crate) fn alias(workspace: WorkspaceId, unique: &str) -> String {
    format!("{workspace}/{unique}")
}

/// The words of a search among names, in small letters.
pub(crate) fn words(search: &str) -> Vec<String> {
    let words = search.to_lowercase();
    words.split_whitespace().map(String::from).collect()
}

/// All of a workspace, oldest first.
pub(crate) async fn all<R: Resource>(
    store: &dyn Store,
    workspace: WorkspaceId,
) -> store::Result<Vec<Kept<R>>> {
    let mut found = newest(store, workspace, usize::MAX).await?;
    found.reverse();
    Ok(found)
}

/// Newest first; once there are `most` of them, no further page is read.
pub(crate) async fn newest<R: Resource>(
    store: &dyn Store,
    workspace: WorkspaceId,
    most: usize,
) -> store::Result<Vec<Kept<R>>> {
    let mut pages = Pages::new(store, Some(workspace), R::KIND);
    let mut found = Vec::new();
    while found.len() < most
        && let Some(page) = pages.next().await?
    {
        for document in &page {
            found.push(Kept::read(document)?);
        }
    }
    Ok(found)
}

impl Inner {
    /// Keeps a new one (`id: None`) or a change of one; `expect` is the version that it replaces, where the caller cares. What
    /// changes nothing makes no version.
    pub(crate) async fn keep<R: Resource>(
        &self,
        workspace: WorkspaceId,
        id: Option<Id<R::Id>>,
        expect: Option<u32>,
        value: R,
    ) -> Result<Kept<R>, Refusal> {
        let current = match id {
            Some(id) => Some(self.kept::<R>(workspace, id).await?),
            None => None,
        };
        let version = current.as_ref().map_or(0, |current| current.version);
        if expect.is_some_and(|expect| expect != version) {
            return Err(Refusal::Conflict(version));
        }
        if let Some(current) = &current
            && current.value == value
        {
            return Ok(current.clone());
        }
        let now = self.stamp.now();
        let kept = Kept {
            id: id.unwrap_or_else(|| self.stamp.id(0)),
            version: version + 1,
            created_at: current.map_or(now, |current| current.created_at),
            updated_at: now,
            value,
        };
        match self.store.put(kept.document(workspace), version).await? {
            Put::Saved => Ok(kept),
            Put::Conflict(version) => Err(Refusal::Conflict(version)),
            Put::Taken => Err(Refusal::Taken(kept.value.taken())),
        }
    }

    pub(crate) async fn kept<R: Resource>(
        &self,
        workspace: WorkspaceId,
        id: Id<R::Id>,
    ) -> Result<Kept<R>, Refusal> {
        let document = self.store.get(R::KIND, id.bytes()).await?;
        let document = document.filter(|document| document.workspace == workspace);
        let document = document.ok_or(Refusal::NotFound(R::WHAT))?;
        Ok(Kept::read(&document)?)
    }

    /// Newest first; with `words`, those whose name has them.
    pub(crate) async fn listed<R: Resource>(
        &self,
        workspace: WorkspaceId,
        words: &[String],
        before: Option<Id<R::Id>>,
        limit: u32,
    ) -> Result<Vec<Kept<R>>, Refusal> {
        let before = before.map(Id::bytes);
        let found = match words {
            [] => self.store.list(Some(workspace), R::KIND, before, limit),
            words => self
                .store
                .search(workspace, R::KIND, words, None, before, limit),
        };
        let found = found.await?;
        Ok(found.iter().map(Kept::read).collect::<Result<_, _>>()?)
    }

    pub(crate) async fn remove<R: Resource>(
        &self,
        workspace: WorkspaceId,
        id: Id<R::Id>,
    ) -> Result<(), Refusal> {
        self.kept::<R>(workspace, id).await?;
        let now = self.stamp.now();
        self.store.delete(R::KIND, id.bytes(), now).await?;
        Ok(())
    }
}
