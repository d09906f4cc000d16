//! Starting a flow on events that came in while it did not start: newest first, bounded, and once for each event however often
//! it is asked for.

use super::owed::touched;
use crate::Refusal;
use crate::draft::Draft;
use crate::engine::Inner;
use crate::raise::is_throttled;
use crate::wire::{self, EventDetail};
use calls::Event;
use kernel::Timestamp;
use kernel::flow::matches;
use kernel::id::{EventId, FlowId, RunId, WorkspaceId};
use kernel::run::Run;
use std::sync::Arc;
use store::archive::{Page, RunFilter};
use store::journal::{Committed, EventRow};

/// So many events are looked at in one request.
const LOOKED_AT: usize = 10_000;
/// So many runs are started by one.
const STARTED: usize = 200;
const PAGE: u32 = 500;

/// Which events; without bounds, those of the last pause.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CatchUp {
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
    /// Counts, and starts nothing.
    pub dry: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caught {
    pub from: Timestamp,
    pub to: Timestamp,
    /// Events that would have started the flow and have no run of it.
    pub events: u32,
    /// What was started on them.
    pub runs: Vec<RunId>,
    /// Events that have a run of the flow already.
    pub done: u32,
    /// Events whose payload has been removed.
    pub expired: u32,
    /// Not all were looked at: ask again with this as `to`.
    pub next: Option<Timestamp>,
}

impl Inner {
    pub(crate) async fn catch_up(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        id: FlowId,
        wanted: CatchUp,
    ) -> Result<Caught, Refusal> {
        let book = self
            .plans
            .current(&*self.store, &*self.world, workspace)
            .await?;
        let flow = book.by_id(id).ok_or(Refusal::NotFound("such flow"))?;
        if !wanted.dry && !book.starts(&flow) {
            let why = match book.paused(id) {
                Some(_) => "the flow is paused: resume it first",
                None => "the flow is off: enable it first",
            };
            return Err(Refusal::NotNow(why.into()));
        }
        let (from, to) = self.stretch(id, wanted).await?;
        let mut caught = Caught {
            from,
            to,
            events: 0,
            runs: Vec::new(),
            done: 0,
            expired: 0,
            next: None,
        };
        let ms = |at: Timestamp| at.as_millisecond().max(0) as u64;
        let mut before = Some(EventId::new(ms(to) + 1, 0, [0; 16]));
        let first = EventId::new(ms(from), 0, [0; 16]);
        let mut looked_at = 0;
        loop {
            let page = Page {
                before,
                limit: PAGE,
            };
            let events = self.store.events(workspace, None, page).await?;
            for row in events.iter().take_while(|row| row.id >= first) {
                if looked_at >= LOOKED_AT || caught.runs.len() >= STARTED {
                    caught.next = Timestamp::from_millisecond(row.id.unix_ms() as i64).ok();
                    return Ok(caught);
                }
                looked_at += 1;
                if !self.catch(id, row, wanted.dry, &mut caught).await? {
                    caught.next = Timestamp::from_millisecond(row.id.unix_ms() as i64).ok();
                    return Ok(caught);
                }
            }
            match events.last() {
                Some(last) if last.id >= first => before = Some(last.id),
                _ => return Ok(caught),
            }
        }
    }

    /// From when to when.
    async fn stretch(
        &self,
        id: FlowId,
        wanted: CatchUp,
    ) -> Result<(Timestamp, Timestamp), Refusal> {
        let last = match (wanted.from, self.pause_of(id).await?) {
            (Some(_), _) => None,
            (None, Some(paused)) => Some((paused.since, self.stamp.now())),
            (None, None) => self.health(id).await?.0.paused,
        };
        let from = wanted.from.or(last.map(|(from, _)| from));
        let from = from.ok_or_else(|| {
            Refusal::NotNow("the flow was never paused: say `from` when to catch up".into())
        })?;
        let to = wanted.to.or(last.map(|(_, to)| to));
        Ok((from, to.unwrap_or_else(|| self.stamp.now())))
    }

    /// Starts the flow on one event, unless it does not match or has a run already; `false`: the flow starts no more.
    async fn catch(
        self: &Arc<Self>,
        id: FlowId,
        row: &EventRow,
        dry: bool,
        caught: &mut Caught,
    ) -> store::Result<bool> {
        loop {
            let book = self
                .plans
                .book(&*self.store, &*self.world, row.workspace)
                .await?;
            let Some(flow) = book.by_id(id).filter(|flow| dry || book.starts(flow)) else {
                return Ok(false);
            };
            if !flow.plan.trigger.kinds.contains(&row.kind) {
                return Ok(true);
            }
            // Read before the runs are: who starts one meanwhile changes the call.
            let (call, message) = (
                self.store.call_by_id(row.call).await?,
                self.store.message(row.message).await?,
            );
            let (Some(call), Some(message)) = (call, message) else {
                return Ok(true);
            };
            let event = wire::stored_event(row, &message, book.workspace_name.clone())?;
            let Some(event) = event.map(Arc::new) else {
                caught.expired += 1;
                return Ok(true);
            };
            let detail: EventDetail = wire::decode("an event", &row.detail)?;
            // It hears by itself of what failed while it was away, of all at once.
            let hears_of_it = detail.only.is_none() && is_throttled(&flow, &event);
            if hears_of_it || !detail.is_for(Some(flow.id)) {
                return Ok(true);
            }
            if !matches(&flow.plan.trigger, &calls::schema::facts(&event)) {
                return Ok(true);
            }
            if self.run_on(flow.id, &event).await?.is_some() {
                caught.done += 1;
                return Ok(true);
            }
            if dry {
                caught.events += 1;
                return Ok(true);
            }
            let mut draft = Draft::default();
            let run = self.start_late(&mut draft, &book, flow, &event, message.id);
            draft.unit.calls.push(touched(call));
            draft.unit.matched_with = vec![(row.workspace, book.generation)];
            match self.commit(draft).await? {
                Committed::Durable => {
                    caught.events += 1;
                    caught.runs.push(run);
                    return Ok(true);
                }
                Committed::Stale(workspace, _) => self.plans.forget(workspace),
                Committed::Conflict(_) | Committed::Lost => {}
            }
        }
    }

    /// The run that the flow has of the event: a replay of such a run, or a run of it as a sub-flow, is none.
    pub(crate) async fn run_on(&self, flow: FlowId, event: &Event) -> store::Result<Option<RunId>> {
        let filter = RunFilter {
            workspace: Some(event.workspace_id),
            flow: Some(flow),
            call: Some(event.call_id),
            event: Some(event.id),
            ..RunFilter::default()
        };
        let mut before = None;
        loop {
            let page = Page {
                before,
                limit: PAGE,
            };
            let runs = self.store.runs(&filter, page).await?;
            for row in runs.iter().filter(|row| row.replay_of.is_none()) {
                let run: Run = wire::decode("a run", &row.state)?;
                if run.parent.is_none() {
                    return Ok(Some(row.id));
                }
            }
            before = match runs.last() {
                Some(last) => Some(last.id),
                None => return Ok(None),
            };
        }
    }
}
