//! Documents that nobody edits: what is remembered of something under an id, or under a hash as its alias.

use crate::engine::Inner;
use crate::wire;
use kernel::id::WorkspaceId;
use serde::Serialize;
use store::catalog::{Document, Kind};

impl Inner {
    /// As of now; the store counts the versions.
    pub(crate) fn memo(
        &self,
        kind: Kind,
        id: [u8; 16],
        workspace: WorkspaceId,
        said: &impl Serialize,
    ) -> Document {
        let now = self.stamp.now();
        Document {
            kind,
            id,
            workspace,
            version: 0,
            name: String::new(),
            alias: None,
            enabled: true,
            created_at: now,
            updated_at: now,
            body: wire::encode(said),
        }
    }

    /// The same, to be found by an alias.
    pub(crate) fn memo_under(
        &self,
        alias: String,
        kind: Kind,
        workspace: WorkspaceId,
        said: &impl Serialize,
    ) -> Document {
        let id = self.stamp.id::<kernel::id::Setting>(0).bytes();
        Document {
            alias: Some(alias),
            ..self.memo(kind, id, workspace, said)
        }
    }
}
