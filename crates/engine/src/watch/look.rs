//! One look at a flow: how its last runs ended, what of that people have not heard yet, and whether it is paused now. What is
//! decided is written down first and carried out then.

use super::Gone;
use super::health::{Health, Owed, Paused, Telling, Why};
use super::look_back::LATELY;
use super::trouble::{AlertKind, Trouble};
use crate::agents::OwnWebhook;
use crate::engine::Inner;
use crate::pages::Pages;
use crate::plans::{Book, Compiled};
use crate::wire;
use kernel::Timestamp;
use kernel::flow::RUN_FAILED;
use kernel::health::{FULL, Limit, MOST, Streak, level};
use kernel::id::{FlowId, RunId, WorkspaceId};
use kernel::run::{Retriable, Run, Status, said};
use serde_json::{Map, Value, json};
use std::sync::Arc;
use std::time::Duration;
use store::archive::{Page, RunFilter};
use store::catalog::{Document, Kind};
use store::journal::RunRow;

const PAGE: u32 = 100;
/// Runs that are parts of others count for nothing, and there may be very many of them.
const PAGES: usize = 50;
/// How many failures one message can stand for.
const COUNTED: usize = 1_000;

/// A run of a flow that has ended.
pub(super) struct Ended {
    pub row: RunRow,
    run: Run,
}

impl Ended {
    /// Whether it says anything of this version: that the receiver of another one is gone does not.
    fn counts_for(&self, version: u32) -> bool {
        let failure = self.run.failure.as_ref();
        let is_gone = failure.is_some_and(|failure| failure.retry == Retriable::Gone);
        self.row.flow_version == version || !is_gone
    }
}

/// What a look goes by.
pub(super) struct Sight<'a> {
    pub(super) flow: &'a Compiled,
    pub(super) book: &'a Book,
    pub(super) now: Timestamp,
    pub(super) streak: Option<Streak>,
    pub(super) limit: Option<Limit>,
    /// The newest of them.
    pub(super) failed: Option<&'a Ended>,
}

impl Inner {
    /// Looks at one flow of which a run has failed.
    pub(super) async fn look(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        id: FlowId,
        gone: Option<&Gone>,
    ) -> store::Result<()> {
        loop {
            let (before, version) = self.health(id).await?;
            let book = self
                .plans
                .current(&*self.store, &*self.world, workspace)
                .await?;
            let after = match book.by_id(id) {
                Some(flow) => {
                    let gone = gone.filter(|gone| gone.version == flow.version);
                    let action = match gone {
                        Some(gone) => self.webhook_of(workspace, id, &gone.step).await?,
                        None => None,
                    };
                    let gone = gone.map(|gone| (gone, action.as_ref()));
                    self.judged(&book, &flow, &before, gone).await?
                }
                None if self.is_deleted(id).await? => {
                    let remembered = self.remembered(&book, id, &before).await?;
                    if remembered == Health::default() {
                        return self.forget_health(workspace, id, version).await;
                    }
                    remembered
                }
                None => return Ok(()),
            };
            let is_changed = after != before;
            if is_changed && !self.put_health(workspace, id, &after, version).await? {
                continue;
            }
            let version = version + u32::from(is_changed);
            if after.owed.is_empty() || self.settle_debts(workspace, id, after, version).await? {
                return Ok(());
            }
        }
    }

    /// Looks at all flows of which something is still to be said.
    pub(super) async fn look_around(self: &Arc<Self>) -> store::Result<()> {
        let now = self.stamp.now();
        let mut pages = Pages::new(&*self.store, None, Kind::Health);
        while let Some(page) = pages.next().await? {
            for document in page.iter().filter(|document| document.enabled) {
                if let Err(error) = self.look_again(document, now).await {
                    let flow = FlowId::from_bytes(document.id);
                    tracing::warn!(%error, %flow, "a flow cannot be looked after");
                }
            }
        }
        Ok(())
    }

    async fn look_again(
        self: &Arc<Self>,
        document: &Document,
        now: Timestamp,
    ) -> store::Result<()> {
        let health: Health = wire::decode("a flow's health", &document.body)?;
        if health.is_open(now) {
            let flow = FlowId::from_bytes(document.id);
            self.look(document.workspace, flow, None).await?;
        }
        if health.catching.is_some() {
            let flow = FlowId::from_bytes(document.id);
            self.catch_on(document.workspace, flow).await?;
        }
        Ok(())
    }

    async fn judged(
        &self,
        book: &Book,
        flow: &Arc<Compiled>,
        before: &Health,
        gone: Option<(&Gone, Option<&OwnWebhook>)>,
    ) -> store::Result<Health> {
        let limit = flow.plan.pause.limit(book.pause);
        let most = limit.map_or(MOST, |limit| limit.failures);
        let is_paused = book.paused(flow.id).is_some();
        let streak = self.last_ended(flow.id, before.from, |seen: &[Ended]| {
            let enough = |ended: &Ended| ended.row.status == Status::Succeeded;
            seen.len() >= most as usize || seen.last().is_some_and(enough)
        });
        let mut ended = streak.await?;
        ended.retain(|ended| ended.counts_for(flow.version));
        let facts = ended
            .iter()
            .map(|ended| (ended.row.status, ended.row.updated_at));
        let mut failed = ended
            .iter()
            .filter(|ended| ended.row.status == Status::Failed);
        let sight = Sight {
            flow,
            book,
            now: self.stamp.now(),
            streak: Streak::of(facts, most),
            limit,
            failed: failed.next(),
        };
        let mut after = before.clone();
        if !is_paused {
            let pauses =
                |owed: &Owed| matches!(owed, Owed::Pause(paused) if paused.action.is_none());
            match gone {
                Some((gone, Some(webhook))) => Self::switch_off(&sight, &mut after, gone, webhook),
                // Its level is that of the pause that it is about to have.
                _ if after.owed.iter().any(pauses) => {}
                Some((gone, None)) => self.gone(&sight, &mut after, gone),
                None => self.rise(&sight, &mut after),
            }
        }
        if !flow.plan.trigger.watches() {
            self.tell_throttled(book, flow, &mut after).await?;
        }
        Ok(after)
    }

    /// The level has changed.
    fn rise(&self, sight: &Sight<'_>, after: &mut Health) {
        let limit = sight.limit.unwrap_or_default();
        let level = match sight.limit {
            Some(limit) => level(sight.streak, limit, sight.now),
            None => 0,
        };
        if level < after.level {
            if level == 0 {
                after.owed.push(Owed::Resolve);
            }
            after.level = level;
            return;
        }
        let (Some(streak), Some(last)) = (sight.streak, sight.failed) else {
            return;
        };
        if level == after.level {
            return;
        }
        after.level = level;
        let mut failing = json!({
            "level": level, "failures": streak.failures, "limit": limit.failures, "since": streak.since.to_string(),
        });
        let (name, failures) = (&sight.flow.plan.name, streak.failures);
        let cause = last.row.error.clone().unwrap_or_default();
        let (kind, title) = if level == FULL {
            failing["why"] = json!(Why::Failures);
            after.owed.push(Owed::Pause(Paused {
                since: sight.now,
                why: Why::Failures,
                failures,
                address: None,
                budget: None,
                action: None,
            }));
            (
                AlertKind::FlowPaused,
                format!("{name} is paused after {failures} failed runs in a row"),
            )
        } else {
            let title = format!(
                "{name} keeps failing: {failures} failed runs in a row, paused at {}",
                limit.failures
            );
            (AlertKind::FlowFailing, title)
        };
        let trouble = Trouble {
            level: Some(level),
            since: streak.since,
            count: failures,
            run: Some(last.row.id),
            ..Trouble::of_flow(kind, sight.flow.id, title, cause)
        };
        after.owed.push(Owed::Alert(trouble));
        self.owe_event(sight, after, last, failing);
    }

    pub(super) fn owe_event(
        &self,
        sight: &Sight<'_>,
        after: &mut Health,
        last: &Ended,
        failing: Value,
    ) {
        let kind = if after.level == FULL {
            "flow.paused"
        } else {
            "flow.failing"
        };
        // A flow that watches is in the list of alerts when it fails itself: events of it would go round in a circle.
        let is_heard = sight.book.starts_any(kind) || sight.book.pauses(kind);
        if sight.flow.plan.trigger.watches() || !is_heard {
            return;
        }
        let mut said = self.said(sight.flow, last);
        said.insert("failing".into(), failing);
        let telling = self.telling(kind, last.row.id, None, said);
        after.owed.push(Owed::Event(telling));
    }

    /// Flows that want to hear of failures only now and then: those whose time has come hear of all that failed since.
    pub(super) async fn tell_throttled(
        &self,
        book: &Book,
        flow: &Compiled,
        after: &mut Health,
    ) -> store::Result<()> {
        let watchers = book.throttled();
        // One that starts nothing for now goes on where it stopped.
        let is_there = |id| {
            book.by_id(id)
                .is_some_and(|flow| flow.plan.trigger.every.is_some())
        };
        after.told.retain(|id, _| is_there(*id));
        after.again_at = None;
        if watchers.is_empty() {
            return Ok(());
        }
        let now = self.stamp.now();
        let seen = |seen: &[Ended]| seen.len() >= COUNTED;
        let mut failed = self.last_ended(flow.id, None, seen).await?;
        failed.retain(|ended| ended.row.status == Status::Failed);
        for watcher in watchers {
            let every = watcher.plan.trigger.every.unwrap_or_default();
            let told = after.told.get(&watcher.id).copied();
            let since = told.unwrap_or_else(|| first(watcher.id, every, now));
            let new = || failed.iter().filter(|ended| ended.row.updated_at > since);
            let Some(last) = new().max_by_key(|ended| ended.row.updated_at) else {
                continue;
            };
            let due = told.map(|told| told.saturating_add(every).unwrap_or(Timestamp::MAX));
            if let Some(due) = due.filter(|due| *due > now) {
                after.again_at = Some(after.again_at.map_or(due, |at| at.min(due)));
                continue;
            }
            let mut said = self.said(flow, last);
            said["failed"]["count"] = new().count().into();
            after.told.insert(watcher.id, last.row.updated_at);
            let telling = self.telling(RUN_FAILED, last.row.id, Some(watcher.id), said);
            after.owed.push(Owed::Event(telling));
        }
        Ok(())
    }

    fn said(&self, flow: &Compiled, last: &Ended) -> Map<String, Value> {
        said(&last.run, &flow.id.to_string(), &flow.plan.name)
    }

    pub(super) fn telling(
        &self,
        kind: &str,
        run: RunId,
        only: Option<FlowId>,
        said: Map<String, Value>,
    ) -> Telling {
        Telling {
            id: self.stamp.id(run.part()),
            kind: kind.into(),
            run,
            only,
            said,
        }
    }

    /// Runs of a flow that have ended and are no parts of others, newest first, until it is enough.
    pub(super) async fn last_ended(
        &self,
        flow: FlowId,
        from: Option<Timestamp>,
        enough: impl Fn(&[Ended]) -> bool,
    ) -> store::Result<Vec<Ended>> {
        let filter = RunFilter {
            flow: Some(flow),
            statuses: vec![Status::Succeeded, Status::Failed],
            from,
            ..RunFilter::default()
        };
        let (mut ended, mut before) = (Vec::new(), None);
        for _ in 0..PAGES {
            let page = Page {
                before,
                limit: PAGE,
            };
            let rows = self.store.runs(&filter, page).await?;
            before = rows.last().map(|row| row.id);
            let is_last = rows.len() < PAGE as usize;
            for row in rows {
                let run: Run = wire::decode("a run", &row.state)?;
                if run.parent.is_none() {
                    ended.push(Ended { row, run });
                    if enough(&ended) {
                        return Ok(ended);
                    }
                }
            }
            if is_last {
                break;
            }
        }
        Ok(ended)
    }
}

/// What failed from then on is news to a flow that has heard of nothing yet, and that did not hear before it was there.
fn first(watcher: FlowId, every: Duration, now: Timestamp) -> Timestamp {
    let lately = now.saturating_sub(every.max(LATELY));
    let made = Timestamp::from_millisecond(watcher.unix_ms() as i64);
    lately
        .unwrap_or(Timestamp::MIN)
        .max(made.unwrap_or(Timestamp::MIN))
}
