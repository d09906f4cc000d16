//! A unit of the hot path: all checks first (they only read, and see what earlier units of the batch wrote), then all rows.

use super::{Db, Work};
use crate::rows::{self, status_number, status_of};
use kernel::id::WorkspaceId;
use kernel::run::Status;
use rusqlite::blob::ZeroBlob;
use rusqlite::{MAIN_DB, OptionalExtension, params};
use store::journal::{CallPut, Committed, Lease, MessageRow, RunAdvance, RunRow, Timer, Unit};

const LARGE: usize = 1 << 20;

/// Where the checks found the rows that will be written.
struct Found {
    calls: Vec<Option<i64>>,
    runs: Vec<FoundRun>,
}

struct FoundRun {
    n: i64,
    workspace: WorkspaceId,
    status: Status,
}

impl Work for Unit {
    type Answer = Committed;

    fn apply(&self, db: &mut Db<'_>) -> rusqlite::Result<Committed> {
        match check(self, db)? {
            Ok(found) => {
                write(self, found, db)?;
                Ok(Committed::Durable)
            }
            Err(refused) => Ok(refused),
        }
    }

    fn bytes(&self) -> usize {
        let calls: usize = self.calls.iter().map(|c| c.row.state.len() + 512).sum();
        let messages: usize = self.messages.iter().map(|m| m.body.len() + 256).sum();
        let runs: usize = self.runs.iter().map(|r| r.state.len() + 512).sum();
        let advanced: usize = self.advanced.iter().map(|r| r.state.len() + 256).sum();
        let entries: usize = self.entries.iter().map(|e| e.body.len() + 64).sum();
        calls + messages + runs + advanced + entries + 256 * self.events.len()
    }
}

fn check(unit: &Unit, db: &mut Db<'_>) -> rusqlite::Result<Result<Found, Committed>> {
    let holds = |lease: &Lease| {
        let holder = db.holder.as_ref();
        holder.is_some_and(|(node, epoch)| *node == lease.node && *epoch == lease.epoch)
    };
    if !unit.lease.as_ref().map_or(unit.advanced.is_empty(), holds) {
        return Ok(Err(Committed::Lost));
    }
    let mut calls = Vec::with_capacity(unit.calls.len());
    for call in &unit.calls {
        let (n, version) = call_version(call, db)?.unzip();
        if version != call.expect {
            let current = rows::call_by_key(db.connection, call.row.key)?;
            return Ok(Err(Committed::Conflict(current.map(Box::new))));
        }
        calls.push(n);
    }
    for (workspace, generation) in &unit.matched_with {
        let current = generation_of(*workspace, db)?;
        if current != *generation {
            return Ok(Err(Committed::Stale(*workspace, current)));
        }
    }
    let mut runs = Vec::with_capacity(unit.advanced.len());
    for advance in &unit.advanced {
        match run_version(advance, db)? {
            Some((run, version)) if version == advance.expect => runs.push(run),
            _ => return Ok(Err(Committed::Lost)),
        }
    }
    Ok(Ok(Found { calls, runs }))
}

fn call_version(call: &CallPut, db: &mut Db<'_>) -> rusqlite::Result<Option<(i64, u64)>> {
    db.hot
        .call_version
        .query_row([call.row.key], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)? as u64))
        })
        .optional()
}

fn generation_of(workspace: WorkspaceId, db: &mut Db<'_>) -> rusqlite::Result<u64> {
    let generation = db
        .hot
        .generation
        .query_row([workspace.bytes()], |row| row.get::<_, i64>(0));
    Ok(generation.optional()?.unwrap_or(0) as u64)
}

fn run_version(advance: &RunAdvance, db: &mut Db<'_>) -> rusqlite::Result<Option<(FoundRun, u64)>> {
    db.hot
        .run_version
        .query_row([advance.id.bytes()], |row| {
            let run = FoundRun {
                n: row.get(0)?,
                status: status_of(row, 2)?,
                workspace: rows::id(row, 3)?,
            };
            Ok((run, row.get::<_, i64>(1)? as u64))
        })
        .optional()
}

fn write(unit: &Unit, found: Found, db: &mut Db<'_>) -> rusqlite::Result<()> {
    for (call, n) in unit.calls.iter().zip(found.calls) {
        match n {
            Some(n) => update_call(n, call, db)?,
            None => insert_call(call, db)?,
        }
    }
    for m in &unit.messages {
        let body = insert_body(m, db)?;
        db.hot.insert_message.execute(params![
            m.id.bytes(),
            m.workspace.bytes(),
            m.call.bytes(),
            m.endpoint.map(|id| id.bytes()),
            m.provider,
            m.provider_event,
            m.received_at.as_microsecond(),
            body,
        ])?;
    }
    for e in &unit.events {
        db.hot.insert_event.execute(params![
            e.id.bytes(),
            e.workspace.bytes(),
            e.call.bytes(),
            e.message.bytes(),
            e.kind,
            e.at.as_microsecond(),
            &e.detail[..],
        ])?;
    }
    for run in &unit.runs {
        insert_run(run, db)?;
    }
    let epoch = unit.lease.as_ref().map_or(0, |lease| lease.epoch);
    for (advance, run) in unit.advanced.iter().zip(found.runs) {
        advance_run(advance, &run, epoch, db)?;
    }
    for entry in &unit.entries {
        db.hot
            .insert_entry
            .execute(params![entry.run.bytes(), entry.number, &entry.body[..]])?;
    }
    for timer in &unit.set_timers {
        db.hot.set_timer.execute(identity(timer))?;
    }
    for timer in &unit.clear_timers {
        db.hot.clear_timer.execute(identity(timer))?;
    }
    unit.tallies.iter().for_each(|tally| db.tally(tally));
    Ok(())
}

/// A large one is written into its place: as a value it would be in memory twice more.
fn insert_body(message: &MessageRow, db: &mut Db<'_>) -> rusqlite::Result<i64> {
    let (id, body) = (message.id.bytes(), &message.body[..]);
    if body.len() < LARGE {
        db.hot.insert_body.execute(params![id, body])?;
        return Ok(db.connection.last_insert_rowid());
    }
    let room = ZeroBlob(body.len() as u64);
    db.hot.insert_body.execute(params![id, room])?;
    let row = db.connection.last_insert_rowid();
    let mut place = db
        .connection
        .blob_open(MAIN_DB, "bodies", "body", row, false)?;
    place.write_all_at(body, 0)?;
    place.close()?;
    Ok(row)
}

fn identity(timer: &Timer) -> (i64, u8, [u8; 16], u16) {
    (
        timer.due_at.as_microsecond(),
        timer.kind as u8,
        timer.subject,
        timer.part,
    )
}

fn insert_call(call: &CallPut, db: &mut Db<'_>) -> rusqlite::Result<()> {
    let (row, l) = (&call.row, &call.row.listing);
    db.hot.insert_call.execute(params![
        row.id.bytes(),
        row.key,
        row.workspace.bytes(),
        row.version as i64,
        l.provider,
        l.provider_call_id,
        l.direction,
        l.from,
        l.to,
        l.agent,
        l.campaign,
        l.status,
        l.disposition,
        l.duration_s,
        l.started_at.map(|t| t.as_microsecond()),
        l.ended_at.map(|t| t.as_microsecond()),
        &row.state[..],
        l.sentiment,
        l.answers,
        l.words,
    ])?;
    Ok(())
}

fn update_call(n: i64, call: &CallPut, db: &mut Db<'_>) -> rusqlite::Result<()> {
    let (row, l) = (&call.row, &call.row.listing);
    db.hot.update_call.execute(params![
        n,
        row.version as i64,
        l.provider,
        l.provider_call_id,
        l.direction,
        l.from,
        l.to,
        l.agent,
        l.campaign,
        l.status,
        l.disposition,
        l.duration_s,
        l.started_at.map(|t| t.as_microsecond()),
        l.ended_at.map(|t| t.as_microsecond()),
        &row.state[..],
        l.sentiment,
        l.answers,
        l.words,
    ])?;
    Ok(())
}

fn insert_run(run: &RunRow, db: &mut Db<'_>) -> rusqlite::Result<()> {
    let now = db.holder.as_ref().map_or(1, |(_, epoch)| *epoch);
    let epoch = if run.epoch == 0 { now } else { run.epoch };
    db.hot.insert_run.execute(params![
        run.id.bytes(),
        run.workspace.bytes(),
        run.flow.bytes(),
        run.flow_version,
        run.call.bytes(),
        run.event.bytes(),
        run.replay_of.map(|id| id.bytes()),
        status_number(run.status),
        run.destination,
        run.version as i64,
        epoch as i64,
        run.error,
        run.updated_at.as_microsecond(),
        run.due_at.map(|t| t.as_microsecond()),
        &run.state[..],
        run.parent.map(|id| id.bytes()),
    ])?;
    db.count(run.workspace, run.status, 1);
    Ok(())
}

fn advance_run(
    to: &RunAdvance,
    run: &FoundRun,
    epoch: u64,
    db: &mut Db<'_>,
) -> rusqlite::Result<()> {
    db.hot.advance_run.execute(params![
        run.n,
        status_number(to.status),
        to.destination,
        to.expect as i64 + 1,
        epoch as i64,
        to.error,
        to.updated_at.as_microsecond(),
        to.due_at.map(|t| t.as_microsecond()),
        &to.state[..],
    ])?;
    db.count(run.workspace, run.status, -1);
    db.count(run.workspace, to.status, 1);
    Ok(())
}
