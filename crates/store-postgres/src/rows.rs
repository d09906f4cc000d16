//! Rows as the port knows them, from rows as the queries give them. Columns are read by position, in the order of the queries.

use crate::failure::Failure;
use crate::value::{Key, told};
use bytes::Bytes;
use kernel::Timestamp;
use kernel::id::{Id, Kind};
use kernel::run::Status;
use store::Tally;
use store::catalog::{self, Document};
use store::codec::unpack;
use store::journal::{CallListing, CallRow, EventRow, Limit, MessageRow, RunRow, Timer, TimerKind};
use tokio_postgres::Row;
use tokio_postgres::types::FromSql;

type Result<T> = std::result::Result<T, Failure>;

pub fn call(row: &Row) -> Result<CallRow> {
    Ok(CallRow {
        id: id(row, 0)?,
        key: key(row, 1)?,
        workspace: id(row, 2)?,
        version: number(row, 3)?,
        state: body(row, 4)?,
        listing: CallListing {
            provider: text(row, 5)?,
            provider_call_id: text(row, 6)?,
            direction: some_text(row, 7)?,
            from: some_text(row, 8)?,
            to: some_text(row, 9)?,
            agent: some_text(row, 10)?,
            campaign: some_text(row, 11)?,
            status: some_text(row, 12)?,
            disposition: some_text(row, 13)?,
            duration_s: get(row, 14)?,
            started_at: some_time(row, 15)?,
            ended_at: some_time(row, 16)?,
            sentiment: some_text(row, 17)?,
            answers: some_text(row, 18)?,
            words: some_text(row, 19)?,
        },
    })
}

pub fn message(row: &Row) -> Result<MessageRow> {
    Ok(MessageRow {
        id: id(row, 0)?,
        workspace: id(row, 1)?,
        call: id(row, 2)?,
        endpoint: some_id(row, 3)?,
        provider: text(row, 4)?,
        provider_event: text(row, 5)?,
        received_at: time(row, 6)?,
        body: body(row, 7)?,
    })
}

pub fn event(row: &Row) -> Result<EventRow> {
    Ok(EventRow {
        id: id(row, 0)?,
        workspace: id(row, 1)?,
        call: id(row, 2)?,
        message: id(row, 3)?,
        kind: text(row, 4)?,
        at: time(row, 5)?,
        detail: Bytes::copy_from_slice(get(row, 6)?),
    })
}

pub fn run(row: &Row) -> Result<RunRow> {
    Ok(RunRow {
        id: id(row, 0)?,
        workspace: id(row, 1)?,
        flow: id(row, 2)?,
        flow_version: get::<i32>(row, 3)? as u32,
        call: id(row, 4)?,
        event: id(row, 5)?,
        replay_of: some_id(row, 6)?,
        status: status_of(row, 7)?,
        destination: some_text(row, 8)?,
        version: number(row, 9)?,
        epoch: number(row, 10)?,
        state: body(row, 11)?,
        error: some_text(row, 12)?,
        updated_at: time(row, 13)?,
        due_at: some_time(row, 14)?,
        parent: some_id(row, 15)?,
    })
}

pub fn limit(row: &Row) -> Result<Limit> {
    Ok(Limit {
        used_until: some_time(row, 0)?,
        now: time(row, 1)?,
    })
}

pub fn timer(row: &Row) -> Result<Timer> {
    let kind = match get::<i16>(row, 2)? {
        1 => TimerKind::WakeRun,
        2 => TimerKind::CancelRun,
        3 => TimerKind::CallGrace,
        4 => TimerKind::CallSettle,
        5 => TimerKind::CallWatchdog,
        6 => TimerKind::JoinRun,
        other => return Err(unknown("kind of timer", other)),
    };
    Ok(Timer {
        part: get::<i16>(row, 0)? as u16,
        due_at: time(row, 1)?,
        kind,
        subject: key(row, 3)?,
    })
}

pub fn tally(row: &Row) -> Result<Tally> {
    Ok(Tally {
        workspace: id(row, 0)?,
        hour: get::<i32>(row, 1)? as u32,
        flow: some_id(row, 2)?,
        agent: some_text(row, 3)?,
        meter: get::<i32>(row, 4)? as u16,
        amount: number(row, 5)?,
        destination: some_text(row, 6)?,
    })
}

pub fn document(row: &Row) -> Result<Document> {
    let kind = match get::<i16>(row, 0)? {
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
        other => return Err(unknown("kind of document", other)),
    };
    Ok(Document {
        kind,
        id: key(row, 1)?,
        workspace: id(row, 2)?,
        version: get::<i32>(row, 3)? as u32,
        name: text(row, 4)?,
        alias: some_text(row, 5)?,
        enabled: get(row, 6)?,
        created_at: time(row, 7)?,
        updated_at: time(row, 8)?,
        body: Bytes::copy_from_slice(get(row, 9)?),
    })
}

pub fn status_number(status: Status) -> i16 {
    match status {
        Status::Running => 0,
        Status::Waiting => 1,
        Status::Succeeded => 2,
        Status::Failed => 3,
        Status::Cancelled => 4,
    }
}

pub fn status_of(row: &Row, column: usize) -> Result<Status> {
    Ok(match get::<i16>(row, column)? {
        0 => Status::Running,
        1 => Status::Waiting,
        2 => Status::Succeeded,
        3 => Status::Failed,
        4 => Status::Cancelled,
        other => return Err(unknown("status", other)),
    })
}

pub fn get<'r, T: FromSql<'r>>(row: &'r Row, column: usize) -> Result<T> {
    row.try_get(column)
        .map_err(|error| Failure::Unreadable(format!("column {column}: {error}")))
}

pub fn id<K: Kind>(row: &Row, column: usize) -> Result<Id<K>> {
    key(row, column).map(Id::from_bytes)
}

pub fn key(row: &Row, column: usize) -> Result<[u8; 16]> {
    get::<Key>(row, column).map(|key| key.0)
}

pub fn number(row: &Row, column: usize) -> Result<u64> {
    get::<i64>(row, column).map(|n| n as u64)
}

pub fn text(row: &Row, column: usize) -> Result<String> {
    get(row, column).map(told)
}

pub fn some_text(row: &Row, column: usize) -> Result<Option<String>> {
    get::<Option<String>>(row, column).map(|some| some.map(told))
}

/// A body or state; empty where the row of a pruned body is missing.
pub fn body(row: &Row, column: usize) -> Result<Bytes> {
    match get::<Option<&[u8]>>(row, column)? {
        Some(packed) => unpack(packed).map_err(|error| Failure::Unreadable(error.to_string())),
        None => Ok(Bytes::new()),
    }
}

fn some_id<K: Kind>(row: &Row, column: usize) -> Result<Option<Id<K>>> {
    Ok(get::<Option<Key>>(row, column)?.map(|key| Id::from_bytes(key.0)))
}

pub fn time(row: &Row, column: usize) -> Result<Timestamp> {
    time_at(get(row, column)?)
}

fn some_time(row: &Row, column: usize) -> Result<Option<Timestamp>> {
    get::<Option<i64>>(row, column)?.map(time_at).transpose()
}

fn time_at(micros: i64) -> Result<Timestamp> {
    Timestamp::from_microsecond(micros)
        .map_err(|_| Failure::Unreadable(format!("the time {micros} is out of range")))
}

fn unknown(what: &str, value: i16) -> Failure {
    Failure::Unreadable(format!("the {what} {value} is unknown"))
}
