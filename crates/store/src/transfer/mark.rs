//! What a store bears while it holds half of a move: which one, and how far it has come. Whoever serves refuses such a store.

use super::{Key, Record, Table};
use crate::catalog::{Catalog, Document, Kind, Put};
use crate::{Error, Result};
use kernel::Timestamp;
use kernel::id::WorkspaceId;
use serde::{Deserialize, Serialize};

const ID: [u8; 16] = *b"migration-mark-1";

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Which store it is half of, for comparing.
    pub source: String,
    /// Where that was, for people.
    pub from: String,
    /// What the source held when the move began: it has not changed since.
    pub totals: [u64; Table::ALL.len()],
    pub epochs: Vec<u64>,
    /// Everything up to this key is there, in the order of tables and keys.
    pub table: Table,
    pub after: Key,
    began: Timestamp,
    /// Of its document: whoever else writes it is found out.
    #[serde(skip)]
    version: u32,
}

impl Mark {
    pub fn new(
        source: String,
        from: String,
        totals: [u64; Table::ALL.len()],
        epochs: Vec<u64>,
        now: Timestamp,
    ) -> Self {
        Self {
            source,
            from,
            totals,
            epochs,
            table: Table::ALL[0],
            after: Key::FIRST,
            began: now,
            version: 0,
        }
    }

    pub async fn read(store: &dyn Catalog) -> Result<Option<Self>> {
        let Some(document) = store.get(Kind::Setting, ID).await? else {
            return Ok(None);
        };
        let mark = serde_json::from_slice(&document.body);
        let mark: Self =
            mark.map_err(|error| Error::Corrupt(format!("the mark of a migration: {error}")))?;
        Ok(Some(Self {
            version: document.version,
            ..mark
        }))
    }

    pub async fn write(&mut self, store: &dyn Catalog, now: Timestamp) -> Result<()> {
        let document = Document {
            kind: Kind::Setting,
            id: ID,
            workspace: WorkspaceId::from_bytes([0; 16]),
            version: self.version + 1,
            name: "migration".into(),
            alias: None,
            enabled: true,
            created_at: self.began,
            updated_at: now,
            body: serde_json::to_vec(self)
                .expect("a mark has text keys alone")
                .into(),
        };
        match store.put(document, self.version).await? {
            Put::Saved => {
                self.version += 1;
                Ok(())
            }
            Put::Conflict(_) | Put::Taken => Err(Error::InUse(
                "another migration works on the same target".into(),
            )),
        }
    }

    pub async fn remove(store: &dyn Catalog, now: Timestamp) -> Result<()> {
        store.delete(Kind::Setting, ID, now).await.map(|_| ())
    }
}

/// The mark itself is no part of what is moved.
pub(super) fn is_mark(record: &Record) -> bool {
    matches!(record, Record::Document(document) if document.kind == Kind::Setting && document.id == ID)
}
