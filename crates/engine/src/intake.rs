//! Accept: dedupe → fold → match → one durable transaction. An event is accepted exactly when its runs exist.

use crate::Refusal;
use crate::contacts::Found;
use crate::draft::{Draft, Told};
use crate::engine::Inner;
use crate::figures;
use crate::listing::listing;
use crate::plans::Book;
use crate::tally;
use crate::timed::{call_timers, reset_timers};
use crate::wire::{self, EventDetail, Place};
use calls::{Call, Observation};
use kernel::Timestamp;
use kernel::id::{CallId, EndpointId, EventId, MessageId, RunId, WorkspaceId};
use kernel::run::Run;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use store::archive::{Page, RunFilter};
use store::journal::{CallPut, CallRow, Committed, MessageRow};
use tokio::sync::TryAcquireError;

/// How often one accept starts over because a call or the catalogue changed under it.
const TRIES: usize = 64;

/// What became of one message.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// The first event that the message raised; `None` when it told nothing new.
    pub event: Option<EventId>,
    pub call: CallId,
    pub runs: Vec<RunId>,
    /// Seen before: nothing was done again.
    pub duplicate: bool,
}

type Key = [u8; 16];

/// What came in at once, and the contacts that it may be about.
struct Messages<'a> {
    workspace: WorkspaceId,
    endpoint: Option<EndpointId>,
    observations: &'a [Observation],
    contacts: &'a Found,
}

/// A call while an accept folds messages into it.
struct Folding {
    row: Option<CallRow>,
    id: CallId,
    call: Option<Call>,
}

impl Inner {
    pub(crate) async fn accept(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        endpoint: Option<EndpointId>,
        mut observations: Vec<Observation>,
    ) -> Result<Vec<Receipt>, Refusal> {
        let _permit = self.intake.try_acquire().map_err(|refused| match refused {
            TryAcquireError::NoPermits => Refusal::Overloaded(1),
            TryAcquireError::Closed => Refusal::Unavailable("this node is stopping".into()),
        })?;
        self.join_sessions(workspace, &mut observations).await?;
        let keys: Vec<Key> = observations
            .iter()
            .map(|seen| calls::call_key(workspace, &seen.provider, &seen.call.provider_call_id))
            .collect();
        let _turns = self.turns.take(&keys).await;
        let mut rows = self.known_rows(&keys).await?;
        let contacts = self.contacts_of(workspace, &observations).await?;
        for _ in 0..TRIES {
            let book = self
                .plans
                .book(&*self.store, &*self.world, workspace)
                .await?;
            let told = Messages {
                workspace,
                endpoint,
                observations: &observations,
                contacts: &contacts,
            };
            let (draft, receipts) = self.draft(&book, &told, &keys, &rows)?;
            match self.commit(draft).await? {
                Committed::Durable => {
                    figures::accepted(&receipts);
                    return self
                        .answer_duplicates(workspace, endpoint, &observations, receipts)
                        .await;
                }
                Committed::Conflict(Some(row)) => _ = rows.insert(row.key, Some(*row)),
                Committed::Conflict(None) => rows = self.read_rows(&keys).await?,
                Committed::Stale(workspace, _) => self.forget(workspace),
                Committed::Lost => break,
            }
        }
        Err(Refusal::Unavailable(
            "a call changed too often while a message was folded into it".into(),
        ))
    }

    /// One message alone is first taken for the first of its call, which most are; the store's *Conflict* brings the row.
    async fn known_rows(&self, keys: &[Key]) -> store::Result<HashMap<Key, Option<CallRow>>> {
        if keys.len() == 1 {
            Ok(HashMap::new())
        } else {
            self.read_rows(keys).await
        }
    }

    async fn read_rows(&self, keys: &[Key]) -> store::Result<HashMap<Key, Option<CallRow>>> {
        let mut rows = HashMap::new();
        for key in keys {
            if !rows.contains_key(key) {
                rows.insert(*key, self.store.call(*key).await?);
            }
        }
        Ok(rows)
    }

    fn draft(
        &self,
        book: &Book,
        told: &Messages<'_>,
        keys: &[Key],
        rows: &HashMap<Key, Option<CallRow>>,
    ) -> store::Result<(Draft, Vec<Receipt>)> {
        let (now, workspace, observations) = (self.stamp.now(), told.workspace, told.observations);
        let mut draft = Draft::default();
        draft.unit.matched_with.push((workspace, book.generation));
        let mut folding: BTreeMap<Key, Folding> = BTreeMap::new();
        let mut receipts = Vec::with_capacity(observations.len());
        for (key, observation) in keys.iter().zip(observations) {
            let state = match folding.remove(key) {
                Some(state) => state,
                None => self.folding(key, rows)?,
            };
            let (state, receipt) = self.fold(&mut draft, book, told, state, observation, now);
            receipts.push(receipt);
            folding.insert(*key, state);
        }
        for (key, state) in folding {
            let call = state.call.expect("a message has been folded into it");
            let expect = state.row.as_ref().map(|row| row.version);
            let before = state
                .row
                .as_ref()
                .map(|row| self.stored_timers(row))
                .transpose()?
                .unwrap_or_default();
            if expect.is_none() {
                draft
                    .unit
                    .tallies
                    .push(tally::of_call(workspace, &call, now));
            }
            reset_timers(&mut draft.unit, &before, &call_timers(state.id, &call));
            draft.unit.calls.push(CallPut {
                expect,
                row: call_row(state.id, key, workspace, expect.unwrap_or(0) + 1, &call),
            });
        }
        Ok((draft, receipts))
    }

    fn folding(&self, key: &Key, rows: &HashMap<Key, Option<CallRow>>) -> store::Result<Folding> {
        match rows.get(key).cloned().flatten() {
            Some(row) => Ok(Folding {
                id: row.id,
                call: Some(wire::decode("a call", &row.state)?),
                row: Some(row),
            }),
            None => Ok(Folding {
                id: self.stamp.id(calls::part(*key)),
                call: None,
                row: None,
            }),
        }
    }

    fn fold(
        &self,
        draft: &mut Draft,
        book: &Book,
        messages: &Messages<'_>,
        state: Folding,
        observation: &Observation,
        now: Timestamp,
    ) -> (Folding, Receipt) {
        let (workspace, endpoint) = (messages.workspace, messages.endpoint);
        let source = source(endpoint);
        let policy = (self.config.policy)(&observation.provider);
        let agents = &book.agents;
        let before = messages.contacts.before(state.call.as_ref());
        let mut folded = calls::fold_among(agents, state.call, observation, &source, now, &policy);
        let told = &observation.call;
        messages.contacts.complete(&mut folded.call, &before, told);
        self.link_recording(&book.recordings, state.id, &mut folded.call, now);
        let message: MessageId = self.stamp.id(state.id.part());
        let mut receipt = Receipt {
            event: None,
            call: state.id,
            runs: Vec::new(),
            duplicate: folded.duplicate,
        };
        if !folded.duplicate {
            let place = Place {
                workspace,
                workspace_name: book.workspace_name.clone(),
                call: state.id,
                provider: observation.provider.as_str().into(),
            };
            let row = MessageRow {
                id: message,
                workspace,
                call: state.id,
                endpoint,
                provider: observation.provider.clone(),
                provider_event: observation.provider_event.clone(),
                received_at: now,
                body: bytes::Bytes::new(),
            };
            let dedupe = calls::dedupe_hash(&source, &observation.dedupe);
            let told = Told {
                place: &place,
                call: &mut folded.call,
                moments: &folded.moments,
                message: row,
                raw: observation.raw.clone(),
                dedupe,
            };
            let before = draft.unit.events.len();
            receipt.runs = self.tell(draft, book, told);
            let raised = draft.unit.events[before..].iter();
            receipt.event = raised.map(|event| event.id).min();
        }
        (
            Folding {
                call: Some(folded.call),
                ..state
            },
            receipt,
        )
    }

    fn stored_timers(&self, row: &CallRow) -> store::Result<Vec<store::journal::Timer>> {
        let call: Call = wire::decode("a call", &row.state)?;
        Ok(call_timers(row.id, &call))
    }

    /// A duplicate is answered with the event and the runs that the first one caused.
    async fn answer_duplicates(
        &self,
        workspace: WorkspaceId,
        endpoint: Option<EndpointId>,
        observations: &[Observation],
        mut receipts: Vec<Receipt>,
    ) -> Result<Vec<Receipt>, Refusal> {
        for (receipt, observation) in receipts.iter_mut().zip(observations) {
            if !receipt.duplicate {
                continue;
            }
            let dedupe = calls::dedupe_hash(&source(endpoint), &observation.dedupe);
            let events = self
                .store
                .events(
                    workspace,
                    Some(receipt.call),
                    Page {
                        before: None,
                        limit: 500,
                    },
                )
                .await?;
            for event in events {
                let detail: EventDetail = wire::decode("an event", &event.detail)?;
                if detail.dedupe == dedupe && !detail.synthetic {
                    // Newest first: what stays is the one that was raised first.
                    receipt.event = Some(event.id);
                    let filter = RunFilter {
                        workspace: Some(workspace),
                        call: Some(receipt.call),
                        event: Some(event.id),
                        ..RunFilter::default()
                    };
                    receipt.runs.extend(self.started(&filter).await?);
                }
            }
        }
        Ok(receipts)
    }
}

impl Inner {
    /// The runs that an event started itself: none that does another one again, and no child.
    async fn started(&self, filter: &RunFilter) -> store::Result<Vec<RunId>> {
        let (mut started, mut before) = (Vec::new(), None);
        loop {
            let page = Page { before, limit: 500 };
            let runs = self.store.runs(filter, page).await?;
            let Some(last) = runs.last() else {
                return Ok(started);
            };
            before = Some(last.id);
            for row in runs.iter().filter(|row| row.replay_of.is_none()) {
                let run: Run = wire::decode("a run", &row.state)?;
                started.extend(run.parent.is_none().then_some(row.id));
            }
        }
    }
}

/// Where a message came in: duplicates are told apart by it.
fn source(endpoint: Option<EndpointId>) -> String {
    endpoint
        .map(|endpoint| endpoint.to_string())
        .unwrap_or_default()
}

pub(crate) fn call_row(
    id: CallId,
    key: Key,
    workspace: WorkspaceId,
    version: u64,
    call: &Call,
) -> CallRow {
    CallRow {
        id,
        key,
        workspace,
        version,
        state: wire::encode(call),
        listing: listing(call),
    }
}
