//! Secrets of a workspace: kept sealed, opened for the socket, with an overlap while one is being replaced.

use crate::engine::Inner;
use crate::job::Course;
use crate::plans::{Compiled, lock};
use crate::refusal::{failed, unavailable};
use crate::wire;
use crate::{Engine, Refusal};
use actions::recordings::{Copied, Spot};
use actions::signing::public_key;
use actions::{AllowedNetwork, NoConnection, Surroundings};
use kernel::Timestamp;
use kernel::id::{FlowId, SecretId, WorkspaceId};
use kernel::run::{Failure, Retriable};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::catalog::{Document, Kind, Put};
use tokio::time::Instant;

/// How long an opened secret is kept in memory: another node's change is seen after this.
const FRESH: Duration = Duration::from_secs(5);
const MOST: usize = 10_000;

#[derive(Serialize, Deserialize)]
struct Kept {
    value: String,
    /// The value before this one, and until when it is still used beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    previous: Option<(String, Timestamp)>,
}

type Values = Option<Vec<Arc<str>>>;

#[derive(Default)]
pub(crate) struct Secrets(Mutex<HashMap<(WorkspaceId, String), (Instant, Values)>>);

/// What actions may ask for on behalf of one workspace.
pub(crate) struct Desk<'a> {
    inner: &'a Inner,
    workspace: WorkspaceId,
    allowed: Arc<[AllowedNetwork]>,
    /// `None`: no run asks.
    flow: Option<Arc<Compiled>>,
    hops: u8,
    /// Copies of recordings are kept; not in a test.
    keeps: bool,
}

impl Engine {
    /// What verifies webhooks that a secret signs, the newest first; none where it is no key for that.
    pub fn public_keys(&self, secret: &Document) -> Result<Vec<String>, Refusal> {
        self.inner.public_keys(secret)
    }

    /// A secret by its name, sealed as it is kept.
    pub async fn kept_secret(
        &self,
        workspace: WorkspaceId,
        name: &str,
    ) -> store::Result<Option<Document>> {
        self.inner.kept_secret(workspace, name).await
    }

    /// Keeps a secret (a new value replaces the old one, which stays valid for `overlap`).
    pub async fn save_secret(
        &self,
        workspace: WorkspaceId,
        name: &str,
        value: &str,
        overlap: Duration,
    ) -> Result<(), Refusal> {
        self.inner
            .save_secret(workspace, name, value, overlap)
            .await
    }

    /// Removes a secret; `false`: there was none.
    pub async fn delete_secret(&self, workspace: WorkspaceId, name: &str) -> Result<bool, Refusal> {
        self.inner.delete_secret(workspace, name).await
    }

    /// Which flows use each secret, by its name: also disabled ones, and those that settings keep.
    pub async fn secret_users(
        &self,
        workspace: WorkspaceId,
    ) -> store::Result<HashMap<String, Vec<(FlowId, String)>>> {
        let Inner {
            plans,
            store,
            world,
            ..
        } = &*self.inner;
        let book = plans.current(&**store, &**world, workspace).await?;
        let mut users: HashMap<_, Vec<_>> = HashMap::new();
        for flow in book.all() {
            for name in &flow.secrets {
                let user = (flow.id, flow.plan.name.clone());
                users.entry(name.clone()).or_default().push(user);
            }
        }
        users.values_mut().for_each(|flows| flows.sort());
        Ok(users)
    }
}

impl Desk<'_> {
    /// The same for a test, which keeps nothing.
    pub(crate) fn of_a_test(self) -> Self {
        Self {
            keeps: false,
            ..self
        }
    }
}

impl Inner {
    pub(crate) fn surroundings(&self, course: &Course) -> Desk<'_> {
        Desk {
            inner: self,
            workspace: course.workspace,
            allowed: self.plans.allowed(course.workspace),
            flow: Some(course.flow.clone()),
            hops: course.event.hops,
            keeps: true,
        }
    }

    /// The surroundings of a trial, which no run asks for.
    pub(crate) async fn bare_surroundings(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Desk<'_>, Refusal> {
        let book = self
            .plans
            .current(&*self.store, &*self.world, workspace)
            .await?;
        Ok(Desk {
            inner: self,
            workspace,
            allowed: book.allowed.clone(),
            flow: None,
            hops: 0,
            keeps: false,
        })
    }

    pub(crate) async fn save_secret(
        &self,
        workspace: WorkspaceId,
        name: &str,
        value: &str,
        overlap: Duration,
    ) -> Result<(), Refusal> {
        let now = self.stamp.now();
        let existing = self.kept_secret(workspace, name).await?;
        let id = existing.as_ref().map_or_else(
            || self.stamp.id::<kernel::id::Secret>(0).bytes(),
            |document| document.id,
        );
        let mut kept = Kept {
            value: value.into(),
            previous: None,
        };
        if let Some(document) = existing.as_ref().filter(|_| !overlap.is_zero()) {
            kept.previous = Some((self.open(document)?.value, now + overlap));
        }
        let document = Document {
            kind: Kind::Secret,
            id,
            workspace,
            version: existing.as_ref().map_or(1, |document| document.version + 1),
            name: name.into(),
            alias: Some(alias(workspace, name)),
            enabled: true,
            created_at: existing
                .as_ref()
                .map_or(now, |document| document.created_at),
            updated_at: now,
            body: self
                .vault
                .seal(&wire::encode(&kept), &place(workspace, id))
                .into(),
        };
        let put = self
            .store
            .put(document, existing.map_or(0, |document| document.version))
            .await?;
        lock(&self.secrets.0).remove(&(workspace, name.to_owned()));
        match put {
            Put::Saved => Ok(()),
            Put::Conflict(version) => Err(Refusal::Conflict(version)),
            Put::Taken => Err(Refusal::Taken(format!("the secret name `{name}`"))),
        }
    }

    pub(crate) async fn has_secret(
        &self,
        workspace: WorkspaceId,
        name: &str,
    ) -> store::Result<bool> {
        Ok(self.kept_secret(workspace, name).await?.is_some())
    }

    async fn kept_secret(
        &self,
        workspace: WorkspaceId,
        name: &str,
    ) -> store::Result<Option<Document>> {
        let alias = alias(workspace, name);
        self.store.find(Kind::Secret, &alias).await
    }

    pub(crate) async fn delete_secret(
        &self,
        workspace: WorkspaceId,
        name: &str,
    ) -> Result<bool, Refusal> {
        let Some(document) = self.kept_secret(workspace, name).await? else {
            return Ok(false);
        };
        let deleted = self
            .store
            .delete(Kind::Secret, document.id, self.stamp.now())
            .await?;
        lock(&self.secrets.0).remove(&(workspace, name.to_owned()));
        Ok(deleted)
    }

    /// What verifies webhooks that a secret signs, the newest first; none where it is no such key.
    pub(crate) fn public_keys(&self, document: &Document) -> Result<Vec<String>, Refusal> {
        let kept = self.open(document)?;
        let now = self.stamp.now();
        let previous = kept.previous.filter(|(_, until)| *until > now);
        let values = std::iter::once(kept.value).chain(previous.map(|(value, _)| value));
        Ok(values.filter_map(|value| public_key(&value)).collect())
    }

    fn open(&self, document: &Document) -> Result<Kept, Refusal> {
        let plain = self
            .vault
            .open(&document.body, &place(document.workspace, document.id))?;
        Ok(wire::decode("a secret", &plain)?)
    }

    async fn secret(&self, workspace: WorkspaceId, name: &str) -> Result<Values, Failure> {
        let away = |why| unavailable(&format!("the secret `{name}` could not be read"), why);
        // Time does not bring back what it was sealed with.
        let sealed = |why| {
            let message =
                format!("the secret `{name}` cannot be opened: {why}; save its value again");
            failed("secret_sealed", message, Retriable::No)
        };
        let key = (workspace, name.to_owned());
        if let Some((_, values)) = lock(&self.secrets.0)
            .get(&key)
            .filter(|(read, _)| read.elapsed() < FRESH)
        {
            return Ok(values.clone());
        }
        let document = self.kept_secret(workspace, name).await.map_err(away)?;
        let kept = document.map(|document| self.open(&document)).transpose();
        let kept = kept.map_err(sealed)?;
        let now = self.stamp.now();
        let values = kept.map(|kept| {
            let previous = kept
                .previous
                .filter(|(_, until)| *until > now)
                .map(|(value, _)| value);
            std::iter::once(kept.value)
                .chain(previous)
                .map(Arc::from)
                .collect::<Vec<_>>()
        });
        let mut known = lock(&self.secrets.0);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(key, (Instant::now(), values.clone()));
        Ok(values)
    }
}

#[async_trait::async_trait]
impl Surroundings for Desk<'_> {
    async fn secret(&self, name: &str) -> Result<Values, Failure> {
        self.inner.secret(self.workspace, name).await
    }

    fn allowed(&self) -> &[AllowedNetwork] {
        &self.allowed
    }

    fn secrets_of_run(&self) -> &[String] {
        self.flow.as_ref().map_or(&[], |flow| &flow.secrets)
    }

    async fn connection(
        &self,
        name: Option<&str>,
        kinds: &[&str],
    ) -> Result<Arc<actions::Connection>, NoConnection> {
        self.inner
            .find_connection(self.workspace, name, kinds)
            .await
    }

    fn connections_of_run(&self) -> &[String] {
        self.flow.as_ref().map_or(&[], |flow| &flow.connections)
    }

    fn folder(&self) -> Option<String> {
        Some(self.workspace.to_string())
    }

    fn hops(&self) -> u8 {
        self.hops
    }

    async fn recording(&self, call: &str, url: &str) -> Result<Spot, Failure> {
        match self.keeps {
            true => self.inner.spot(self.workspace, call, url).await,
            false => Ok(Spot {
                signs_in: self.inner.signs_in(self.workspace).await?,
                ..Spot::default()
            }),
        }
    }

    async fn keep_recording(&self, call: &str, url: &str, copied: &Copied) -> Result<(), Failure> {
        self.inner
            .note_copy(self.workspace, call, url, copied)
            .await
    }
}

fn alias(workspace: WorkspaceId, name: &str) -> String {
    format!("{workspace}/{name}")
}

fn place(workspace: WorkspaceId, id: [u8; 16]) -> Vec<u8> {
    [
        &workspace.bytes()[..],
        b"secret",
        &SecretId::from_bytes(id).bytes(),
    ]
    .concat()
}
