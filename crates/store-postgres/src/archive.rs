//! Lists, counts and removal. A list is one bounded walk over an index, newest first; where several serve a filter, the walks
//! share a snapshot and are merged.

use crate::connection::{Link, Params};
use crate::failure::Failure;
use crate::filter::{self, Range};
use crate::sql::sql;
use crate::value::{Key, some_text, text};
use crate::writer::removal;
use crate::{Postgres, rows};
use async_trait::async_trait;
use kernel::Timestamp;
use kernel::id::{CallId, EventId, MessageId, RunId, WorkspaceId};
use kernel::run::Status;
use store::archive::{Archive, CallFilter, Forgetting, Outcome, Page, Parts, Retry, RunFilter};
use store::journal::{CallRow, EntryRow, EventRow, MessageRow, RunRow};
use store::tally::{By, TallyFilter};
use store::{Result, Tally};

/// Up to so many calls of an agent or a campaign, their runs are gathered call by call; beyond, they are met soon enough by
/// walking the runs.
const FEW_CALLS: i64 = 2000;

#[async_trait]
impl Archive for Postgres {
    async fn runs(&self, filter: &RunFilter, page: Page<RunId>) -> Result<Vec<RunRow>> {
        let lent = self.lists.lend().await?;
        lent.begin(sql!("reader/begin")).await?;
        let found = runs(&lent, filter.clone(), &page).await?;
        lent.end(sql!("reader/end")).await?;
        Ok(found)
    }

    async fn retries(&self, workspace: WorkspaceId, most: u32) -> Result<Vec<Retry>> {
        let params: &Params<'_> = &[
            &Key::from(workspace),
            &i64::from(most),
            &rows::status_number(Status::Waiting),
        ];
        let lent = self.lists.lend().await?;
        let found = lent.rows(sql!("lists/retries"), params).await?;
        let retry = |row| {
            Ok(Retry {
                run: rows::id(row, 0)?,
                destination: rows::text(row, 1)?,
                due_at: rows::time(row, 2)?,
            })
        };
        Ok(found.iter().map(retry).collect::<Result<_, Failure>>()?)
    }

    async fn entries(&self, run: RunId) -> Result<Vec<EntryRow>> {
        let lent = self.lists.lend().await?;
        let found = lent
            .rows(sql!("archive/entries"), &[&Key::from(run)])
            .await?;
        let entry = |row| {
            Ok(EntryRow {
                run,
                number: rows::get::<i32>(row, 0)? as u32,
                body: rows::body(row, 1)?,
            })
        };
        found.iter().map(entry).collect()
    }

    async fn calls(&self, filter: &CallFilter, page: Page<CallId>) -> Result<Vec<CallRow>> {
        let lent = self.lists.lend().await?;
        lent.begin(sql!("reader/begin")).await?;
        let found = calls(&lent, filter, &page).await?;
        lent.end(sql!("reader/end")).await?;
        Ok(found)
    }

    async fn count_live(
        &self,
        workspace: WorkspaceId,
        status: &str,
        from: Timestamp,
        most: u32,
    ) -> Result<u64> {
        let first = Key(filter::first_id(from.as_millisecond()));
        let params: &Params<'_> = &[
            &Key::from(workspace),
            &text(status),
            &first,
            &i64::from(most),
        ];
        let lent = self.lists.lend().await?;
        let counted = lent.row(sql!("lists/count_live"), params).await?;
        Ok(counted.map_or(Ok(0), |row| rows::get::<i64>(&row, 0))? as u64)
    }

    async fn outcomes(
        &self,
        workspace: WorkspaceId,
        campaign: &str,
        from: Option<Timestamp>,
        most: u32,
    ) -> Result<Vec<Outcome>> {
        let first = from.map_or([0; 16], |from| filter::first_id(from.as_millisecond()));
        let params: &Params<'_> = &[
            &Key::from(workspace),
            &text(campaign),
            &Key(first),
            &i64::from(most),
        ];
        let lent = self.lists.lend().await?;
        let found = lent.rows(sql!("lists/outcomes"), params).await?;
        let outcome = |row| {
            Ok(Outcome {
                status: rows::some_text(row, 0)?,
                disposition: rows::some_text(row, 1)?,
                calls: rows::get::<i64>(row, 2)? as u64,
            })
        };
        Ok(found.iter().map(outcome).collect::<Result<_, Failure>>()?)
    }

    async fn events(
        &self,
        workspace: WorkspaceId,
        call: Option<CallId>,
        page: Page<EventId>,
    ) -> Result<Vec<EventRow>> {
        let before = page.before.map_or(Key([0xff; 16]), Key::from);
        let (workspace, limit) = (Key::from(workspace), i64::from(page.limit));
        let lent = self.lists.lend().await?;
        let found = match call.map(Key::from) {
            Some(call) => {
                let params: &Params<'_> = &[&call, &before, &limit, &workspace];
                lent.rows(sql!("lists/events_by_call"), params).await?
            }
            None => {
                let params: &Params<'_> = &[&workspace, &before, &limit];
                lent.rows(sql!("lists/events_by_workspace"), params).await?
            }
        };
        Ok(found.iter().map(rows::event).collect::<Result<_, _>>()?)
    }

    async fn messages(
        &self,
        workspace: WorkspaceId,
        call: CallId,
        page: Page<MessageId>,
    ) -> Result<Vec<MessageRow>> {
        let before = page.before.map_or(Key([0xff; 16]), Key::from);
        let (call, workspace, limit) =
            (Key::from(call), Key::from(workspace), i64::from(page.limit));
        let params: &Params<'_> = &[&call, &before, &limit, &workspace];
        let lent = self.lists.lend().await?;
        let found = lent.rows(sql!("lists/messages_by_call"), params).await?;
        Ok(found.iter().map(rows::message).collect::<Result<_, _>>()?)
    }

    async fn counts(&self, workspace: Option<WorkspaceId>) -> Result<Vec<(Status, u64)>> {
        let lent = self.lists.lend().await?;
        let counts = lent
            .rows(sql!("archive/counts"), &[&workspace.map(Key::from)])
            .await?;
        let mut some = Vec::new();
        for row in &counts {
            let count = rows::get::<i64>(row, 1)?;
            if count > 0 {
                some.push((rows::status_of(row, 0)?, count as u64));
            }
        }
        Ok(some)
    }

    async fn prune(&self, calls: &[CallId], before: Timestamp) -> Result<u64> {
        removal::prune(&self.lists, calls, before).await
    }

    async fn forget(&self, call: CallId) -> Result<Forgetting> {
        removal::forget(&self.lists, call).await
    }

    async fn tallies(&self, filter: &TallyFilter, by: By) -> Result<Vec<Tally>> {
        let meters: Vec<i32> = filter
            .meters
            .iter()
            .map(|meter| i32::from(*meter))
            .collect();
        let (workspace, limit) = (Key::from(filter.workspace), i64::from(filter.limit));
        let (from, to) = (filter.from_hour as i32, filter.to_hour as i32);
        let params: &Params<'_> = &[
            &workspace,
            &from,
            &to,
            &filter.flow.map(Key::from),
            &some_text(filter.agent.as_ref()),
            &meters,
            &(by.time as i16),
            &by.flow,
            &by.agent,
            &limit,
        ];
        let lent = self.lists.lend().await?;
        let found = match filter.is_of_destinations(by) {
            true => {
                let name = some_text(filter.destination.as_ref());
                let params: &Params<'_> = &[
                    &workspace,
                    &from,
                    &to,
                    &meters,
                    &(by.time as i16),
                    &by.destination,
                    &limit,
                    &name,
                ];
                match name {
                    Some(_) => {
                        let query = sql!("archive/tallies_of_destination");
                        lent.rows(query, params).await?
                    }
                    None => {
                        let query = sql!("archive/tallies_of_destinations");
                        lent.rows(query, &params[..7]).await?
                    }
                }
            }
            false => lent.rows(sql!("archive/tallies"), params).await?,
        };
        Ok(found.iter().map(rows::tally).collect::<Result<_, _>>()?)
    }

    async fn prune_tallies(&self, before_hour: u32, limit: u32) -> Result<u64> {
        let params: &Params<'_> = &[&(before_hour as i32), &i64::from(limit)];
        let lent = self.lists.lend().await?;
        Ok(lent.execute(sql!("archive/prune_tallies"), params).await?)
    }
}

async fn runs(
    db: &Link,
    mut filter: RunFilter,
    page: &Page<RunId>,
) -> Result<Vec<RunRow>, Failure> {
    if let (Some(event), None) = (filter.event, filter.call) {
        let call = db
            .row(sql!("lists/call_of_event"), &[&Key::from(event)])
            .await?;
        match call {
            Some(call) => filter.call = Some(rows::id(&call, 0)?),
            None => return Ok(Vec::new()),
        }
    }
    let few_by = few_by(db, &filter).await?;
    let Some(rare) = filter::rare(&filter.statuses) else {
        return walk(db, &filter, page, None, few_by).await;
    };
    let mut found = Vec::new();
    for status in rare {
        found.extend(walk(db, &filter, page, Some(status), few_by).await?);
    }
    found.sort_unstable_by_key(|row| std::cmp::Reverse(row.id));
    found.truncate(page.limit as usize);
    Ok(found)
}

/// The query by calls, where an agent or a campaign with few calls is asked for.
async fn few_by(db: &Link, filter: &RunFilter) -> Result<Option<&'static str>, Failure> {
    let Some(workspace) = filter.workspace else {
        return Ok(None);
    };
    let by = [
        (
            some_text(filter.agent.as_ref()),
            sql!("lists/calls_of_agent"),
            sql!("lists/runs_by_agent"),
        ),
        (
            some_text(filter.campaign.as_ref()),
            sql!("lists/calls_of_campaign"),
            sql!("lists/runs_by_campaign"),
        ),
    ];
    for (value, count, query) in by {
        if let Some(value) = value {
            let params: &Params<'_> = &[&Key::from(workspace), &value, &FEW_CALLS];
            let calls = db.row(count, params).await?;
            let calls = calls.map_or(Ok(0), |row| rows::get::<i64>(&row, 0))?;
            if calls < FEW_CALLS {
                return Ok(Some(query));
            }
        }
    }
    Ok(None)
}

async fn walk(
    db: &Link,
    filter: &RunFilter,
    page: &Page<RunId>,
    status: Option<Status>,
    few_by: Option<&'static str>,
) -> Result<Vec<RunRow>, Failure> {
    let range = Range::new(page, filter.from, filter.to);
    let params: &Params<'_> = &[
        &filter.workspace.map(Key::from),
        &range.low,
        &range.high,
        &i64::from(page.limit),
        &filter.flow.map(Key::from),
        &filter::numbers(&filter.statuses),
        &filter.call.map(Key::from),
        &filter.event.map(Key::from),
        &some_text(filter.agent.as_ref()),
        &some_text(filter.campaign.as_ref()),
        &status.map(rows::status_number),
        &filter.parts.of().map(Key::from),
        &(filter.parts == Parts::Without),
    ];
    let query = filter::runs_query(filter, status, few_by);
    let found = db.rows(query, params).await?;
    found.iter().map(rows::run).collect()
}

async fn calls(
    db: &Link,
    filter: &CallFilter,
    page: &Page<CallId>,
) -> Result<Vec<CallRow>, Failure> {
    let range = Range::new(page, filter.from, filter.to);
    let params: &Params<'_> = &[
        &filter.workspace.map(Key::from),
        &range.low,
        &range.high,
        &i64::from(page.limit),
        &some_text(filter.status.as_ref()),
        &some_text(filter.agent.as_ref()),
        &some_text(filter.campaign.as_ref()),
        &some_text(filter.disposition.as_ref()),
        &some_text(filter.number.as_ref()),
        &some_text(filter.provider.as_ref()),
        &filter.min_duration_s,
        &filter.max_duration_s,
        &some_text(filter.sentiment.as_ref()),
        &some_text(filter.answer.as_ref()),
        &some_text(filter.words.as_ref().map(|words| &words[0])),
        &some_text(filter.words.as_ref().map(|words| &words[1])),
    ];
    let queries = filter::calls_queries(filter);
    let mut found = Vec::new();
    for query in queries {
        for row in db.rows(query, params).await? {
            found.push(rows::call(&row)?);
        }
    }
    if queries.len() > 1 {
        found.sort_unstable_by_key(|row| std::cmp::Reverse(row.id));
        found.dedup_by_key(|call| call.id);
        found.truncate(page.limit as usize);
    }
    Ok(found)
}
