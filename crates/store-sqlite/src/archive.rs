//! Lists, counts and removal. A list is one bounded walk over an index, newest first; where two indexes serve a filter, the
//! two walks are merged.

use crate::connection::unavailable;
use crate::filter::{self, Range};
use crate::sql::sql;
use crate::writer::removal::{Forget, Prune, PruneTallies};
use crate::{Sqlite, rows};
use async_trait::async_trait;
use kernel::Timestamp;
use kernel::id::{CallId, EventId, MessageId, RunId, WorkspaceId};
use kernel::run::Status;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};
use store::archive::{Archive, CallFilter, Forgetting, Outcome, Page, Parts, Retry, RunFilter};
use store::journal::{CallRow, EntryRow, EventRow, MessageRow, RunRow};
use store::tally::{By, TallyFilter};
use store::{Result, Tally};

/// Up to so many calls of an agent or a campaign, their runs are gathered call by call; beyond, they are met soon enough by
/// walking the runs.
const FEW_CALLS: u32 = 2000;

impl Sqlite {
    pub(crate) async fn list<T: Send + 'static>(
        &self,
        query: &'static str,
        key: impl Params + Send + 'static,
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        self.lists
            .read(move |connection| collect(connection, query, key, read).map_err(unavailable))
            .await
    }
}

#[async_trait]
impl Archive for Sqlite {
    async fn runs(&self, filter: &RunFilter, page: Page<RunId>) -> Result<Vec<RunRow>> {
        let filter = filter.clone();
        self.lists
            .read(move |db| runs(db, filter, &page).map_err(unavailable))
            .await
    }

    async fn retries(&self, workspace: WorkspaceId, most: u32) -> Result<Vec<Retry>> {
        let retry = |row: &Row<'_>| {
            Ok(Retry {
                run: rows::id(row, 0)?,
                destination: row.get(1)?,
                due_at: rows::time(row, 2)?,
            })
        };
        let waiting = rows::status_number(Status::Waiting);
        let key = (workspace.bytes(), most, waiting);
        self.list(sql!("lists/retries"), key, retry).await
    }

    async fn entries(&self, run: RunId) -> Result<Vec<EntryRow>> {
        let entries = |row: &Row<'_>| Ok((row.get(0)?, rows::body(row, 1)?));
        let entries = self
            .list(sql!("archive/entries"), [run.bytes()], entries)
            .await?;
        Ok(entries
            .into_iter()
            .map(|(number, body)| EntryRow { run, number, body })
            .collect())
    }

    async fn calls(&self, filter: &CallFilter, page: Page<CallId>) -> Result<Vec<CallRow>> {
        let filter = filter.clone();
        self.lists
            .read(move |db| calls(db, &filter, &page).map_err(unavailable))
            .await
    }

    async fn count_live(
        &self,
        workspace: WorkspaceId,
        status: &str,
        from: Timestamp,
        most: u32,
    ) -> Result<u64> {
        let first = filter::first_id(from.as_millisecond());
        let key = (workspace.bytes(), status.to_owned(), first, most);
        let count = |row: &Row<'_>| Ok(row.get::<_, i64>(0)? as u64);
        let counted = self.list(sql!("lists/count_live"), key, count).await?;
        Ok(counted.into_iter().sum())
    }

    async fn outcomes(
        &self,
        workspace: WorkspaceId,
        campaign: &str,
        from: Option<Timestamp>,
        most: u32,
    ) -> Result<Vec<Outcome>> {
        let first = from.map_or([0; 16], |from| filter::first_id(from.as_millisecond()));
        let key = (workspace.bytes(), campaign.to_owned(), first, most);
        let outcome = |row: &Row<'_>| {
            Ok(Outcome {
                status: row.get(0)?,
                disposition: row.get(1)?,
                calls: row.get::<_, i64>(2)? as u64,
            })
        };
        self.list(sql!("lists/outcomes"), key, outcome).await
    }

    async fn events(
        &self,
        workspace: WorkspaceId,
        call: Option<CallId>,
        page: Page<EventId>,
    ) -> Result<Vec<EventRow>> {
        let before = page.before.map_or([0xff; 16], |id| id.bytes());
        let workspace = workspace.bytes();
        match call {
            Some(call) => {
                let key = (call.bytes(), before, page.limit, workspace);
                self.list(sql!("lists/events_by_call"), key, rows::event)
                    .await
            }
            None => {
                let key = (workspace, before, page.limit);
                self.list(sql!("lists/events_by_workspace"), key, rows::event)
                    .await
            }
        }
    }

    async fn messages(
        &self,
        workspace: WorkspaceId,
        call: CallId,
        page: Page<MessageId>,
    ) -> Result<Vec<MessageRow>> {
        let before = page.before.map_or([0xff; 16], |id| id.bytes());
        let key = (call.bytes(), before, page.limit, workspace.bytes());
        self.list(sql!("lists/messages_by_call"), key, rows::message)
            .await
    }

    async fn counts(&self, workspace: Option<WorkspaceId>) -> Result<Vec<(Status, u64)>> {
        let count = |row: &Row<'_>| Ok((rows::status_of(row, 0)?, row.get::<_, i64>(1)? as u64));
        let counts = self
            .list(
                sql!("archive/counts"),
                [workspace.map(|id| id.bytes())],
                count,
            )
            .await?;
        Ok(counts.into_iter().filter(|(_, count)| *count > 0).collect())
    }

    async fn prune(&self, calls: &[CallId], before: Timestamp) -> Result<u64> {
        let old = Prune {
            calls: calls.iter().map(|call| call.bytes()).collect(),
            before: before.as_microsecond(),
        };
        self.writer.run(old).await
    }

    async fn forget(&self, call: CallId) -> Result<Forgetting> {
        self.writer.run(Forget(call)).await
    }

    async fn tallies(&self, filter: &TallyFilter, by: By) -> Result<Vec<Tally>> {
        let meters = (!filter.meters.is_empty()).then(|| format!("{:?}", filter.meters));
        let (workspace, from, to) = (filter.workspace.bytes(), filter.from_hour, filter.to_hour);
        if filter.is_of_destinations(by) {
            let (name, each) = (filter.destination.clone(), by.destination);
            let query = match name {
                Some(_) => sql!("archive/tallies_of_destination"),
                None => sql!("archive/tallies_of_destinations"),
            };
            let key = (
                workspace,
                from,
                to,
                name,
                meters,
                by.time as u8,
                each,
                filter.limit,
            );
            return self.list(query, key, rows::tally).await;
        }
        let key = (
            workspace,
            from,
            to,
            filter.flow.map(|id| id.bytes()),
            filter.agent.clone(),
            meters,
            by.time as u8,
            by.flow,
            by.agent,
            filter.limit,
        );
        self.list(sql!("archive/tallies"), key, rows::tally).await
    }

    async fn prune_tallies(&self, before_hour: u32, limit: u32) -> Result<u64> {
        self.writer.run(PruneTallies { before_hour, limit }).await
    }
}

pub(crate) fn collect<T>(
    db: &Connection,
    query: &str,
    key: impl Params,
    read: fn(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    db.prepare_cached(query)?.query_map(key, read)?.collect()
}

fn runs(
    db: &Connection,
    mut filter: RunFilter,
    page: &Page<RunId>,
) -> rusqlite::Result<Vec<RunRow>> {
    if let (Some(event), None) = (filter.event, filter.call) {
        let call = db
            .prepare_cached(sql!("lists/call_of_event"))?
            .query_row([event.bytes()], |row| rows::id(row, 0))
            .optional()?;
        match call {
            Some(call) => filter.call = Some(call),
            None => return Ok(Vec::new()),
        }
    }
    let few_by = few_by(db, &filter)?;
    let Some(rare) = filter::rare(&filter.statuses) else {
        return walk(db, &filter, page, None, few_by);
    };
    let mut found = Vec::new();
    for status in rare {
        found.extend(walk(db, &filter, page, Some(status), few_by)?);
    }
    found.sort_unstable_by_key(|row| std::cmp::Reverse(row.id));
    found.truncate(page.limit as usize);
    Ok(found)
}

/// The query by calls, where an agent or a campaign with few calls is asked for.
fn few_by(db: &Connection, filter: &RunFilter) -> rusqlite::Result<Option<&'static str>> {
    let Some(workspace) = filter.workspace else {
        return Ok(None);
    };
    let by = [
        (
            &filter.agent,
            sql!("lists/calls_of_agent"),
            sql!("lists/runs_by_agent"),
        ),
        (
            &filter.campaign,
            sql!("lists/calls_of_campaign"),
            sql!("lists/runs_by_campaign"),
        ),
    ];
    for (value, count, query) in by {
        if let Some(value) = value {
            let calls: u32 = db
                .prepare_cached(count)?
                .query_row(params![workspace.bytes(), value, FEW_CALLS], |row| {
                    row.get(0)
                })?;
            if calls < FEW_CALLS {
                return Ok(Some(query));
            }
        }
    }
    Ok(None)
}

fn walk(
    db: &Connection,
    filter: &RunFilter,
    page: &Page<RunId>,
    status: Option<Status>,
    few_by: Option<&'static str>,
) -> rusqlite::Result<Vec<RunRow>> {
    let range = Range::new(page, filter.from, filter.to);
    let key = params![
        filter.workspace.map(|id| id.bytes()),
        range.low,
        range.high,
        page.limit,
        filter.flow.map(|id| id.bytes()),
        filter::mask(&filter.statuses),
        filter.call.map(|id| id.bytes()),
        filter.event.map(|id| id.bytes()),
        filter.agent,
        filter.campaign,
        status.map(rows::status_number),
        filter.parts.of().map(|id| id.bytes()),
        filter.parts == Parts::Without,
    ];
    collect(
        db,
        filter::runs_query(filter, status, few_by),
        key,
        rows::run,
    )
}

fn calls(
    db: &Connection,
    filter: &CallFilter,
    page: &Page<CallId>,
) -> rusqlite::Result<Vec<CallRow>> {
    let range = Range::new(page, filter.from, filter.to);
    let key = params![
        filter.workspace.map(|id| id.bytes()),
        range.low,
        range.high,
        page.limit,
        filter.status,
        filter.agent,
        filter.campaign,
        filter.disposition,
        filter.number,
        filter.provider,
        filter.min_duration_s,
        filter.max_duration_s,
        filter.sentiment,
        filter.answer,
        filter.words.as_ref().map(|words| &words[0]),
        filter.words.as_ref().map(|words| &words[1]),
    ];
    let queries = filter::calls_queries(filter);
    let mut found = Vec::new();
    for query in queries {
        found.extend(collect(db, query, key, rows::call)?);
    }
    if queries.len() > 1 {
        found.sort_unstable_by_key(|row| std::cmp::Reverse(row.id));
        found.dedup_by_key(|call| call.id);
        found.truncate(page.limit as usize);
    }
    Ok(found)
}
