//! The hot path's reads, and the way of a unit to the writer.

use crate::connection::unavailable;
use crate::sql::sql;
use crate::writer::lease::Own;
use crate::{Sqlite, codec, rows};
use async_trait::async_trait;
use kernel::Timestamp;
use kernel::id::{CallId, EventId, MessageId, RunId};
use rusqlite::{OptionalExtension, Row};
use store::Result;
use store::journal::{
    CallRow, Committed, Due, EventRow, Journal, Lease, MessageRow, RunRow, Timer, Unit,
};

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
    async fn own(&self, node: &str, now: Timestamp) -> Result<Lease> {
        self.writer
            .run(Own {
                node: node.into(),
                now,
            })
            .await
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

    async fn ready(&self, _: &Lease, after: Option<RunId>, limit: u32) -> Result<Vec<RunRow>> {
        let after = after.map_or([0; 16], |id| id.bytes());
        self.list(sql!("journal/ready"), (after, limit), rows::run)
            .await
    }

    async fn due(&self, _: &Lease, until: Timestamp, limit: u32) -> Result<Due> {
        let one_more = i64::from(limit) + 1;
        let mut timers = self
            .list(sql!("journal/due"), [one_more], rows::timer)
            .await?;
        let due = timers
            .partition_point(|timer| timer.due_at <= until)
            .min(limit as usize);
        let next = timers.get(due).map(|timer: &Timer| timer.due_at);
        timers.truncate(due);
        Ok(Due { timers, next })
    }
}

/// Bodies and states as they rest on disk: packed by whoever commits, not by the one writer.
fn pack(unit: &mut Unit) {
    let calls = unit.calls.iter_mut().map(|call| &mut call.row.state);
    let messages = unit.messages.iter_mut().map(|message| &mut message.body);
    let runs = unit.runs.iter_mut().map(|run| &mut run.state);
    let advanced = unit.advanced.iter_mut().map(|advance| &mut advance.state);
    let entries = unit.entries.iter_mut().map(|entry| &mut entry.body);
    for body in calls
        .chain(messages)
        .chain(runs)
        .chain(advanced)
        .chain(entries)
    {
        *body = codec::pack(body);
    }
}
