//! Moments of past calls, to try something out on or to run a flow on by hand: as they came in, or, where a flow starts on a
//! settled end that nobody waited for then, with what is known of the call now. Nothing is stored here.

use crate::Refusal;
use crate::draft::event_row;
use crate::engine::Inner;
use crate::plans::Book;
use crate::wire::{self, EventDetail, MessageBody, Place};
use calls::{Call, Event, Kind, Moment};
use kernel::Timestamp;
use kernel::id::{FlowId, MessageId};
use std::sync::Arc;
use store::archive::Page;
use store::journal::{CallRow, EventRow, MessageRow};

/// How many events of a call, the newest, are looked through for one of the wanted kind.
pub(crate) const LOOKED_THROUGH: u32 = 10_000;
const PAGE: u32 = 500;

/// Which moment of a call.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// The newest of these that the call has had; of any of its moments, if none is named.
    pub kinds: &'a [Kind],
    /// Of `call.ended`: the settled one, or the one before.
    pub settled: Option<bool>,
    /// What was made for one flow alone is for this one.
    pub flow: Option<FlowId>,
}

impl<'a> Wanted<'a> {
    pub fn of(kinds: &'a [Kind]) -> Self {
        Self {
            kinds,
            ..Self::default()
        }
    }

    fn has(&self, kind: &str) -> bool {
        // What its runs came to is no moment of the call.
        let kind = Kind::parse(kind).filter(|kind| !self.kinds.is_empty() || !kind.watches());
        kind.is_some_and(|kind| self.kinds.is_empty() || self.kinds.contains(&kind))
    }
}

/// A moment that a call has had.
pub(crate) struct Past {
    pub event: Arc<Event>,
    pub message: MessageId,
    /// What is to be kept with whatever starts on it: nobody was told of it before.
    pub new: Option<(MessageRow, EventRow)>,
}

/// Telling of a call's end once more, to one flow alone.
pub(crate) struct Again {
    pub at: Timestamp,
    /// What the message is called in the list of the call's messages.
    pub named: &'static str,
    pub only: Option<FlowId>,
}

impl Inner {
    pub(crate) async fn past(
        &self,
        book: &Book,
        row: &CallRow,
        wanted: Wanted<'_>,
    ) -> Result<Past, Refusal> {
        let told = self.newest_event(row, wanted).await?;
        let Some(event) = told else {
            let call: Call = wire::decode("a call", &row.state)?;
            let end = call.raised.iter().find(|raised| raised.kind == Kind::Ended);
            let may_be = wanted.settled == Some(true) && wanted.kinds.contains(&Kind::Ended);
            let end = end.filter(|_| may_be);
            let end = end.ok_or(Refusal::NotFound("event of this kind in this call"))?;
            let again = Again {
                at: end.at,
                named: "run",
                only: wanted.flow,
            };
            return Ok(self.told_again(book, row, call, again));
        };
        let message = self.store.message(event.message).await?;
        let past = match message {
            Some(message) => wire::stored_event(&event, &message, book.workspace_name.clone())?,
            None => None,
        };
        Ok(Past {
            event: Arc::new(past.ok_or(Refusal::PayloadExpired)?),
            message: event.message,
            new: None,
        })
    }

    /// The newest event that is wanted; of a settled end that was not told, none.
    async fn newest_event(
        &self,
        row: &CallRow,
        wanted: Wanted<'_>,
    ) -> Result<Option<EventRow>, Refusal> {
        let mut before = None;
        for _ in 0..LOOKED_THROUGH / PAGE {
            let limit = PAGE;
            let page = Page { before, limit };
            let events = self.store.events(row.workspace, Some(row.id), page).await?;
            before = events.last().map(|event| event.id);
            let is_last = events.len() < PAGE as usize;
            for event in events {
                let detail: EventDetail = wire::decode("an event", &event.detail)?;
                if !detail.is_for(wanted.flow) || !wanted.has(&event.kind) {
                    continue;
                }
                let waits = wanted.settled.filter(|_| event.kind == Kind::Ended.name());
                match waits {
                    Some(true) if !detail.settled => return Ok(None),
                    Some(false) if detail.settled => {}
                    _ => return Ok(Some(event)),
                }
            }
            if is_last {
                break;
            }
        }
        Ok(None)
    }

    /// The settled end of a call as it is known now.
    pub(crate) fn told_again(&self, book: &Book, row: &CallRow, call: Call, told: Again) -> Past {
        let id: MessageId = self.stamp.id(row.id.part());
        let place = Place {
            workspace: row.workspace,
            workspace_name: book.workspace_name.clone(),
            call: row.id,
            provider: call.provider.as_str().into(),
        };
        let moments = call.raised.iter().map(|raised| (raised.kind, raised.at));
        let body = MessageBody {
            moments: moments.collect(),
            call: Arc::new(call.snapshot),
            raw: Arc::default(),
            hops: call.hops,
        };
        let moment = Moment {
            kind: Kind::Ended,
            at: told.at,
            settled: true,
            to_analyze: false,
            synthetic: true,
            backfilled: false,
            tool: None,
            script_step: None,
        };
        let event = Arc::new(wire::event(&moment, id.cast(), &place, &body));
        let detail = EventDetail {
            only: told.only,
            ..EventDetail::new(&moment, 0, book.generation)
        };
        let message = MessageRow {
            id,
            workspace: row.workspace,
            call: row.id,
            endpoint: None,
            provider: call.provider,
            provider_event: told.named.into(),
            received_at: self.stamp.now(),
            body: wire::encode(&body),
        };
        let event_row = event_row(&event, id, &detail);
        Past {
            event,
            message: id,
            new: Some((message, event_row)),
        }
    }
}
