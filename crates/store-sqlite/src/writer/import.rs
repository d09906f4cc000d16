//! A page of records from another store; whatever is there already stays as it is.

use super::{Db, Work};
use crate::rows::status_number;
use crate::sql::sql;
use crate::transfer::next_epoch;
use rusqlite::{Connection, params};
use store::catalog::Document;
use store::journal::{CallRow, EventRow, MessageRow, RunRow};
use store::transfer::Record;

/// Bodies are packed; that of a pruned message is empty.
pub struct Import(pub Vec<Record>);

impl Work for Import {
    type Answer = ();

    fn apply(&self, db: &mut Db<'_>) -> rusqlite::Result<()> {
        for record in &self.0 {
            write(record, db)?;
        }
        Ok(())
    }

    fn bytes(&self) -> usize {
        self.0.iter().map(Record::bytes).sum()
    }
}

fn write(record: &Record, db: &mut Db<'_>) -> rusqlite::Result<()> {
    let on = db.connection;
    match record {
        Record::Generation(workspace, generation) => on
            .prepare_cached(sql!("transfer/import_generations"))?
            .execute(params![workspace.bytes(), *generation as i64])?,
        Record::Document(row) => document(row, on, sql!("transfer/import_documents"))?,
        Record::Version(row) => document(row, on, sql!("transfer/import_versions"))?,
        Record::Call(row) => call(row, on)?,
        Record::Message(row) => message(row, on)?,
        Record::Event(row) => event(row, on)?,
        Record::Run(row) => {
            let written = run(row, on)?;
            db.count(row.workspace, row.status, written as i64);
            written
        }
        Record::Entry(row) => on
            .prepare_cached(sql!("transfer/import_entries"))?
            .execute(params![row.run.bytes(), row.number, &row.body[..]])?,
        Record::Timer(row) => {
            on.prepare_cached(sql!("transfer/import_timers"))?
                .execute(params![
                    row.due_at.as_microsecond(),
                    row.kind as u8,
                    row.subject,
                    row.part
                ])?
        }
        Record::Tally(row) => {
            let key = row.key();
            on.prepare_cached(sql!("transfer/import_tallies"))?
                .execute(params![
                    key.hour,
                    key.series,
                    key.meter,
                    row.amount as i64,
                    row.workspace.bytes(),
                    row.flow.map(|id| id.bytes()),
                    row.agent(),
                    row.destination,
                ])?
        }
    };
    Ok(())
}

fn document(row: &Document, on: &Connection, query: &str) -> rusqlite::Result<usize> {
    on.prepare_cached(query)?.execute(params![
        row.kind as u8,
        row.id,
        row.workspace.bytes(),
        row.version,
        row.name,
        row.alias,
        row.enabled,
        row.created_at.as_microsecond(),
        row.updated_at.as_microsecond(),
        &row.body[..],
    ])
}

fn call(row: &CallRow, on: &Connection) -> rusqlite::Result<usize> {
    let listing = &row.listing;
    on.prepare_cached(sql!("transfer/import_calls"))?
        .execute(params![
            row.id.bytes(),
            row.key,
            row.workspace.bytes(),
            row.version as i64,
            listing.provider,
            listing.provider_call_id,
            listing.direction,
            listing.from,
            listing.to,
            listing.agent,
            listing.campaign,
            listing.status,
            listing.disposition,
            listing.duration_s,
            listing.started_at.map(|t| t.as_microsecond()),
            listing.ended_at.map(|t| t.as_microsecond()),
            &row.state[..],
            listing.sentiment,
            listing.answers,
            listing.words,
        ])
}

/// Bodies get their numbers in the order of their coming, as pruning wants them.
fn message(row: &MessageRow, on: &Connection) -> rusqlite::Result<usize> {
    let id = row.id.bytes();
    let written = on
        .prepare_cached(sql!("transfer/import_messages"))?
        .execute(params![
            id,
            row.workspace.bytes(),
            row.call.bytes(),
            row.endpoint.map(|id| id.bytes()),
            row.provider,
            row.provider_event,
            row.received_at.as_microsecond(),
            // The number of no body.
            0,
        ])?;
    if written == 1 && !row.body.is_empty() {
        on.prepare_cached(sql!("writer/insert_body"))?
            .execute(params![id, &row.body[..]])?;
        let body = on.last_insert_rowid();
        on.prepare_cached(sql!("transfer/import_bodies"))?
            .execute(params![id, body])?;
    }
    Ok(written)
}

fn event(row: &EventRow, on: &Connection) -> rusqlite::Result<usize> {
    on.prepare_cached(sql!("transfer/import_events"))?
        .execute(params![
            row.id.bytes(),
            row.workspace.bytes(),
            row.call.bytes(),
            row.message.bytes(),
            row.kind,
            row.at.as_microsecond(),
            &row.detail[..],
        ])
}

fn run(row: &RunRow, on: &Connection) -> rusqlite::Result<usize> {
    on.prepare_cached(sql!("transfer/import_runs"))?
        .execute(params![
            row.id.bytes(),
            row.workspace.bytes(),
            row.flow.bytes(),
            row.flow_version,
            row.call.bytes(),
            row.event.bytes(),
            row.replay_of.map(|id| id.bytes()),
            status_number(row.status),
            row.destination,
            row.version as i64,
            row.epoch as i64,
            row.error,
            row.updated_at.as_microsecond(),
            row.due_at.map(|t| t.as_microsecond()),
            &row.state[..],
            row.parent.map(|id| id.bytes()),
        ])
}

/// The next owner has this epoch at least.
pub struct Raise(pub u64);

impl Work for Raise {
    type Answer = ();

    fn apply(&self, db: &mut Db<'_>) -> rusqlite::Result<()> {
        if self.0 > next_epoch(db.connection)? {
            db.connection
                .execute(sql!("transfer/raise"), [self.0 as i64])?;
            db.holder = None;
        }
        Ok(())
    }
}
