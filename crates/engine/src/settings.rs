//! Parts of a workspace's document: settings that people read and save as a whole each, over the version that they saw.

use crate::engine::Inner;
use crate::{Engine, Refusal};
use kernel::id::WorkspaceId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use store::catalog::{Kind, Put};

/// All of a workspace's settings, by the names of the parts.
pub(crate) struct Settings(Map<String, Value>);

impl Settings {
    fn read(body: &[u8]) -> Self {
        Self(serde_json::from_slice(body).unwrap_or_default())
    }

    /// Usual where nobody has set it, and where it cannot be read.
    pub fn part<T: DeserializeOwned + Default>(&self, part: &str) -> T {
        let part = self.0.get(part).map(T::deserialize);
        part.and_then(Result::ok).unwrap_or_default()
    }

    pub fn set<T: Serialize>(&mut self, part: &str, value: &T) {
        let value = serde_json::to_value(value).expect("settings have text keys only");
        self.0.insert(part.into(), value);
    }
}

impl Engine {
    /// A part, usual where nobody has set it, and the version to save over.
    pub async fn setting<T: DeserializeOwned + Default>(
        &self,
        workspace: WorkspaceId,
        part: &str,
    ) -> store::Result<(T, u32)> {
        self.inner.setting(workspace, part).await
    }

    /// Keeps a part that whoever asks has checked; `expect` is the version that it replaces, where the caller cares. Answers the
    /// version that there is then.
    pub async fn save_setting<T: Serialize>(
        &self,
        workspace: WorkspaceId,
        part: &str,
        expect: Option<u32>,
        value: &T,
    ) -> Result<u32, Refusal> {
        self.inner
            .save_setting(workspace, part, expect, value)
            .await
    }
}

impl Inner {
    /// A part, and the version of the whole.
    pub(crate) async fn setting<T: DeserializeOwned + Default>(
        &self,
        workspace: WorkspaceId,
        part: &str,
    ) -> store::Result<(T, u32)> {
        let document = self.store.get(Kind::Workspace, workspace.bytes()).await?;
        Ok(document.map_or_else(Default::default, |document| {
            (Settings::read(&document.body).part(part), document.version)
        }))
    }

    /// Keeps a part; the whole has this version then.
    pub(crate) async fn save_setting<T: Serialize>(
        &self,
        workspace: WorkspaceId,
        part: &str,
        expect: Option<u32>,
        value: &T,
    ) -> Result<u32, Refusal> {
        let set = |settings: &mut Settings| settings.set(part, value);
        self.change_settings(workspace, expect, set).await
    }

    pub(crate) async fn change_settings(
        &self,
        workspace: WorkspaceId,
        expect: Option<u32>,
        change: impl Fn(&mut Settings),
    ) -> Result<u32, Refusal> {
        loop {
            let document = self.store.get(Kind::Workspace, workspace.bytes()).await?;
            let mut document = document.ok_or(Refusal::NotFound("such workspace"))?;
            let version = document.version;
            if expect.is_some_and(|expect| expect != version) {
                return Err(Refusal::Conflict(version));
            }
            let mut settings = Settings::read(&document.body);
            change(&mut settings);
            document.body = Value::Object(settings.0).to_string().into_bytes().into();
            document.updated_at = self.stamp.now();
            if self.store.put(document, version).await? == Put::Saved {
                self.forget(workspace);
                return Ok(version + 1);
            }
        }
    }
}
