//! The line between one node and the store: it takes time, breaks, loses answers, and ends with its host. What goes through
//! is judged by `rules` at once.

use crate::host::{Host, Power};
use crate::model::Model;
use crate::rules;
use crate::universe::Universe;
use async_trait::async_trait;
use kernel::Timestamp;
use kernel::id::{CallId, EventId, MessageId, RunId, WorkspaceId};
use kernel::run::Status;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use store::archive::{Archive, CallFilter, Forgetting, Outcome, Page, Retry, RunFilter};
use store::catalog::{Catalog, Document, Kind, Put, Write};
use store::journal::{
    CallRow, Committed, Due, EntryRow, EventRow, Hint, Journal, Limit, MessageRow, Roster, RunRow,
    Unit,
};
use store::tally::{By, TallyFilter};
use store::{Error, Parts, Result, Tally};
use tokio::sync::broadcast;
use tokio::time::{Instant, sleep};

pub struct Line {
    pub universe: Arc<Universe>,
    pub host: Arc<Host>,
    /// Whether commits are judged by `rules`: what the conformance suite writes means nothing.
    pub is_judged: bool,
}

impl Line {
    async fn pass<T>(
        &self,
        what: &'static str,
        mut ask: impl FnMut(&mut Model) -> Result<T>,
    ) -> Result<T> {
        let (universe, host) = (&*self.universe, &*self.host);
        if !universe.count_call() {
            std::future::pending::<()>().await;
        }
        let fate = universe.sky.fate(&universe.chance);
        host.runs().await;
        if !fate.before.is_zero() {
            sleep(fate.before).await;
            host.runs().await;
        }
        if fate.refused {
            universe
                .trace
                .note(host.number, what, &[0], format_args!("refused"));
            return Err(Error::Unavailable("it is away".into()));
        }
        let answer = ask(&mut universe.model());
        universe
            .trace
            .note(host.number, what, &[1], format_args!(""));
        sleep(fate.after).await;
        host.runs().await;
        if fate.answer_lost {
            universe.trace.note(
                host.number,
                what,
                &[2],
                format_args!("was done, but the answer is lost"),
            );
            return Err(Error::Unavailable("the answer is lost".into()));
        }
        answer
    }

    async fn read<T>(&self, what: &'static str, ask: impl Fn(&Model) -> T) -> Result<T> {
        self.pass(what, |model| Ok(ask(model))).await
    }
}

#[async_trait]
impl Journal for Line {
    async fn attend(&self, node: &str, ttl: Duration, wanted: &Parts) -> Result<Roster> {
        self.host.set_name(node);
        self.pass("attend", |model| Ok(model.attend(node, ttl, wanted)))
            .await
    }

    async fn leave(&self, node: &str) -> Result<()> {
        self.pass("leave", |model| {
            model.leave(node);
            Ok(())
        })
        .await
    }

    async fn commit(&self, unit: Unit) -> Result<Committed> {
        let asked_at = Instant::now();
        let committed = self.pass("commit", |model| match self.is_judged {
            true => rules::commit(&self.universe, &self.host, model, &unit),
            false => model.commit(&unit),
        });
        let committed = committed.await;
        if rules::is_intent(&unit) {
            self.universe.was_late(2, asked_at.elapsed());
        }
        committed
    }

    async fn call(&self, key: [u8; 16]) -> Result<Option<CallRow>> {
        self.read("call", |model| model.call(key).cloned()).await
    }

    async fn call_by_id(&self, id: CallId) -> Result<Option<CallRow>> {
        self.read("call_by_id", |model| model.call_by_id(id).cloned())
            .await
    }

    async fn event(&self, id: EventId) -> Result<Option<EventRow>> {
        self.read("event", |model| model.events.get(&id).cloned())
            .await
    }

    async fn message(&self, id: MessageId) -> Result<Option<MessageRow>> {
        self.read("message", |model| model.messages.get(&id).cloned())
            .await
    }

    async fn run(&self, id: RunId) -> Result<Option<RunRow>> {
        self.read("run", |model| model.runs.get(&id).cloned()).await
    }

    async fn ready(&self, parts: &Parts, after: Option<RunId>, limit: u32) -> Result<Vec<RunId>> {
        self.read("ready", |model| model.ready(parts, after, limit))
            .await
    }

    async fn due(&self, parts: &Parts, until: Timestamp, limit: u32) -> Result<Due> {
        self.read("due", |model| model.due(parts, until, limit))
            .await
    }

    async fn limit(&self, key: [u8; 16]) -> Result<Limit> {
        let mut told_at = Instant::now();
        let limit = self.pass("limit", |model| {
            told_at = Instant::now();
            let used_until = model.limit(key);
            Ok(Limit {
                used_until,
                now: self.universe.now(),
            })
        });
        let limit = limit.await;
        self.universe.was_late(0, told_at.elapsed());
        limit
    }

    async fn use_limit(
        &self,
        key: [u8; 16],
        expect: Option<Timestamp>,
        used_until: Timestamp,
    ) -> Result<bool> {
        let asked_at = Instant::now();
        let used = self.pass("use_limit", |model| {
            Ok(model.use_limit(key, expect, used_until))
        });
        let used = used.await;
        self.universe.was_late(1, asked_at.elapsed());
        used
    }

    fn tell(&self, hints: Vec<Hint>) {
        for hint in hints {
            let is_lost = self.universe.sky.loses_hint(&self.universe.chance);
            if self.host.power() == Power::On && !is_lost {
                // Nobody may be listening yet.
                let _ = self.universe.hints.send(hint);
            }
        }
    }

    async fn close(&self) {}

    fn hear(&self) -> broadcast::Receiver<Hint> {
        self.universe.hints.subscribe()
    }
}

#[async_trait]
impl Catalog for Line {
    async fn write(&self, document: Document, expect: u32, how: Write) -> Result<Put> {
        let write = |model: &mut Model| Ok(model.write(document.clone(), expect, how));
        self.pass("write", write).await
    }

    async fn switch(&self, kind: Kind, id: [u8; 16], enabled: bool) -> Result<bool> {
        self.pass("switch", |model| Ok(model.switch(kind, id, enabled)))
            .await
    }

    async fn get(&self, kind: Kind, id: [u8; 16]) -> Result<Option<Document>> {
        self.read("get", |model| model.get(kind, id).cloned()).await
    }

    async fn find(&self, kind: Kind, alias: &str) -> Result<Option<Document>> {
        self.read("find", |model| model.find(kind, alias).cloned())
            .await
    }

    async fn find_all(&self, kind: Kind, aliases: Vec<String>) -> Result<Vec<Document>> {
        self.read("find_all", |model| model.find_all(kind, &aliases))
            .await
    }

    async fn has_any(&self, workspace: WorkspaceId, kind: Kind) -> Result<bool> {
        let any = |model: &Model| !model.list(Some(workspace), kind, None, 1).is_empty();
        self.read("has_any", any).await
    }

    async fn put_all(&self, documents: Vec<(Document, u32)>) -> Result<Vec<bool>> {
        self.pass("put_all", |model| Ok(model.put_all(&documents)))
            .await
    }

    async fn search(
        &self,
        workspace: WorkspaceId,
        kind: Kind,
        words: &[String],
        since: Option<[u8; 16]>,
        before: Option<[u8; 16]>,
        limit: u32,
    ) -> Result<Vec<Document>> {
        let search = |model: &Model| model.search(workspace, kind, words, since, before, limit);
        self.read("search", search).await
    }

    async fn list(
        &self,
        workspace: Option<WorkspaceId>,
        kind: Kind,
        before: Option<[u8; 16]>,
        limit: u32,
    ) -> Result<Vec<Document>> {
        self.read("list", |model| model.list(workspace, kind, before, limit))
            .await
    }

    async fn delete(&self, kind: Kind, id: [u8; 16], _: Timestamp) -> Result<bool> {
        self.pass("delete", |model| Ok(model.delete(kind, id)))
            .await
    }

    async fn expire(&self, kind: Kind, before: Timestamp, limit: u32) -> Result<u64> {
        self.pass("expire", |model| Ok(model.expire(kind, before, limit)))
            .await
    }

    async fn version(&self, kind: Kind, id: [u8; 16], version: u32) -> Result<Option<Document>> {
        self.read("version", |model| model.version(kind, id, version).cloned())
            .await
    }

    async fn versions(
        &self,
        kind: Kind,
        id: [u8; 16],
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<Document>> {
        self.read("versions", |model| model.versions(kind, id, before, limit))
            .await
    }

    async fn generation(&self, workspace: WorkspaceId) -> Result<u64> {
        self.read("generation", |model| model.generation(workspace))
            .await
    }
}

#[async_trait]
impl Archive for Line {
    async fn runs(&self, filter: &RunFilter, page: Page<RunId>) -> Result<Vec<RunRow>> {
        self.read("runs", |model| model.list_runs(filter, &page))
            .await
    }

    async fn retries(&self, workspace: WorkspaceId, most: u32) -> Result<Vec<Retry>> {
        self.read("retries", |model| model.retries(workspace, most))
            .await
    }

    async fn entries(&self, run: RunId) -> Result<Vec<EntryRow>> {
        self.read("entries", |model| model.entries_of(run)).await
    }

    async fn calls(&self, filter: &CallFilter, page: Page<CallId>) -> Result<Vec<CallRow>> {
        self.read("calls", |model| model.list_calls(filter, &page))
            .await
    }

    async fn count_live(
        &self,
        workspace: WorkspaceId,
        status: &str,
        from: Timestamp,
        most: u32,
    ) -> Result<u64> {
        let filter = CallFilter {
            workspace: Some(workspace),
            status: Some(status.into()),
            from: Some(from),
            ..CallFilter::default()
        };
        let page = Page {
            before: None,
            limit: most,
        };
        self.read("calls", |model| {
            model.list_calls(&filter, &page).len() as u64
        })
        .await
    }

    async fn outcomes(
        &self,
        workspace: WorkspaceId,
        campaign: &str,
        from: Option<Timestamp>,
        most: u32,
    ) -> Result<Vec<Outcome>> {
        let filter = CallFilter {
            workspace: Some(workspace),
            campaign: Some(campaign.into()),
            from,
            ..CallFilter::default()
        };
        let page = Page {
            before: None,
            limit: most,
        };
        let calls = self.read("calls", |model| model.list_calls(&filter, &page));
        let mut counted: BTreeMap<_, u64> = BTreeMap::new();
        for call in calls.await? {
            let ended = (call.listing.status, call.listing.disposition);
            *counted.entry(ended).or_default() += 1;
        }
        let outcome = |((status, disposition), calls)| Outcome {
            status,
            disposition,
            calls,
        };
        Ok(counted.into_iter().map(outcome).collect())
    }

    async fn events(
        &self,
        workspace: WorkspaceId,
        call: Option<CallId>,
        page: Page<EventId>,
    ) -> Result<Vec<EventRow>> {
        self.read("events", |model| model.list_events(workspace, call, &page))
            .await
    }

    async fn messages(
        &self,
        workspace: WorkspaceId,
        call: CallId,
        page: Page<MessageId>,
    ) -> Result<Vec<MessageRow>> {
        self.read("messages", |model| {
            model.list_messages(workspace, call, &page)
        })
        .await
    }

    async fn counts(&self, workspace: Option<WorkspaceId>) -> Result<Vec<(Status, u64)>> {
        self.read("counts", |model| model.counts(workspace)).await
    }

    async fn prune(&self, calls: &[CallId], before: Timestamp) -> Result<u64> {
        self.pass("prune", |model| Ok(model.prune(calls, before)))
            .await
    }

    async fn forget(&self, call: CallId) -> Result<Forgetting> {
        self.pass("forget", |model| Ok(model.forget(call))).await
    }

    async fn tallies(&self, filter: &TallyFilter, by: By) -> Result<Vec<Tally>> {
        self.read("tallies", |model| model.sums(filter, by)).await
    }

    async fn prune_tallies(&self, before_hour: u32, limit: u32) -> Result<u64> {
        self.pass("prune", |model| Ok(model.prune_tallies(before_hour, limit)))
            .await
    }
}
