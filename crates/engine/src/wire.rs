//! What the engine keeps in the store's opaque bodies: the shared part of a message, the small part of an event.
//! Stored as JSON; fields are only ever added.

use bytes::Bytes;
use calls::{Event, Kind, Moment, Snapshot, Tool};
use kernel::Timestamp;
use kernel::id::{EventId, FlowId, WorkspaceId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::io;
use std::sync::Arc;
use store::journal::{EventRow, MessageRow};

/// A message with its call as known after it: what all events of the message share.
#[derive(Serialize, Deserialize)]
pub(crate) struct MessageBody {
    pub call: Arc<Snapshot>,
    pub moments: Arc<[(Kind, Timestamp)]>,
    #[serde(default)]
    pub raw: Arc<Value>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub hops: u8,
}

fn is_zero(hops: &u8) -> bool {
    *hops == 0
}

#[derive(Serialize, Deserialize, Default)]
pub(crate) struct EventDetail {
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub settled: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub synthetic: bool,
    /// Raised by what the platform answered when it was asked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub backfilled: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tool: Option<Tool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script_step: Option<Value>,
    /// What an event about a run or a flow says beside its call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal: Option<Arc<Map<String, Value>>>,
    /// The one flow that an event was made for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<FlowId>,
    /// It never came: somebody has made it of another one, for a replay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited: Option<EventEdit>,
    /// Hash of the message's de-duplication key, to answer a duplicate with what the first one caused.
    #[serde(default)]
    pub dedupe: u64,
    /// Of the workspace's catalogue when it was accepted: its runs go by no older settings, whoever performs them.
    #[serde(default)]
    pub generation: u64,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct EventEdit {
    pub of: EventId,
    /// JSON Pointers.
    pub changed: Vec<String>,
}

impl EventDetail {
    pub fn new(moment: &Moment, dedupe: u64, generation: u64) -> Self {
        let Moment {
            settled,
            synthetic,
            backfilled,
            tool,
            script_step,
            ..
        } = moment.clone();
        Self {
            settled,
            synthetic,
            backfilled,
            tool,
            script_step,
            signal: None,
            only: None,
            edited: None,
            dedupe,
            generation,
        }
    }

    /// Whether the event has happened for a flow; `None`: for all. What was made for one flow alone has not for others, and what was
    /// edited for a replay has for none.
    pub fn is_for(&self, flow: Option<FlowId>) -> bool {
        self.edited.is_none() && self.only.is_none_or(|only| flow == Some(only))
    }
}

/// What is larger is written twice, the first time for its size: while it grew it would be in memory twice.
const LARGE: usize = 1 << 20;
/// Room for what is usual, so that it does not grow step by step.
const SMALL: usize = 512;

/// Text as long as it is not large, and its size.
struct Measured {
    text: Vec<u8>,
    size: usize,
}

impl io::Write for Measured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.size += bytes.len();
        if self.size <= LARGE {
            self.text.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub(crate) fn encode(value: &impl Serialize) -> Bytes {
    const KEYS: &str = "our own types have text keys only";
    let mut measured = Measured {
        text: Vec::with_capacity(SMALL),
        size: 0,
    };
    serde_json::to_writer(&mut measured, value).expect(KEYS);
    let Measured { mut text, size } = measured;
    if size > LARGE {
        text = Vec::with_capacity(size);
        serde_json::to_writer(&mut text, value).expect(KEYS);
    }
    text.into()
}

pub(crate) fn decode<T: for<'de> Deserialize<'de>>(what: &str, bytes: &[u8]) -> store::Result<T> {
    serde_json::from_slice(bytes).map_err(|error| store::Error::Corrupt(format!("{what}: {error}")))
}

pub(crate) fn event(moment: &Moment, id: EventId, place: &Place, body: &MessageBody) -> Event {
    Event {
        id,
        kind: moment.kind,
        at: moment.at,
        settled: moment.settled,
        synthetic: moment.synthetic,
        workspace_id: place.workspace,
        workspace_name: place.workspace_name.clone(),
        call_id: place.call,
        provider: place.provider.clone(),
        call: body.call.clone(),
        moments: body.moments.clone(),
        tool: moment.tool.clone(),
        script_step: moment.script_step.clone(),
        raw: body.raw.clone(),
        hops: body.hops,
        signal: None,
    }
}

/// Whose event it is.
pub(crate) struct Place {
    pub workspace: WorkspaceId,
    pub workspace_name: Arc<str>,
    pub call: kernel::id::CallId,
    pub provider: Arc<str>,
}

/// An event read back from its rows; `None` when its payload has been pruned.
pub(crate) fn stored_event(
    row: &EventRow,
    message: &MessageRow,
    workspace_name: Arc<str>,
) -> store::Result<Option<Event>> {
    if message.body.is_empty() {
        return Ok(None);
    }
    let body: MessageBody = decode("a message", &message.body)?;
    let detail: EventDetail = decode("an event", &row.detail)?;
    let kind = Kind::parse(&row.kind)
        .ok_or_else(|| store::Error::Corrupt(format!("an event of kind `{}`", row.kind)))?;
    let EventDetail {
        settled,
        synthetic,
        backfilled,
        tool,
        script_step,
        signal,
        ..
    } = detail;
    let moment = Moment {
        kind,
        at: row.at,
        settled,
        to_analyze: false,
        synthetic,
        backfilled,
        tool,
        script_step,
    };
    let place = Place {
        workspace: row.workspace,
        workspace_name,
        call: row.call,
        provider: message.provider.as_str().into(),
    };
    Ok(Some(Event {
        signal,
        ..event(&moment, row.id, &place, &body)
    }))
}
