//! Connections as documents: checked by their kind before they are kept, secret fields sealed and bound to their row, removed
//! only when no flow uses them. Values leave only towards `actions`.

mod handle;
mod resolve;
mod uses;

pub(crate) use resolve::Connections;

use crate::Refusal;
use crate::engine::Inner;
use crate::pages::Pages;
use crate::vault::Vault;
use crate::wire;
use actions::{ConnectionInput, ConnectionKind, check_connection, connection_kinds};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use kernel::id::{ConnectionId, FlowId, WorkspaceId};
use kernel::{Problem, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use store::catalog::{Document, Kind, Put};
use zeroize::Zeroizing;

const MAX_NAME: usize = 100;

/// A connection without its secrets.
#[derive(Debug, Clone, PartialEq)]
pub struct Connection {
    pub id: ConnectionId,
    pub version: u32,
    pub name: String,
    pub kind: String,
    pub settings: Map<String, Value>,
    /// Names of the secret fields that are set.
    pub secrets: Vec<String>,
    pub tried: Option<Tried>,
    /// Flows that use it: id and name.
    pub used_by: Vec<(FlowId, String)>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What came of the last trial.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tried {
    pub at: Timestamp,
    /// `None`: there was nothing to try.
    pub works: Option<bool>,
    pub message: String,
}

/// What is to be kept. A secret that is not given stays as it is.
pub struct NewConnection {
    pub name: String,
    pub kind: String,
    /// Settings and secrets.
    pub fields: Map<String, Value>,
}

/// As stored.
#[derive(Serialize, Deserialize)]
struct Kept {
    kind: String,
    settings: Map<String, Value>,
    secrets: Vec<String>,
    /// The secrets as JSON, sealed, in base64.
    sealed: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tried: Option<Tried>,
}

type Secrets = BTreeMap<String, String>;

impl Inner {
    pub(crate) async fn save_connection(
        &self,
        workspace: WorkspaceId,
        id: Option<ConnectionId>,
        expect: Option<u32>,
        new: NewConnection,
        force: bool,
    ) -> Result<Connection, Refusal> {
        let current = match id {
            Some(id) => Some(self.connection_document(workspace, id).await?),
            None => None,
        };
        let version = current.as_ref().map_or(0, |current| current.version);
        if expect.is_some_and(|expect| expect != version) {
            return Err(Refusal::Conflict(version));
        }
        let before = match &current {
            Some(document) => Some(read(document)?),
            None => None,
        };
        let sealed = before.as_ref().map_or(&[][..], |before| &before.secrets);
        let kind = check(&new, before.as_ref(), sealed)?;
        let name = new.name.trim().to_owned();
        if let Some(current) = current
            .as_ref()
            .filter(|current| current.name != name && !force)
        {
            self.refuse_if_named(workspace, &current.name, "is renamed")
                .await?;
        }
        let now = self.stamp.now();
        let id = id.unwrap_or_else(|| self.stamp.id(0));
        let mut secrets = match (&before, &current) {
            (Some(before), Some(document)) => self.vault.open_secrets(before, document)?,
            _ => Secrets::new(),
        };
        let mut settings = Map::new();
        for (field, value) in new.fields.into_iter().filter(|(_, value)| !value.is_null()) {
            match (is_secret(kind, &field), value) {
                (true, Value::String(secret)) => drop(secrets.insert(field, secret)),
                (_, value) => drop(settings.insert(field, value)),
            }
        }
        let mut document = Document {
            kind: Kind::Connection,
            id: id.bytes(),
            workspace,
            version: version + 1,
            alias: Some(alias(workspace, &name)),
            name,
            enabled: true,
            created_at: current.as_ref().map_or(now, |current| current.created_at),
            updated_at: now,
            body: Default::default(),
        };
        let kept = Kept {
            kind: new.kind,
            settings,
            secrets: secrets.keys().cloned().collect(),
            sealed: self.vault.seal_secrets(&secrets, &document),
            tried: None,
        };
        document.body = wire::encode(&kept);
        self.put_connection(&document, version).await?;
        self.shown(&document).await
    }

    async fn put_connection(&self, document: &Document, version: u32) -> Result<(), Refusal> {
        let put = self.store.put(document.clone(), version).await?;
        self.connections.forget(document.workspace);
        match put {
            Put::Saved => Ok(()),
            Put::Conflict(version) => Err(Refusal::Conflict(version)),
            Put::Taken => Err(Refusal::Taken(format!(
                "the connection name `{}`",
                document.name
            ))),
        }
    }

    pub(crate) async fn show_connection(
        &self,
        workspace: WorkspaceId,
        id: ConnectionId,
    ) -> Result<Connection, Refusal> {
        let document = self.connection_document(workspace, id).await?;
        self.shown(&document).await
    }

    async fn shown(&self, document: &Document) -> Result<Connection, Refusal> {
        let users = self.connection_users(document.workspace).await?;
        show(document, &users)
    }

    pub(crate) async fn connections(
        &self,
        workspace: WorkspaceId,
        words: &[String],
        before: Option<ConnectionId>,
        limit: u32,
    ) -> Result<Vec<Connection>, Refusal> {
        let before = before.map(ConnectionId::bytes);
        let mut pages = Pages::new(&*self.store, Some(workspace), Kind::Connection).before(before);
        if words.is_empty() {
            pages = pages.by(limit);
        }
        // Names are kept as they were typed, which the store's search does not look past.
        let is_wanted = |document: &Document| {
            let name = document.name.to_lowercase();
            words.iter().all(|word| name.contains(word))
        };
        let (mut found, limit) = (Vec::new(), limit as usize);
        while found.len() < limit
            && let Some(page) = pages.next().await?
        {
            found.extend(page.into_iter().filter(is_wanted));
        }
        found.truncate(limit);
        let users = self.connection_users(workspace).await?;
        found
            .iter()
            .map(|document| show(document, &users))
            .collect()
    }

    pub(crate) async fn delete_connection(
        &self,
        workspace: WorkspaceId,
        id: ConnectionId,
        force: bool,
    ) -> Result<(), Refusal> {
        let connection = self.show_connection(workspace, id).await?;
        if !force && !connection.used_by.is_empty() {
            return Err(uses::in_use(&connection.used_by, "is deleted"));
        }
        self.store
            .delete(Kind::Connection, id.bytes(), self.stamp.now())
            .await?;
        self.connections.forget(workspace);
        Ok(())
    }

    pub(crate) async fn try_connection(
        &self,
        workspace: WorkspaceId,
        id: ConnectionId,
    ) -> Result<Tried, Refusal> {
        let mut document = self.connection_document(workspace, id).await?;
        let mut kept = read(&document)?;
        let surroundings = self.bare_surroundings(workspace).await?;
        let opened = self.opened(&document)?;
        let verdict = self.world.try_connection(opened, &surroundings).await;
        let tried = Tried {
            at: self.stamp.now(),
            works: verdict.works,
            message: verdict.message,
        };
        kept.tried = Some(tried.clone());
        let version = document.version;
        document.version += 1;
        document.body = wire::encode(&kept);
        match self.put_connection(&document, version).await {
            // Somebody changed it meanwhile: what was tried is not what there is now.
            Ok(()) | Err(Refusal::Conflict(_)) => Ok(tried),
            Err(other) => Err(other),
        }
    }

    async fn connection_document(
        &self,
        workspace: WorkspaceId,
        id: ConnectionId,
    ) -> Result<Document, Refusal> {
        let document = self.store.get(Kind::Connection, id.bytes()).await?;
        document
            .filter(|document| document.workspace == workspace)
            .ok_or(Refusal::NotFound("such connection"))
    }
}

fn check(
    new: &NewConnection,
    before: Option<&Kept>,
    sealed: &[String],
) -> Result<&'static ConnectionKind, Refusal> {
    let mut problems = Vec::new();
    let name = new.name.trim();
    if name.is_empty() || name.len() > MAX_NAME || name.chars().any(char::is_control) {
        problems.push(Problem::new(
            "/name",
            format!("must have 1 to {MAX_NAME} bytes on one line"),
        ));
    }
    // A name that reads as an id would hide the connection with that id.
    if name.parse::<ConnectionId>().is_ok() {
        problems.push(Problem::new("/name", "is the form of an id"));
    }
    let kind = connection_kinds()
        .into_iter()
        .find(|kind| kind.name == new.kind);
    let Some(kind) = kind else {
        let known: Vec<_> = connection_kinds().iter().map(|kind| kind.name).collect();
        let message = format!(
            "`{}` is no kind of connection; there are {}",
            new.kind,
            known.join(", ")
        );
        problems.push(Problem::new("/kind", message));
        return Err(Refusal::Invalid(problems));
    };
    if let Some(before) = before.filter(|before| before.kind != new.kind) {
        let message = format!(
            "is `{}` and cannot be changed; make another connection",
            before.kind
        );
        problems.push(Problem::new("/kind", message));
    }
    let wrong = check_connection(&new.kind, &new.fields, sealed).into_iter();
    problems.extend(
        wrong.map(|problem| Problem::new(format!("/fields{}", problem.path), problem.message)),
    );
    match problems.is_empty() {
        true => Ok(kind),
        false => Err(Refusal::Invalid(problems)),
    }
}

fn is_secret(kind: &ConnectionKind, field: &str) -> bool {
    let known = kind.fields.iter().find(|known| known.name == field);
    known.is_some_and(|known| known.input == ConnectionInput::Secret)
}

fn read(document: &Document) -> Result<Kept, Refusal> {
    Ok(wire::decode("a connection", &document.body)?)
}

fn show(document: &Document, users: &uses::Users) -> Result<Connection, Refusal> {
    let kept = read(document)?;
    Ok(Connection {
        id: ConnectionId::from_bytes(document.id),
        version: document.version,
        used_by: users.of(document, &kept.kind),
        name: document.name.clone(),
        kind: kept.kind,
        settings: kept.settings,
        secrets: kept.secrets,
        tried: kept.tried,
        created_at: document.created_at,
        updated_at: document.updated_at,
    })
}

fn alias(workspace: WorkspaceId, name: &str) -> String {
    format!("{workspace}/{name}")
}

fn place(document: &Document) -> Vec<u8> {
    [&document.workspace.bytes()[..], b"connection", &document.id].concat()
}

impl Vault {
    fn seal_secrets(&self, secrets: &Secrets, document: &Document) -> String {
        let plain = Zeroizing::new(serde_json::to_vec(secrets).expect("texts are JSON"));
        BASE64_STANDARD.encode(self.seal(&plain, &place(document)))
    }

    fn open_secrets(&self, kept: &Kept, document: &Document) -> Result<Secrets, Refusal> {
        let sealed = BASE64_STANDARD.decode(&kept.sealed).unwrap_or_default();
        let plain = self.open(&sealed, &place(document))?;
        Ok(wire::decode("the secrets of a connection", &plain)?)
    }
}
