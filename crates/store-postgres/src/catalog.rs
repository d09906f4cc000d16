//! Documents: reads here, writes in transactions of their own.

use crate::connection::Params;
use crate::filter::first_id;
use crate::sql::sql;
use crate::value::{Key, text};
use crate::writer::document;
use crate::{Postgres, rows};
use async_trait::async_trait;
use kernel::Timestamp;
use kernel::id::WorkspaceId;
use store::Result;
use store::catalog::{Catalog, Document, Kind, Put, Write, pattern};

const NEWEST: [u8; 16] = [0xff; 16];

impl Postgres {
    async fn documents(&self, query: &'static str, params: &Params<'_>) -> Result<Vec<Document>> {
        let found = self.lists.lend().await?.rows(query, params).await?;
        Ok(found.iter().map(rows::document).collect::<Result<_, _>>()?)
    }
}

#[async_trait]
impl Catalog for Postgres {
    async fn write(&self, document: Document, expect: u32, how: Write) -> Result<Put> {
        document::put(&self.points, &document, expect, how).await
    }

    async fn switch(&self, kind: Kind, id: [u8; 16], enabled: bool) -> Result<bool> {
        let params: &Params<'_> = &[&(kind as i16), &Key(id), &enabled];
        document::touch(&self.points, sql!("catalog/switch"), params, kind).await
    }

    async fn get(&self, kind: Kind, id: [u8; 16]) -> Result<Option<Document>> {
        let params: &Params<'_> = &[&(kind as i16), &Key(id)];
        self.point(sql!("catalog/get"), params, rows::document)
            .await
    }

    async fn find(&self, kind: Kind, alias: &str) -> Result<Option<Document>> {
        let params: &Params<'_> = &[&(kind as i16), &text(alias)];
        self.point(sql!("catalog/find"), params, rows::document)
            .await
    }

    async fn find_all(&self, kind: Kind, aliases: Vec<String>) -> Result<Vec<Document>> {
        let aliases: Vec<_> = aliases.iter().map(|alias| text(alias)).collect();
        let lent = self.points.lend().await?;
        let params: &Params<'_> = &[&(kind as i16), &aliases];
        let found = lent.rows(sql!("catalog/find_all"), params).await?;
        Ok(found.iter().map(rows::document).collect::<Result<_, _>>()?)
    }

    async fn has_any(&self, workspace: WorkspaceId, kind: Kind) -> Result<bool> {
        let params: &Params<'_> = &[&Key::from(workspace), &(kind as i16)];
        let any = self.point(sql!("catalog/has_any"), params, |_| Ok(()));
        Ok(any.await?.is_some())
    }

    async fn put_all(&self, documents: Vec<(Document, u32)>) -> Result<Vec<bool>> {
        document::put_all(&self.points, &documents).await
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
        let (workspace, before) = (Key::from(workspace), Key(before.unwrap_or(NEWEST)));
        let pattern = pattern(words);
        let params: &Params<'_> = &[
            &workspace,
            &(kind as i16),
            &text(&pattern),
            &before,
            &Key(since.unwrap_or_default()),
            &i64::from(limit),
        ];
        self.documents(sql!("catalog/search"), params).await
    }

    async fn list(
        &self,
        workspace: Option<WorkspaceId>,
        kind: Kind,
        before: Option<[u8; 16]>,
        limit: u32,
    ) -> Result<Vec<Document>> {
        let (kind, before, limit) = (kind as i16, Key(before.unwrap_or(NEWEST)), i64::from(limit));
        match workspace {
            Some(workspace) => {
                let params: &Params<'_> = &[&Key::from(workspace), &kind, &before, &limit];
                self.documents(sql!("catalog/list"), params).await
            }
            None => {
                self.documents(sql!("catalog/list_all"), &[&kind, &before, &limit])
                    .await
            }
        }
    }

    async fn delete(&self, kind: Kind, id: [u8; 16], _: Timestamp) -> Result<bool> {
        let params: &Params<'_> = &[&(kind as i16), &Key(id)];
        document::touch(&self.points, sql!("catalog/delete"), params, kind).await
    }

    async fn expire(&self, kind: Kind, before: Timestamp, limit: u32) -> Result<u64> {
        let before = Key(first_id(before.as_millisecond()));
        let params: &Params<'_> = &[&(kind as i16), &before, &i64::from(limit)];
        let lent = self.lists.lend().await?;
        Ok(lent.execute(sql!("catalog/expire"), params).await?)
    }

    async fn version(&self, kind: Kind, id: [u8; 16], version: u32) -> Result<Option<Document>> {
        let params: &Params<'_> = &[&(kind as i16), &Key(id), &(version as i32)];
        self.point(sql!("catalog/version"), params, rows::document)
            .await
    }

    async fn versions(
        &self,
        kind: Kind,
        id: [u8; 16],
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<Document>> {
        let before = before.map_or(i64::MAX, i64::from);
        let params: &Params<'_> = &[&(kind as i16), &Key(id), &before, &i64::from(limit)];
        self.documents(sql!("catalog/versions"), params).await
    }

    async fn generation(&self, workspace: WorkspaceId) -> Result<u64> {
        let params: &Params<'_> = &[&vec![Key::from(workspace)]];
        let read = |row: &tokio_postgres::Row| rows::number(row, 1);
        let generation = self.point(sql!("writer/generation"), params, read).await?;
        Ok(generation.unwrap_or(0))
    }
}
