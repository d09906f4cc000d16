//! Documents: reads here, writes through the writer.

use crate::archive::collect;
use crate::connection::unavailable;
use crate::filter::first_id;
use crate::sql::sql;
use crate::writer::document::{
    DeleteDocument, ExpireDocuments, PutDocument, PutDocuments, SwitchDocument,
};
use crate::{Sqlite, rows};
use async_trait::async_trait;
use kernel::Timestamp;
use kernel::id::WorkspaceId;
use rusqlite::{OptionalExtension, Params};
use store::Result;
use store::catalog::{Catalog, Document, Kind, Put, Write, pattern};

const NEWEST: [u8; 16] = [0xff; 16];

impl Sqlite {
    async fn document(
        &self,
        query: &'static str,
        key: impl Params + Send + 'static,
    ) -> Result<Option<Document>> {
        self.points
            .read(move |connection| {
                let mut statement = connection.prepare_cached(query).map_err(unavailable)?;
                statement
                    .query_row(key, rows::document)
                    .optional()
                    .map_err(unavailable)
            })
            .await
    }
}

#[async_trait]
impl Catalog for Sqlite {
    async fn write(&self, document: Document, expect: u32, how: Write) -> Result<Put> {
        self.writer
            .run(PutDocument {
                document,
                expect,
                how,
            })
            .await
    }

    async fn switch(&self, kind: Kind, id: [u8; 16], enabled: bool) -> Result<bool> {
        self.writer.run(SwitchDocument { kind, id, enabled }).await
    }

    async fn get(&self, kind: Kind, id: [u8; 16]) -> Result<Option<Document>> {
        self.document(sql!("catalog/get"), (kind as u8, id)).await
    }

    async fn find(&self, kind: Kind, alias: &str) -> Result<Option<Document>> {
        self.document(sql!("catalog/find"), (kind as u8, alias.to_owned()))
            .await
    }

    async fn find_all(&self, kind: Kind, aliases: Vec<String>) -> Result<Vec<Document>> {
        let aliases = serde_json::to_string(&aliases).expect("texts are JSON");
        let key = (kind as u8, aliases);
        self.points
            .read(move |connection| {
                collect(connection, sql!("catalog/find_all"), key, rows::document)
                    .map_err(unavailable)
            })
            .await
    }

    async fn has_any(&self, workspace: WorkspaceId, kind: Kind) -> Result<bool> {
        let key = (workspace.bytes(), kind as u8);
        self.points
            .read(move |connection| {
                connection
                    .prepare_cached(sql!("catalog/has_any"))
                    .and_then(|mut statement| statement.exists(key))
                    .map_err(unavailable)
            })
            .await
    }

    async fn put_all(&self, documents: Vec<(Document, u32)>) -> Result<Vec<bool>> {
        self.writer.run(PutDocuments { documents }).await
    }

    async fn search(
        &self,
        workspace: WorkspaceId,
        kind: Kind,
        words: &[String],
        since: Option<[u8; 16]>,
        before: Option<[u8; 16]>,
        limit: u32,
    ) -> Result<Vec<Document>> {
        let (before, since) = (before.unwrap_or(NEWEST), since.unwrap_or_default());
        let key = (
            workspace.bytes(),
            kind as u8,
            pattern(words),
            before,
            since,
            limit,
        );
        self.list(sql!("catalog/search"), key, rows::document).await
    }

    async fn list(
        &self,
        workspace: Option<WorkspaceId>,
        kind: Kind,
        before: Option<[u8; 16]>,
        limit: u32,
    ) -> Result<Vec<Document>> {
        let (kind, before) = (kind as u8, before.unwrap_or(NEWEST));
        match workspace {
            Some(workspace) => {
                let key = (workspace.bytes(), kind, before, limit);
                self.list(sql!("catalog/list"), key, rows::document).await
            }
            None => {
                self.list(
                    sql!("catalog/list_all"),
                    (kind, before, limit),
                    rows::document,
                )
                .await
            }
        }
    }

    async fn delete(&self, kind: Kind, id: [u8; 16], _: Timestamp) -> Result<bool> {
        self.writer.run(DeleteDocument { kind, id }).await
    }

    async fn expire(&self, kind: Kind, before: Timestamp, limit: u32) -> Result<u64> {
        let before = first_id(before.as_millisecond());
        self.writer
            .run(ExpireDocuments {
                kind,
                before,
                limit,
            })
            .await
    }

    async fn version(&self, kind: Kind, id: [u8; 16], version: u32) -> Result<Option<Document>> {
        self.document(sql!("catalog/version"), (kind as u8, id, version))
            .await
    }

    async fn versions(
        &self,
        kind: Kind,
        id: [u8; 16],
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<Document>> {
        let key = (kind as u8, id, before.map_or(i64::MAX, i64::from), limit);
        self.list(sql!("catalog/versions"), key, rows::document)
            .await
    }

    async fn generation(&self, workspace: WorkspaceId) -> Result<u64> {
        self.points
            .read(move |connection| {
                let generation: Option<i64> = connection
                    .prepare_cached(sql!("writer/generation"))
                    .and_then(|mut s| {
                        s.query_row([workspace.bytes()], |row| row.get(0))
                            .optional()
                    })
                    .map_err(unavailable)?;
                Ok(generation.unwrap_or(0) as u64)
            })
            .await
    }
}
