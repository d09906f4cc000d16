//! The default workspace, which plain `serve` creates.

use anyhow::bail;
use engine::Engine;
use kernel::id::WorkspaceId;
use serde_json::{Map, Value};
use store::catalog::{Document, Kind, Put};

const ALIAS: &str = "default";

/// The default workspace; created with `name` when there is none.
pub async fn workspace(engine: &Engine, name: &str) -> anyhow::Result<WorkspaceId> {
    let store = engine.store();
    // Another node may start at the same time: whoever comes second finds what the first has made.
    for _ in 0..3 {
        if let Some(existing) = store.find(Kind::Workspace, ALIAS).await? {
            let id = WorkspaceId::from_bytes(existing.id);
            let Some(body) = shut(&existing.body) else {
                return Ok(id);
            };
            let expect = existing.version;
            let mended = Document {
                version: expect + 1,
                updated_at: engine.now(),
                body: body.into(),
                ..existing
            };
            if store.put(mended, expect).await? == Put::Saved {
                tracing::warn!(
                    "an older version had opened internal networks in the workspace's settings: they are shut again; what is needed is opened under Settings → Network"
                );
                return Ok(id);
            }
            continue;
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

/// The settings without networks that an older version opened by itself: whoever saves networks saves both lists. `None`: they are
/// people's own.
fn shut(body: &[u8]) -> Option<String> {
    let mut settings: Map<String, Value> = serde_json::from_slice(body).ok()?;
    if settings.contains_key("egress_addresses") {
        return None;
    }
    settings.remove("allow_networks")?;
    Some(Value::from(settings).to_string())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
mod tests {
    use super::shut;

    #[test]
    fn networks_that_an_older_version_opened_are_shut_and_those_of_people_stay() {
        let old = r#"{"allow_networks":["127.0.0.1/32"],"quiet":1}"#;
        assert_eq!(shut(old.as_bytes()).unwrap(), r#"{"quiet":1}"#);
        let own = r#"{"allow_networks":["10.0.0.0/8"],"egress_addresses":[]}"#;
        for kept in [own, "{}"] {
            assert_eq!(shut(kept.as_bytes()), None);
        }
    }
}
