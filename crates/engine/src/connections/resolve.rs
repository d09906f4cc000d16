//! From the name in a step to a connection with its secrets, opened only now, and kept in memory for a moment.

use super::{alias, read};
use crate::Refusal;
use crate::engine::Inner;
use crate::pages::Pages;
use crate::plans::lock;
use actions::NoConnection;
use kernel::flow;
use kernel::id::{ConnectionId, WorkspaceId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::catalog::{Document, Kind};
use tokio::time::Instant;

/// How long an opened connection is kept: another node's change is seen after this.
const FRESH: Duration = Duration::from_secs(5);
const MOST: usize = 10_000;

type Opened = Arc<actions::Connection>;

/// By workspace and name or id.
#[derive(Default)]
pub(crate) struct Connections(Mutex<HashMap<(WorkspaceId, String), (Instant, Opened)>>);

impl Connections {
    pub(super) fn forget(&self, workspace: WorkspaceId) {
        lock(&self.0).retain(|(owner, _), _| *owner != workspace);
    }

    fn fresh(&self, key: &(WorkspaceId, String)) -> Option<Opened> {
        let known = lock(&self.0);
        let (read, opened) = known.get(key)?;
        (read.elapsed() < FRESH).then(|| opened.clone())
    }

    fn keep(&self, key: (WorkspaceId, String), opened: &Opened) {
        let mut known = lock(&self.0);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(key, (Instant::now(), opened.clone()));
    }
}

impl Inner {
    /// The connection of that name or id, or the only one of these kinds.
    pub(crate) async fn find_connection(
        &self,
        workspace: WorkspaceId,
        name: Option<&str>,
        kinds: &[&str],
    ) -> Result<Opened, NoConnection> {
        let name = match name {
            Some(name) => name.to_owned(),
            None => self.only_one(workspace, kinds).await?,
        };
        let key = (workspace, name);
        let opened = match self.connections.fresh(&key) {
            Some(opened) => opened,
            None => {
                let document = self.named(workspace, &key.1).await.map_err(away)?;
                let missing = || missing(format!("there is no connection `{}`", key.1));
                let document = document.ok_or_else(missing)?;
                let opened = Arc::new(self.opened(&document).map_err(away)?);
                self.connections.keep(key, &opened);
                opened
            }
        };
        match kinds.is_empty() || kinds.contains(&opened.kind.as_str()) {
            true => Ok(opened),
            false => Err(missing(format!(
                "connection `{}` is of kind `{}`, not `{}`",
                opened.name,
                opened.kind,
                kinds.join("` or `")
            ))),
        }
    }

    async fn only_one(
        &self,
        workspace: WorkspaceId,
        kinds: &[&str],
    ) -> Result<String, NoConnection> {
        let mut fitting = self.named_connections(workspace).await.map_err(away)?;
        fitting.retain(|known| kinds.contains(&known.kind.as_str()));
        let kinds = kinds.join("` or `");
        match fitting.as_slice() {
            [only] => Ok(only.id.clone()),
            [] => Err(missing(format!(
                "there is no connection of kind `{kinds}`: make one, then replay the run"
            ))),
            several => Err(missing(format!(
                "there are {} connections of kind `{kinds}`: name one in the step",
                several.len()
            ))),
        }
    }

    /// What steps may name.
    pub(crate) async fn named_connections(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Vec<flow::Connection>, Refusal> {
        let mut all = Vec::new();
        let mut pages = Pages::new(&*self.store, Some(workspace), Kind::Connection);
        while let Some(page) = pages.next().await? {
            for document in &page {
                all.push(flow::Connection {
                    id: ConnectionId::from_bytes(document.id).to_string(),
                    name: document.name.clone(),
                    kind: read(document)?.kind,
                });
            }
        }
        Ok(all)
    }

    async fn named(&self, workspace: WorkspaceId, name: &str) -> Result<Option<Document>, Refusal> {
        let found = match name.parse::<ConnectionId>() {
            Ok(id) => self.store.get(Kind::Connection, id.bytes()).await?,
            Err(_) => {
                self.store
                    .find(Kind::Connection, &alias(workspace, name))
                    .await?
            }
        };
        Ok(found.filter(|document| document.workspace == workspace))
    }

    pub(super) fn opened(&self, document: &Document) -> Result<actions::Connection, Refusal> {
        let kept = read(document)?;
        let secrets = self.vault.open_secrets(&kept, document)?;
        let secrets = secrets.into_iter();
        Ok(actions::Connection {
            id: ConnectionId::from_bytes(document.id).to_string(),
            version: document.version,
            name: document.name.clone(),
            secrets: secrets
                .map(|(field, secret)| (field, secret.into()))
                .collect(),
            kind: kept.kind,
            settings: kept.settings,
        })
    }
}

fn missing(why: String) -> NoConnection {
    NoConnection::Missing(why)
}

fn away(refusal: Refusal) -> NoConnection {
    NoConnection::Away(refusal.to_string())
}
