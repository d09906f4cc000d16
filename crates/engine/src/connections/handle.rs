//! What callers of the engine do with connections.

use super::{Connection, NewConnection, Tried};
use crate::resource::words;
use crate::{Engine, Refusal};
use kernel::id::{ConnectionId, WorkspaceId};

impl Engine {
    /// Keeps a new connection (`id: None`) or a change of one; `expect` is the version that it replaces, where the caller cares.
    /// A name that flows use is changed only by `force`.
    pub async fn save_connection(
        &self,
        workspace: WorkspaceId,
        id: Option<ConnectionId>,
        expect: Option<u32>,
        new: NewConnection,
        force: bool,
    ) -> Result<Connection, Refusal> {
        self.inner
            .save_connection(workspace, id, expect, new, force)
            .await
    }

    pub async fn connection(
        &self,
        workspace: WorkspaceId,
        id: ConnectionId,
    ) -> Result<Connection, Refusal> {
        self.inner.show_connection(workspace, id).await
    }

    /// Newest first; those that have the words of `search` in their names.
    pub async fn connections(
        &self,
        workspace: WorkspaceId,
        search: &str,
        before: Option<ConnectionId>,
        limit: u32,
    ) -> Result<Vec<Connection>, Refusal> {
        let words = words(search);
        self.inner
            .connections(workspace, &words, before, limit)
            .await
    }

    /// Removes a connection; one that flows use only by `force`.
    pub async fn delete_connection(
        &self,
        workspace: WorkspaceId,
        id: ConnectionId,
        force: bool,
    ) -> Result<(), Refusal> {
        self.inner.delete_connection(workspace, id, force).await
    }

    /// Tries a connection and keeps what came of it.
    pub async fn try_connection(
        &self,
        workspace: WorkspaceId,
        id: ConnectionId,
    ) -> Result<Tried, Refusal> {
        self.inner.try_connection(workspace, id).await
    }
}
