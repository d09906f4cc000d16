//! Parts of a workspace's document: settings that people read and save as a whole each, over the version that they saw.

use crate::Refusal;
use crate::engine::Inner;
use kernel::id::WorkspaceId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use store::catalog::{Kind, Put};

impl Inner {
    /// A part, usual where nobody has set it, and the version of the whole.
    pub(crate) async fn setting<T: DeserializeOwned + Default>(
        &self,
        workspace: WorkspaceId,
        part: &str,
    ) -> Result<(T, u32), Refusal> {
        let document = self.store.get(Kind::Workspace, workspace.bytes()).await?;
        let version = document.as_ref().map_or(0, |document| document.version);
        let whole: Option<Map<String, Value>> =
            document.and_then(|document| serde_json::from_slice(&document.body).ok());
        let part = whole.and_then(|mut whole| whole.remove(part));
        let part = part.and_then(|part| serde_json::from_value(part).ok());
        Ok((part.unwrap_or_default(), version))
    }

    /// Keeps a part; the whole has this version then.
    pub(crate) async fn save_setting<T: Serialize>(
        &self,
        workspace: WorkspaceId,
        part: &str,
        expect: Option<u32>,
        value: &T,
    ) -> Result<u32, Refusal> {
        loop {
            let document = self.store.get(Kind::Workspace, workspace.bytes()).await?;
            let mut document = document.ok_or(Refusal::NotFound("such workspace"))?;
            let version = document.version;
            if expect.is_some_and(|expect| expect != version) {
                return Err(Refusal::Conflict(version));
            }
            let mut whole: Map<String, Value> =
                serde_json::from_slice(&document.body).unwrap_or_default();
            let value = serde_json::to_value(value).expect("settings have text keys only");
            whole.insert(part.into(), value);
            document.body = Value::Object(whole).to_string().into_bytes().into();
            document.updated_at = self.stamp.now();
            if self.store.put(document, version).await? == Put::Saved {
                self.forget(workspace);
                return Ok(version + 1);
            }
        }
    }
}
