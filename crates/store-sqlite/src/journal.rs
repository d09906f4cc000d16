//! The hot path's reads, and the way of a unit to the writer.

use crate::connection::unavailable;
use crate::sql::sql;
use crate::writer::lease::{Attend, Leave};
use crate::writer::limit::UseLimit;
use crate::{Sqlite, rows};
use async_trait::async_trait;
use kernel::Timestamp;
use kernel::id::{CallId, EventId, MessageId, PARTITIONS, RunId};
use rusqlite::{Connection, OptionalExtension, Row};
use std::time::Duration;
use store::journal::{
    CallRow, Committed, Due, EventRow, Hint, Journal, Limit, MessageRow, Roster, RunRow, Timer,
    Unit,
};
use store::{Parts, Result, codec};
use tokio::sync::broadcast;

impl Sqlite {
    async fn point<T: Send + 'static>(
        &self,
        query: &'static str,
        key: [u8; 16],
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        self.points
            .read(move |connection| {
                let mut statement = connection.prepare_cached(query).map_err(unavailable)?;
                statement
                    .query_row([key], read)
                    .optional()
                    .map_err(unavailable)
            })
            .await
    }
}

#[async_trait]
impl Journal for Sqlite {
    async fn attend(&self, node: &str, _: Duration, _: &Parts) -> Result<Roster> {
        let epoch = self.writer.run(Attend(node.into())).await?;
        Ok(Roster {
            nodes: vec![node.into()],
            mine: Parts::all(),
            epochs: vec![epoch; usize::from(PARTITIONS)],
        })
    }

    async fn leave(&self, node: &str) -> Result<()> {
        self.writer.run(Leave(node.into())).await
    }

    async fn commit(&self, mut unit: Unit) -> Result<Committed> {
        pack(&mut unit);
        self.writer.run(unit).await
    }

    async fn call(&self, key: [u8; 16]) -> Result<Option<CallRow>> {
        self.point(sql!("journal/call_by_key"), key, rows::call)
            .await
    }

    async fn call_by_id(&self, id: CallId) -> Result<Option<CallRow>> {
        self.point(sql!("journal/call_by_id"), id.bytes(), rows::call)
            .await
    }

    async fn event(&self, id: EventId) -> Result<Option<EventRow>> {
        self.point(sql!("journal/event"), id.bytes(), rows::event)
            .await
    }

    async fn message(&self, id: MessageId) -> Result<Option<MessageRow>> {
        self.point(sql!("journal/message"), id.bytes(), rows::message)
            .await
    }

    async fn run(&self, id: RunId) -> Result<Option<RunRow>> {
        self.point(sql!("journal/run"), id.bytes(), rows::run).await
    }

    async fn ready(&self, parts: &Parts, after: Option<RunId>, limit: u32) -> Result<Vec<RunId>> {
        let (parts, after) = (parts.clone(), after.map_or([0; 16], |id| id.bytes()));
        self.lists
            .read(move |db| ready(db, &parts, after, limit as usize).map_err(unavailable))
            .await
    }

    async fn due(&self, parts: &Parts, until: Timestamp, limit: u32) -> Result<Due> {
        let parts = parts.clone();
        self.lists
            .read(move |db| due(db, &parts, until, limit as usize).map_err(unavailable))
            .await
    }

    async fn limit(&self, key: [u8; 16]) -> Result<Limit> {
        let used_until = self.point(sql!("journal/limit"), key, |row| rows::time(row, 0));
        Ok(Limit {
            used_until: used_until.await?,
            // The only node's clock is the store's.
            now: Timestamp::now(),
        })
    }

    async fn use_limit(
        &self,
        key: [u8; 16],
        expect: Option<Timestamp>,
        used_until: Timestamp,
    ) -> Result<bool> {
        let work = UseLimit {
            key,
            expect,
            used_until,
        };
        self.writer.run(work).await
    }

    /// There is no other node.
    fn tell(&self, _: Vec<Hint>) {}

    /// Moves the log into the database and frees the directory.
    async fn close(&self) {
        self.writer.close().await;
    }

    fn hear(&self) -> broadcast::Receiver<Hint> {
        broadcast::channel(1).1
    }
}

fn ready(
    db: &Connection,
    parts: &Parts,
    after: [u8; 16],
    limit: usize,
) -> rusqlite::Result<Vec<RunId>> {
    let mut statement = db.prepare_cached(sql!("journal/ready"))?;
    let ids = statement.query_map([after], |row| rows::id::<kernel::id::Run>(row, 0))?;
    ids.filter(|id| id.as_ref().map_or(true, |id| parts.has(id.part())))
        .take(limit)
        .collect()
}

fn due(db: &Connection, parts: &Parts, until: Timestamp, limit: usize) -> rusqlite::Result<Due> {
    let mut statement = db.prepare_cached(sql!("journal/due"))?;
    let mut due = Due::default();
    for timer in statement.query_map([], rows::timer)? {
        let timer: Timer = timer?;
        if !parts.has(timer.part) {
            continue;
        }
        if timer.due_at > until || due.timers.len() == limit {
            due.next = Some(timer.due_at);
            break;
        }
        due.timers.push(timer);
    }
    Ok(due)
}

/// Bodies and states as they rest on disk: packed by whoever commits, not by the one writer.
fn pack(unit: &mut Unit) {
    let messages = unit.messages.iter_mut().map(|message| &mut message.body);
    let calls = unit.calls.iter_mut().map(|call| &mut call.row.state);
    let runs = unit.runs.iter_mut().map(|run| &mut run.state);
    let advanced = unit.advanced.iter_mut().map(|advance| &mut advance.state);
    let entries = unit.entries.iter_mut().map(|entry| &mut entry.body);
    // The largest first: the memory that it leaves is enough for the others.
    for body in messages
        .chain(calls)
        .chain(runs)
        .chain(advanced)
        .chain(entries)
    {
        *body = codec::pack(body);
    }
}
