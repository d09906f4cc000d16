//! Lines to switches that tell their events to whoever connects: which node keeps which, and opening one with what its workspace
//! may reach.

use crate::Engine;
use actions::{Feed, Surroundings};
use kernel::id::{PARTITIONS, WorkspaceId};

impl Engine {
    /// Whether the line of the document with this id is this node's to keep. While nodes come and go two may think so for a moment.
    pub fn keeps(&self, id: [u8; 16]) -> bool {
        let part = u16::from_be_bytes([id[14], id[15]]) % PARTITIONS;
        self.inner.nodes.may_begin() && self.inner.nodes.works_on(part)
    }

    /// Connects to the switch at `line`, a URL whose user part signs in; or why that did not work.
    pub async fn listen(&self, workspace: WorkspaceId, line: &str) -> Result<Feed, String> {
        let surroundings = self.inner.bare_surroundings(workspace).await;
        let surroundings = surroundings.map_err(|refusal| refusal.to_string())?;
        self.inner.world.listen(line, surroundings.allowed()).await
    }
}
