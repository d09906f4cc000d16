//! A run as lists show it.

use super::call::{CallSummary, made_at};
use super::event::EventEdit;
use jiff::Timestamp;
use kernel::id::{EventId, FlowId, RunId};
use kernel::run::Part;
use serde::{Deserialize, Serialize};
use store::journal::RunRow;
use utoipa::ToSchema;

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RunSummary {
    #[schema(value_type = String, example = "run_01kacwvsy4n5b2m8r0t3x6z9fd")]
    pub id: RunId,
    pub status: Status,
    pub flow: RunFlow,
    pub event: RunEvent,
    /// Null once the call has been deleted.
    #[schema(required = true)]
    pub call: Option<CallSummary>,
    pub started_at: Timestamp,
    pub updated_at: Timestamp,
    /// Null while it is not over.
    #[schema(required = true)]
    pub ended_at: Option<Timestamp>,
    /// From start to end, waiting included; so far, while it is not over.
    pub duration_ms: i64,
    /// The step where it stands; null when it is over.
    #[schema(required = true)]
    pub step: Option<String>,
    /// The number of the attempt of that step that is under way or comes next, from 1.
    pub attempt: u32,
    /// Why a run that is ready does not begin; null where nothing is known to hold it back.
    #[schema(required = true)]
    pub held: Option<HeldBack>,
    /// When a waiting run goes on.
    #[schema(required = true)]
    pub next_attempt_at: Option<Timestamp>,
    /// Why it failed, in one line.
    #[schema(required = true)]
    pub error: Option<String>,
    /// The run that this one does again.
    #[schema(value_type = Option<String>, required = true)]
    pub replay_of: Option<RunId>,
    /// The run of which this one is a branch, an item or a sub-flow.
    #[schema(value_type = Option<String>, required = true)]
    pub parent_id: Option<RunId>,
    /// Which part of that run it is; null for a whole run.
    #[schema(required = true)]
    pub part: Option<RunPart>,
}

/// A branch, an item or a sub-flow of another run.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RunPart {
    pub kind: PartKind,
    /// The step of the other run that began it.
    #[schema(example = "each_lead")]
    pub step: String,
    /// Which branch or item it is, from 0.
    pub number: u32,
    /// The loops around that step, outermost first, with the item of each, from 0.
    #[schema(value_type = Vec<serde_json::Value>)]
    pub rounds: Vec<(String, u32)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RunPartKind)]
pub enum PartKind {
    Branch,
    Item,
    /// A flow of its own, and the only part that can be replayed by itself.
    Flow,
}

/// What holds a run back.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HeldBack {
    /// See `GET /v1/destinations/{name}`.
    pub destination: String,
    pub why: Why,
    /// When it is looked at again, where that is known.
    #[schema(required = true)]
    pub until: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = HeldWhy)]
pub enum Why {
    /// The rate is used up, or the receiver asked for a pause.
    Rate,
    /// The destination's breaker is open, or lets few through.
    Circuit,
    /// Somebody holds the destination back.
    Paused,
    /// As many calls as may be are under way.
    Concurrency,
}

impl From<engine::gates::Held> for HeldBack {
    fn from(held: engine::gates::Held) -> Self {
        let why = match held.why {
            kernel::gate::Why::Rate => Why::Rate,
            kernel::gate::Why::Circuit => Why::Circuit,
            kernel::gate::Why::Paused => Why::Paused,
            kernel::gate::Why::Concurrency => Why::Concurrency,
        };
        Self {
            destination: held.destination,
            why,
            until: held.until,
        }
    }
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RunFlow {
    #[schema(value_type = String)]
    pub id: FlowId,
    pub name: String,
    pub version: u32,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RunEvent {
    #[schema(value_type = String)]
    pub id: EventId,
    #[schema(example = "call.ended")]
    pub kind: String,
    /// Of a replay with an edited event; null for all others.
    #[schema(required = true)]
    pub edited: Option<EventEdit>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RunStatus)]
pub enum Status {
    /// Has a place in the queue, or is being performed.
    Running,
    /// Has a timer, or waits for runs that it began.
    Waiting,
    Succeeded,
    Failed,
    Cancelled,
}

impl From<kernel::run::Status> for Status {
    fn from(status: kernel::run::Status) -> Self {
        match status {
            kernel::run::Status::Running => Status::Running,
            kernel::run::Status::Waiting => Status::Waiting,
            kernel::run::Status::Succeeded => Status::Succeeded,
            kernel::run::Status::Failed => Status::Failed,
            kernel::run::Status::Cancelled => Status::Cancelled,
        }
    }
}

/// The part of a stored run that lists show.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Place {
    cursor: Option<Cursor>,
    attempt: u32,
    parent: Option<Parent>,
}

#[derive(Deserialize)]
struct Cursor {
    step: String,
}

#[derive(Deserialize)]
struct Parent {
    run: RunId,
    part: Part,
    step: String,
    number: u32,
    above: Vec<(String, u32)>,
}

impl From<Parent> for RunPart {
    fn from(parent: Parent) -> Self {
        let kind = match parent.part {
            Part::Branch => PartKind::Branch,
            Part::Item => PartKind::Item,
            Part::Flow => PartKind::Flow,
        };
        Self {
            kind,
            rounds: around(parent.part, &parent.above).to_vec(),
            step: parent.step,
            number: parent.number,
        }
    }
}

/// The loops around the step that began a part: the path of an item or a sub-flow ends with its own place.
pub fn around(part: Part, above: &[(String, u32)]) -> &[(String, u32)] {
    match (part, above.split_last()) {
        (Part::Item | Part::Flow, Some((_, around))) => around,
        _ => above,
    }
}

/// The run that began this one and waits for it, if one did. Nobody waits for a sub-flow that is done again by itself.
pub fn parent(row: &RunRow) -> Option<RunId> {
    let parent = place(row).parent.filter(|_| row.replay_of.is_none());
    parent.map(|parent| parent.run)
}

fn place(row: &RunRow) -> Place {
    serde_json::from_slice(&row.state).unwrap_or_default()
}

impl RunSummary {
    pub fn new(
        row: &RunRow,
        flow: RunFlow,
        event: RunEvent,
        call: Option<CallSummary>,
        now: Timestamp,
    ) -> Self {
        let place = place(row);
        let started_at = made_at(row.id);
        let is_final = row.status.is_final();
        let until = if is_final { row.updated_at } else { now };
        Self {
            id: row.id,
            status: row.status.into(),
            flow,
            event,
            call,
            started_at,
            updated_at: row.updated_at,
            ended_at: is_final.then_some(row.updated_at),
            duration_ms: until.duration_since(started_at).as_millis().max(0) as i64,
            step: place.cursor.filter(|_| !is_final).map(|cursor| cursor.step),
            attempt: place.attempt,
            held: None,
            next_attempt_at: row.due_at.filter(|_| !is_final),
            error: row.error.clone(),
            replay_of: row.replay_of,
            parent_id: place.parent.as_ref().map(|parent| parent.run),
            part: place.parent.map(RunPart::from),
        }
    }
}
