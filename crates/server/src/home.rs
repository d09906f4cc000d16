//! The default workspace, which plain `serve` creates.

use anyhow::bail;
use engine::Engine;
use kernel::id::WorkspaceId;
use store::catalog::{Document, Kind, Put};

const ALIAS: &str = "default";

/// The default workspace; created with `name` when there is none.
pub async fn workspace(engine: &Engine, name: &str) -> anyhow::Result<WorkspaceId> {
    let store = engine.store();
    // Another node may start at the same time: whoever comes second finds what the first has made.
    for _ in 0..3 {
        if let Some(existing) = store.find(Kind::Workspace, ALIAS).await? {
            return Ok(WorkspaceId::from_bytes(existing.id));
        }
        let (id, now): (WorkspaceId, _) = (engine.new_id(), engine.now());
        let document = Document {
            kind: Kind::Workspace,
            id: id.bytes(),
            workspace: id,
            version: 1,
            name: name.into(),
            alias: Some(ALIAS.into()),
            enabled: true,
            created_at: now,
            updated_at: now,
            body: "{}".into(),
        };
        if store.put(document, 0).await? == Put::Saved {
            return Ok(id);
        }
    }
    bail!("the default workspace could not be created: others keep changing it")
}
