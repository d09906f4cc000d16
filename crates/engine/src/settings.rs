//! A workspace's document: its name, and parts that people read and save as a whole each, over the version that they saw.

use crate::engine::Inner;
use crate::{Engine, Refusal};
use kernel::id::WorkspaceId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use store::catalog::{Document, Kind, Put};

/// All of a workspace's settings, by the names of the parts.
#[derive(Default)]
pub(crate) struct Settings {
    pub name: String,
    parts: Map<String, Value>,
}

impl Settings {
    pub fn read(workspace: &Document) -> Self {
        Self {
            name: workspace.name.clone(),
            parts: serde_json::from_slice(&workspace.body).unwrap_or_default(),
        }
    }

    /// Usual where nobody has set it, and where it cannot be read.
    pub fn part<T: DeserializeOwned + Default>(&self, part: &str) -> T {
        let part = self.parts.get(part).map(T::deserialize);
        part.and_then(Result::ok).unwrap_or_default()
    }

    pub fn set<T: Serialize>(&mut self, part: &str, value: &T) {
        let value = serde_json::to_value(value).expect("settings have text keys only");
        self.parts.insert(part.into(), value);
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
        let (settings, version) = self.settings(workspace).await?;
        Ok((settings.part(part), version))
    }

    /// All parts, and the version of the whole.
    pub(crate) async fn settings(&self, workspace: WorkspaceId) -> store::Result<(Settings, u32)> {
        let document = self.store.get(Kind::Workspace, workspace.bytes()).await?;
        Ok(document.map_or_else(Default::default, |document| {
            (Settings::read(&document), document.version)
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

    /// Changes settings over the version `expect`, where the caller cares; they are gone by at once, on every node.
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
            let mut settings = Settings::read(&document);
            change(&mut settings);
            document.name = settings.name;
            document.body = Value::Object(settings.parts).to_string().into();
            document.updated_at = self.stamp.now();
            if self.store.put(document, version).await? == Put::Saved {
                self.changed(workspace).await?;
                return Ok(version + 1);
            }
        }
    }
}
