//! The hot path's reads, and the way of a unit to the writers.

use crate::connection::Params;
use crate::failure::Failure;
use crate::sql::sql;
use crate::value::Key;
use crate::writer::lease;
use crate::{Postgres, rows};
use async_trait::async_trait;
use kernel::Timestamp;
use kernel::id::{CallId, EventId, MessageId, RunId};
use std::time::Duration;
use store::journal::{
    CallRow, Committed, Due, EventRow, Hint, Journal, Limit, MessageRow, Roster, RunRow, Timer,
    Unit,
};
use store::{Parts, Result, codec};
use tokio::sync::broadcast;
use tokio_postgres::Row;

impl Postgres {
    pub(crate) async fn point<T>(
        &self,
        query: &'static str,
        params: &Params<'_>,
        read: fn(&Row) -> Result<T, Failure>,
    ) -> Result<Option<T>> {
        let row = self.points.lend().await?.row(query, params).await?;
        Ok(row.as_ref().map(read).transpose()?)
    }
}

#[async_trait]
impl Journal for Postgres {
    async fn attend(&self, node: &str, ttl: Duration, wanted: &Parts) -> Result<Roster> {
        lease::attend(&self.points, node, ttl, wanted).await
    }

    async fn leave(&self, node: &str) -> Result<()> {
        lease::leave(&self.points, node).await
    }

    async fn commit(&self, mut unit: Unit) -> Result<Committed> {
        pack(&mut unit);
        self.writer.commit(unit).await
    }

    async fn call(&self, key: [u8; 16]) -> Result<Option<CallRow>> {
        self.point(sql!("journal/call_by_key"), &[&Key(key)], rows::call)
            .await
    }

    async fn call_by_id(&self, id: CallId) -> Result<Option<CallRow>> {
        self.point(sql!("journal/call_by_id"), &[&Key::from(id)], rows::call)
            .await
    }

    async fn event(&self, id: EventId) -> Result<Option<EventRow>> {
        self.point(sql!("journal/event"), &[&Key::from(id)], rows::event)
            .await
    }

    async fn message(&self, id: MessageId) -> Result<Option<MessageRow>> {
        self.point(sql!("journal/message"), &[&Key::from(id)], rows::message)
            .await
    }

    async fn run(&self, id: RunId) -> Result<Option<RunRow>> {
        self.point(sql!("journal/run"), &[&Key::from(id)], rows::run)
            .await
    }

    async fn ready(&self, parts: &Parts, after: Option<RunId>, limit: u32) -> Result<Vec<RunId>> {
        if parts.is_empty() {
            return Ok(Vec::new());
        }
        let after = after.map_or(Key([0; 16]), Key::from);
        let params: &Params<'_> = &[&&parts.bits()[..], &after, &i64::from(limit)];
        let lent = self.lists.lend().await?;
        let ids = lent.rows(sql!("journal/ready"), params).await?;
        Ok(ids
            .iter()
            .map(|row| rows::id(row, 0))
            .collect::<Result<_, _>>()?)
    }

    async fn due(&self, parts: &Parts, until: Timestamp, limit: u32) -> Result<Due> {
        if parts.is_empty() {
            return Ok(Due::default());
        }
        let limit = limit as usize;
        // One more than wanted: the next to be due.
        let params: &Params<'_> = &[&&parts.bits()[..], &(limit as i64 + 1)];
        let lent = self.lists.lend().await?;
        let mut due = Due::default();
        for row in lent.rows(sql!("journal/due"), params).await? {
            let timer: Timer = rows::timer(&row)?;
            if timer.due_at > until || due.timers.len() == limit {
                due.next = Some(timer.due_at);
                break;
            }
            due.timers.push(timer);
        }
        Ok(due)
    }

    async fn limit(&self, key: [u8; 16]) -> Result<Limit> {
        let limit = self
            .point(sql!("journal/limit"), &[&Key(key)], rows::limit)
            .await?;
        limit.ok_or_else(|| Failure::Unreadable("no time".into()).into())
    }

    async fn use_limit(
        &self,
        key: [u8; 16],
        expect: Option<Timestamp>,
        used_until: Timestamp,
    ) -> Result<bool> {
        let expect = expect.map(|expect| expect.as_microsecond());
        let params: &Params<'_> = &[&Key(key), &expect, &used_until.as_microsecond()];
        let lent = self.points.lend().await?;
        Ok(lent.execute(sql!("writer/use_limit"), params).await? == 1)
    }

    fn tell(&self, hints: Vec<Hint>) {
        self.hints.tell(hints);
    }

    /// Gives the connections back; whatever is asked later is refused.
    async fn close(&self) {
        self.writer.close().await;
        self.points.close();
        self.lists.close();
        self.moves.close();
        self.hints.close();
    }

    fn hear(&self) -> broadcast::Receiver<Hint> {
        self.hints.hear()
    }
}

/// Bodies and states as they rest on disk: packed by whoever commits, not by a writer.
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
