//! The default workspace, which plain `serve` creates, and the one-time link of the first sign-in.

use anyhow::bail;
use engine::Engine;
use kernel::id::{Workspace, WorkspaceId};
use serde_json::{Map, Value, json};
use store::catalog::{Document, Kind, Put};

const ALIAS: &str = "default";

/// The default workspace; created with `name` when there is none. `allow` opens internal networks for it.
pub async fn workspace(
    engine: &Engine,
    name: &str,
    allow: &[String],
) -> anyhow::Result<WorkspaceId> {
    // Another node may start at the same time: whoever comes second finds what the first has made.
    for _ in 0..3 {
        if let Some(id) = found_or_made(engine, name, allow).await? {
            return Ok(id);
        }
    }
    bail!("the default workspace could not be created: others keep changing it")
}

async fn found_or_made(
    engine: &Engine,
    name: &str,
    allow: &[String],
) -> anyhow::Result<Option<WorkspaceId>> {
    let store = engine.store();
    let existing = store.find(Kind::Workspace, ALIAS).await?;
    let now = engine.now();
    let mut body: Map<String, Value> = existing
        .as_ref()
        .and_then(|document| serde_json::from_slice(&document.body).ok())
        .unwrap_or_default();
    let allowed = body.insert("allow_networks".into(), json!(allow));
    if let Some(document) = &existing
        && (allow.is_empty() || allowed == Some(json!(allow)))
    {
        return Ok(Some(WorkspaceId::from_bytes(document.id)));
    }
    let id = existing.as_ref().map_or_else(
        || engine.new_id::<Workspace>().bytes(),
        |document| document.id,
    );
    let version = existing.as_ref().map_or(0, |document| document.version);
    let document = Document {
        kind: Kind::Workspace,
        id,
        workspace: WorkspaceId::from_bytes(id),
        version: version + 1,
        name: name.into(),
        alias: Some(ALIAS.into()),
        enabled: true,
        created_at: existing.map_or(now, |document| document.created_at),
        updated_at: now,
        body: Value::Object(body).to_string().into(),
    };
    let put = store.put(document, version).await?;
    Ok((put == Put::Saved).then(|| WorkspaceId::from_bytes(id)))
}
