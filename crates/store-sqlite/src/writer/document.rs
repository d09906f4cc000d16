//! Writes of the catalogue: a document replaces the version that was expected, or says which one is there.

use super::{Db, Work};
use crate::sql::sql;
use rusqlite::params;
use store::catalog::{Document, Kind, Put, Write};

pub struct PutDocument {
    pub document: Document,
    pub expect: u32,
    pub how: Write,
}

impl Work for PutDocument {
    type Answer = Put;

    fn apply(&self, db: &mut Db<'_>) -> rusqlite::Result<Put> {
        let d = &self.document;
        let kind = d.kind as u8;
        let in_force = self.how != Write::Beside;
        let (current, kept, holder): (Option<u32>, Option<u32>, Option<[u8; 16]>) = db
            .connection
            .prepare_cached(sql!("catalog/before_put"))?
            .query_row(params![kind, d.id, d.alias], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        let newest = current.map_or(0, |current| kept.unwrap_or(0).max(current));
        if newest != self.expect || newest == 0 && !in_force {
            return Ok(Put::Conflict(newest));
        }
        if holder.is_some_and(|id| id != d.id) {
            return Ok(Put::Taken);
        }
        // A document that was deleted and comes back goes on after its kept versions: those never change.
        let version = current.max(kept).unwrap_or(0) + 1;
        let row: &[&dyn rusqlite::ToSql] = params![
            kind,
            d.id,
            d.workspace.bytes(),
            version,
            d.name,
            d.alias,
            d.enabled,
            d.created_at.as_microsecond(),
            d.updated_at.as_microsecond(),
            &d.body[..],
            self.how == Write::Unswitched,
        ];
        if d.kind.keeps_versions() {
            db.connection
                .prepare_cached(sql!("catalog/keep_version"))?
                .execute(&row[..10])?;
        }
        if in_force {
            db.connection
                .prepare_cached(sql!("catalog/put"))?
                .execute(row)?;
            count_generation(d.kind, d.workspace.bytes(), db)?;
        }
        Ok(Put::Saved)
    }

    fn bytes(&self) -> usize {
        256 + 2 * self.document.body.len()
    }
}

pub struct PutDocuments {
    /// Each with the version that it replaces.
    pub documents: Vec<(Document, u32)>,
}

impl Work for PutDocuments {
    type Answer = Vec<bool>;

    fn apply(&self, db: &mut Db<'_>) -> rusqlite::Result<Vec<bool>> {
        let mut insert = db.connection.prepare_cached(sql!("catalog/insert_all"))?;
        let mut replace = db.connection.prepare_cached(sql!("catalog/replace_all"))?;
        let written = self.documents.iter().map(|(d, expect)| {
            let (kind, updated_at) = (d.kind as u8, d.updated_at.as_microsecond());
            let rows = match expect {
                0 => insert.execute(params![
                    kind,
                    d.id,
                    d.workspace.bytes(),
                    1,
                    d.name,
                    d.alias,
                    d.enabled,
                    d.created_at.as_microsecond(),
                    updated_at,
                    &d.body[..],
                ])?,
                expect => replace.execute(params![
                    kind,
                    d.id,
                    expect + 1,
                    d.name,
                    updated_at,
                    &d.body[..],
                    expect,
                ])?,
            };
            Ok(rows == 1)
        });
        written.collect()
    }

    fn bytes(&self) -> usize {
        let bodies = self
            .documents
            .iter()
            .map(|(document, _)| document.body.len());
        bodies.map(|body| 256 + 2 * body).sum()
    }
}

pub struct SwitchDocument {
    pub kind: Kind,
    pub id: [u8; 16],
    pub enabled: bool,
}

impl Work for SwitchDocument {
    type Answer = bool;

    fn apply(&self, db: &mut Db<'_>) -> rusqlite::Result<bool> {
        let key = params![self.kind as u8, self.id, self.enabled];
        touch(sql!("catalog/switch"), key, self.kind, db)
    }
}

pub struct DeleteDocument {
    pub kind: Kind,
    pub id: [u8; 16],
}

impl Work for DeleteDocument {
    type Answer = bool;

    fn apply(&self, db: &mut Db<'_>) -> rusqlite::Result<bool> {
        let key = params![self.kind as u8, self.id];
        touch(sql!("catalog/delete"), key, self.kind, db)
    }
}

pub struct ExpireDocuments {
    pub kind: Kind,
    /// The first id that stays.
    pub before: [u8; 16],
    pub limit: u32,
}

impl Work for ExpireDocuments {
    type Answer = u64;

    fn apply(&self, db: &mut Db<'_>) -> rusqlite::Result<u64> {
        let mut expire = db.connection.prepare_cached(sql!("catalog/expire"))?;
        let removed = expire.execute(params![self.kind as u8, self.before, self.limit])?;
        Ok(removed as u64)
    }
}

/// Changes one document, if it is there to be changed.
fn touch(
    query: &'static str,
    key: &[&dyn rusqlite::ToSql],
    kind: Kind,
    db: &mut Db<'_>,
) -> rusqlite::Result<bool> {
    let workspace: Option<[u8; 16]> = {
        let mut statement = db.connection.prepare_cached(query)?;
        let mut rows = statement.query(key)?;
        rows.next()?.map(|row| row.get(0)).transpose()?
    };
    if let Some(workspace) = workspace {
        count_generation(kind, workspace, db)?;
    }
    Ok(workspace.is_some())
}

fn count_generation(kind: Kind, workspace: [u8; 16], db: &mut Db<'_>) -> rusqlite::Result<()> {
    if kind.matches() {
        db.connection
            .prepare_cached(sql!("catalog/count_generation"))?
            .execute([workspace])?;
    }
    Ok(())
}
