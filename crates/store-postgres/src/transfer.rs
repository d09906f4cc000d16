//! Moving everything out of this store and into it, over connections of their own, whose statements may take long.

use crate::Postgres;
use crate::connection::Params;
use crate::failure::Failure;
use crate::rows::{self, get};
use crate::sql::sql;
use crate::value::Key as Uuid;
use crate::writer::import;
use async_trait::async_trait;
use store::Result;
use store::journal::EntryRow;
use store::transfer::{Key, Record, Table, Transfer};
use tokio_postgres::Row;

/// Rows of a page, however small they are.
const ROWS: i64 = 5000;
/// A body is commonly unpacked to some four times what it rests as.
const PACKED: usize = 4;

type Read = fn(&Row) -> Result<Record, Failure>;

#[async_trait]
impl Transfer for Postgres {
    async fn totals(&self) -> Result<[u64; Table::ALL.len()]> {
        let row = self.one(sql!("transfer/totals")).await?;
        let mut totals = [0; Table::ALL.len()];
        for (column, total) in totals.iter_mut().enumerate() {
            *total = rows::number(&row, column)?;
        }
        Ok(totals)
    }

    async fn export(&self, table: Table, after: Key, bytes: usize) -> Result<Vec<Record>> {
        let (id, held) = (Uuid(after.id), bytes.div_ceil(PACKED) as i64);
        let (kind, number) = (i16::from(after.kind), after.number as i32);
        let part = after.number as i16;
        let hour = after.at.max(-1) as i32;
        let (query, key, read): (_, &Params<'_>, Read) = match table {
            Table::Generations => (sql!("transfer/generations"), &[&id, &ROWS], generation),
            Table::Documents => (
                sql!("transfer/documents"),
                &[&id, &held, &ROWS, &kind],
                |row| rows::document(row).map(Record::Document),
            ),
            Table::Versions => (
                sql!("transfer/versions"),
                &[&id, &held, &ROWS, &kind, &number],
                |row| rows::document(row).map(Record::Version),
            ),
            Table::Calls => (sql!("transfer/calls"), &[&id, &held, &ROWS], |row| {
                rows::call(row).map(Record::Call)
            }),
            Table::Messages => (sql!("transfer/messages"), &[&id, &held, &ROWS], |row| {
                rows::message(row).map(Record::Message)
            }),
            Table::Events => (sql!("transfer/events"), &[&id, &held, &ROWS], |row| {
                rows::event(row).map(Record::Event)
            }),
            Table::Runs => (sql!("transfer/runs"), &[&id, &held, &ROWS], |row| {
                rows::run(row).map(Record::Run)
            }),
            Table::Entries => (
                sql!("transfer/entries"),
                &[&id, &held, &ROWS, &number],
                entry,
            ),
            Table::Timers => (
                sql!("transfer/timers"),
                &[&id, &ROWS, &after.at, &kind, &part],
                |row| rows::timer(row).map(Record::Timer),
            ),
            Table::Tallies => (
                sql!("transfer/tallies"),
                &[&id, &ROWS, &hour, &number],
                |row| rows::tally(row).map(Record::Tally),
            ),
        };
        let found = self.moves.lend().await?.rows(query, key).await?;
        Ok(page(found, read, bytes)?)
    }

    async fn import(&self, records: Vec<Record>) -> Result<()> {
        let link = self.moves.lend().await?;
        Ok(import::import(&link, records).await?)
    }

    async fn epochs(&self) -> Result<Vec<u64>> {
        let row = self.one(sql!("transfer/epochs")).await?;
        let epochs: Vec<i64> = get(&row, 1)?;
        Ok(epochs.into_iter().map(|epoch| epoch as u64).collect())
    }

    async fn raise(&self, epochs: &[u64]) -> Result<()> {
        let epochs: Vec<i64> = epochs.iter().map(|epoch| *epoch as i64).collect();
        let link = self.moves.lend().await?;
        link.execute(sql!("transfer/raise"), &[&epochs]).await?;
        Ok(())
    }

    async fn nodes(&self) -> Result<Vec<String>> {
        let row = self.one(sql!("transfer/epochs")).await?;
        Ok(get::<Option<Vec<String>>>(&row, 0)?.unwrap_or_default())
    }
}

impl Postgres {
    async fn one(&self, query: &'static str) -> Result<Row, Failure> {
        let row = self.moves.lend().await?.row(query, &[]).await?;
        row.ok_or_else(|| Failure::Unreadable("no row where there is always one".into()))
    }
}

fn generation(row: &Row) -> Result<Record, Failure> {
    Ok(Record::Generation(rows::id(row, 0)?, rows::number(row, 1)?))
}

fn entry(row: &Row) -> Result<Record, Failure> {
    Ok(Record::Entry(EntryRow {
        run: rows::id(row, 0)?,
        number: get::<i32>(row, 1)? as u32,
        body: rows::body(row, 2)?,
    }))
}

/// What is left over unpacks to more than was thought, and comes again with the next page.
fn page(found: Vec<Row>, read: Read, bytes: usize) -> Result<Vec<Record>, Failure> {
    let (mut page, mut held) = (Vec::with_capacity(found.len()), 0);
    for row in found {
        if held >= bytes {
            break;
        }
        let record = read(&row)?;
        held += record.bytes();
        page.push(record);
    }
    Ok(page)
}
