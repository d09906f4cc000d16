//! Moving everything out of this store and into it: reads here, writes through the writer.

use crate::connection::unavailable;
use crate::sql::sql;
use crate::writer::import::{Import, Raise};
use crate::{Sqlite, rows};
use async_trait::async_trait;
use kernel::id::PARTITIONS;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};
use store::Result;
use store::journal::EntryRow;
use store::transfer::{Key, Record, Table, Transfer};

#[async_trait]
impl Transfer for Sqlite {
    async fn totals(&self) -> Result<[u64; Table::ALL.len()]> {
        self.lists.read(|db| totals(db).map_err(unavailable)).await
    }

    async fn export(&self, table: Table, after: Key, bytes: usize) -> Result<Vec<Record>> {
        self.lists
            .read(move |db| export(db, table, after, bytes).map_err(unavailable))
            .await
    }

    async fn import(&self, mut records: Vec<Record>) -> Result<()> {
        records.iter_mut().for_each(pack);
        self.writer.run(Import(records)).await
    }

    async fn epochs(&self) -> Result<Vec<u64>> {
        let epoch = self.lists.read(|db| next_epoch(db).map_err(unavailable));
        Ok(vec![epoch.await?; usize::from(PARTITIONS)])
    }

    /// There is one epoch for all partitions: the highest.
    async fn raise(&self, epochs: &[u64]) -> Result<()> {
        let highest = epochs.iter().copied().max().unwrap_or(1);
        self.writer.run(Raise(highest)).await
    }

    /// The lock on the directory has kept everybody out.
    async fn nodes(&self) -> Result<Vec<String>> {
        Ok(Vec::new())
    }
}

fn totals(db: &Connection) -> rusqlite::Result<[u64; Table::ALL.len()]> {
    db.query_row(sql!("transfer/totals"), [], |row| {
        let mut totals = [0; Table::ALL.len()];
        for (column, total) in totals.iter_mut().enumerate() {
            *total = row.get::<_, i64>(column)? as u64;
        }
        Ok(totals)
    })
}

pub fn next_epoch(db: &Connection) -> rusqlite::Result<u64> {
    let epoch = db
        .query_row(sql!("transfer/epochs"), [], |row| row.get::<_, i64>(0))
        .optional()?;
    Ok(epoch.unwrap_or(1) as u64)
}

fn export(
    db: &Connection,
    table: Table,
    after: Key,
    bytes: usize,
) -> rusqlite::Result<Vec<Record>> {
    let Key {
        at,
        kind,
        id,
        number,
    } = after;
    let read = |query, key: &[&dyn rusqlite::ToSql], record| page(db, query, key, record, bytes);
    match table {
        Table::Generations => read(sql!("transfer/generations"), params![id], |row| {
            Ok(Record::Generation(
                rows::id(row, 0)?,
                row.get::<_, i64>(1)? as u64,
            ))
        }),
        Table::Documents => read(sql!("transfer/documents"), params![kind, id], |row| {
            rows::document(row).map(Record::Document)
        }),
        Table::Versions => read(
            sql!("transfer/versions"),
            params![kind, id, number],
            |row| rows::document(row).map(Record::Version),
        ),
        Table::Calls => read(sql!("transfer/calls"), params![id], |row| {
            rows::call(row).map(Record::Call)
        }),
        Table::Messages => read(sql!("transfer/messages"), params![id], |row| {
            rows::message(row).map(Record::Message)
        }),
        Table::Events => read(sql!("transfer/events"), params![id], |row| {
            rows::event(row).map(Record::Event)
        }),
        Table::Runs => read(sql!("transfer/runs"), params![id], |row| {
            rows::run(row).map(Record::Run)
        }),
        Table::Entries => read(sql!("transfer/entries"), params![id, number], |row| {
            Ok(Record::Entry(EntryRow {
                run: rows::id(row, 0)?,
                number: row.get(1)?,
                body: rows::body(row, 2)?,
            }))
        }),
        Table::Timers => read(
            sql!("transfer/timers"),
            params![at, kind, id, number],
            |row| rows::timer(row).map(Record::Timer),
        ),
        Table::Tallies => read(sql!("transfer/tallies"), params![at, id, number], |row| {
            rows::tally(row).map(Record::Tally)
        }),
    }
}

fn page(
    db: &Connection,
    query: &str,
    key: impl Params,
    record: fn(&Row<'_>) -> rusqlite::Result<Record>,
    bytes: usize,
) -> rusqlite::Result<Vec<Record>> {
    let mut statement = db.prepare_cached(query)?;
    let mut rows = statement.query(key)?;
    let (mut page, mut held) = (Vec::new(), 0);
    while held < bytes
        && let Some(row) = rows.next()?
    {
        let record = record(row)?;
        held += record.bytes();
        page.push(record);
    }
    Ok(page)
}

fn pack(record: &mut Record) {
    let body = match record {
        Record::Call(call) => &mut call.state,
        Record::Message(message) if message.body.is_empty() => return,
        Record::Message(message) => &mut message.body,
        Record::Run(run) => &mut run.state,
        Record::Entry(entry) => &mut entry.body,
        Record::Generation(..)
        | Record::Document(_)
        | Record::Version(_)
        | Record::Event(_)
        | Record::Timer(_)
        | Record::Tally(_) => return,
    };
    *body = store::codec::pack(body);
}
