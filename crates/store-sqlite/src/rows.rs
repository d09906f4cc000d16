//! Rows as the port knows them, from rows as the queries give them. Columns are read by position, in the order of the queries.

use crate::sql::sql;
use bytes::Bytes;
use kernel::Timestamp;
use kernel::id::{Id, Kind};
use kernel::run::Status;
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, Error, OptionalExtension, Result, Row};
use store::Tally;
use store::catalog::{self, Document};
use store::codec::unpack;
use store::journal::{CallListing, CallRow, EventRow, MessageRow, RunRow, Timer, TimerKind};

pub fn call_by_key(connection: &Connection, key: [u8; 16]) -> Result<Option<CallRow>> {
    connection
        .prepare_cached(sql!("journal/call_by_key"))?
        .query_row([key], call)
        .optional()
}

pub fn call(row: &Row<'_>) -> Result<CallRow> {
    Ok(CallRow {
        id: id(row, 0)?,
        key: row.get(1)?,
        workspace: id(row, 2)?,
        version: number(row, 3)?,
        state: body(row, 4)?,
        listing: CallListing {
            provider: row.get(5)?,
            provider_call_id: row.get(6)?,
            direction: row.get(7)?,
            from: row.get(8)?,
            to: row.get(9)?,
            agent: row.get(10)?,
            campaign: row.get(11)?,
            status: row.get(12)?,
            disposition: row.get(13)?,
            duration_s: row.get(14)?,
            started_at: some_time(row, 15)?,
            ended_at: some_time(row, 16)?,
            sentiment: row.get(17)?,
            answers: row.get(18)?,
            words: row.get(19)?,
        },
    })
}

pub fn message(row: &Row<'_>) -> Result<MessageRow> {
    Ok(MessageRow {
        id: id(row, 0)?,
        workspace: id(row, 1)?,
        call: id(row, 2)?,
        endpoint: some_id(row, 3)?,
        provider: row.get(4)?,
        provider_event: row.get(5)?,
        received_at: time(row, 6)?,
        body: body(row, 7)?,
    })
}

pub fn event(row: &Row<'_>) -> Result<EventRow> {
    Ok(EventRow {
        id: id(row, 0)?,
        workspace: id(row, 1)?,
        call: id(row, 2)?,
        message: id(row, 3)?,
        kind: row.get(4)?,
        at: time(row, 5)?,
        detail: Bytes::copy_from_slice(row.get_ref(6)?.as_blob()?),
    })
}

pub fn run(row: &Row<'_>) -> Result<RunRow> {
    Ok(RunRow {
        id: id(row, 0)?,
        workspace: id(row, 1)?,
        flow: id(row, 2)?,
        flow_version: row.get(3)?,
        call: id(row, 4)?,
        event: id(row, 5)?,
        replay_of: some_id(row, 6)?,
        status: status_of(row, 7)?,
        destination: row.get(8)?,
        version: number(row, 9)?,
        epoch: number(row, 10)?,
        state: body(row, 11)?,
        error: row.get(12)?,
        updated_at: time(row, 13)?,
        due_at: some_time(row, 14)?,
        parent: some_id(row, 15)?,
    })
}

pub fn timer(row: &Row<'_>) -> Result<Timer> {
    let kind = match row.get::<_, u8>(2)? {
        1 => TimerKind::WakeRun,
        2 => TimerKind::CancelRun,
        3 => TimerKind::CallGrace,
        4 => TimerKind::CallSettle,
        5 => TimerKind::CallWatchdog,
        6 => TimerKind::JoinRun,
        other => return Err(unknown(2, other.into())),
    };
    Ok(Timer {
        part: row.get(0)?,
        due_at: time(row, 1)?,
        kind,
        subject: row.get(3)?,
    })
}

pub fn tally(row: &Row<'_>) -> Result<Tally> {
    Ok(Tally {
        workspace: id(row, 0)?,
        hour: row.get(1)?,
        flow: some_id(row, 2)?,
        agent: row.get(3)?,
        meter: row.get(4)?,
        amount: number(row, 5)?,
        destination: row.get(6)?,
    })
}

pub fn document(row: &Row<'_>) -> Result<Document> {
    let kind = match row.get::<_, u8>(0)? {
        1 => catalog::Kind::Workspace,
        2 => catalog::Kind::Flow,
        3 => catalog::Kind::Endpoint,
        4 => catalog::Kind::Key,
        5 => catalog::Kind::Secret,
        6 => catalog::Kind::Session,
        7 => catalog::Kind::Link,
        8 => catalog::Kind::Setting,
        9 => catalog::Kind::Answer,
        10 => catalog::Kind::Destination,
        11 => catalog::Kind::Health,
        12 => catalog::Kind::Pause,
        13 => catalog::Kind::Alert,
        14 => catalog::Kind::Connection,
        15 => catalog::Kind::Recipe,
        16 => catalog::Kind::Agent,
        17 => catalog::Kind::Campaign,
        18 => catalog::Kind::Contact,
        20 => catalog::Kind::Budget,
        19 => catalog::Kind::Recording,
        23 => catalog::Kind::Receipt,
        24 => catalog::Kind::Reconciled,
        25 => catalog::Kind::Gone,
        26 => catalog::Kind::Heard,
        27 => catalog::Kind::Arrivals,
        31 => catalog::Kind::Leg,
        21 => catalog::Kind::Audit,
        22 => catalog::Kind::Member,
        other => return Err(unknown(0, other.into())),
    };
    Ok(Document {
        kind,
        id: row.get(1)?,
        workspace: id(row, 2)?,
        version: row.get(3)?,
        name: row.get(4)?,
        alias: row.get(5)?,
        enabled: row.get(6)?,
        created_at: time(row, 7)?,
        updated_at: time(row, 8)?,
        body: Bytes::copy_from_slice(row.get_ref(9)?.as_blob()?),
    })
}

pub fn status_number(status: Status) -> u8 {
    match status {
        Status::Running => 0,
        Status::Waiting => 1,
        Status::Succeeded => 2,
        Status::Failed => 3,
        Status::Cancelled => 4,
    }
}

pub fn status_of(row: &Row<'_>, column: usize) -> Result<Status> {
    Ok(match row.get::<_, u8>(column)? {
        0 => Status::Running,
        1 => Status::Waiting,
        2 => Status::Succeeded,
        3 => Status::Failed,
        4 => Status::Cancelled,
        other => return Err(unknown(column, other.into())),
    })
}

pub fn id<K: Kind>(row: &Row<'_>, column: usize) -> Result<Id<K>> {
    row.get(column).map(Id::from_bytes)
}

/// A body or state; empty where the row of a pruned body is missing.
pub fn body(row: &Row<'_>, column: usize) -> Result<Bytes> {
    match row.get_ref(column)?.as_blob_or_null()? {
        Some(packed) => unpack(packed)
            .map_err(|error| Error::FromSqlConversionFailure(column, Type::Blob, error.into())),
        None => Ok(Bytes::new()),
    }
}

fn some_id<K: Kind>(row: &Row<'_>, column: usize) -> Result<Option<Id<K>>> {
    Ok(row.get::<_, Option<[u8; 16]>>(column)?.map(Id::from_bytes))
}

fn number(row: &Row<'_>, column: usize) -> Result<u64> {
    row.get::<_, i64>(column).map(|n| n as u64)
}

pub fn time(row: &Row<'_>, column: usize) -> Result<Timestamp> {
    let micros: i64 = row.get(column)?;
    Timestamp::from_microsecond(micros).map_err(|_| unknown(column, micros))
}

fn some_time(row: &Row<'_>, column: usize) -> Result<Option<Timestamp>> {
    match row.get_ref(column)? {
        rusqlite::types::ValueRef::Null => Ok(None),
        _ => time(row, column).map(Some),
    }
}

fn unknown(column: usize, value: i64) -> Error {
    let error = FromSqlError::OutOfRange(value);
    Error::FromSqlConversionFailure(column, Type::Integer, error.into())
}
