//! A run as a value, and `advance`, which says what happens next to it. `advance` is total: any input to any run gives a
//! transition, and a run that has not ended always has a next thing.

mod advance;
mod attempt;
mod child;
mod cursor;
mod each;
mod entry;
mod fork;
mod forked;
mod kept;
mod key;
mod leave;
mod outcome;
mod parallel;
mod perform;
mod pure;
mod raise;
mod refusal;
mod replay;
mod replay_from;
mod view;
mod wait;

pub use advance::advance;
pub use child::{Child, Joined, Parent, Part};
pub use cursor::{Body, Cursor, Each, Fork, Frame, Leaving};
pub use entry::{Entry, EntryKind, EntryResult};
pub use outcome::{Exchange, Failure, Outcome, Output, Request, Response, Retriable, Timing};
pub use raise::{Raise, raised, said};
pub use replay::From;

use crate::flow::{OnUnknown, Plan};
use crate::id::RunId;
use crate::{Scope, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Has a place in its owner's queue, or is being performed.
    Running,
    /// Has a timer, or live children.
    Waiting,
    Succeeded,
    Failed,
    Cancelled,
}

impl Status {
    pub fn is_final(self) -> bool {
        matches!(self, Status::Succeeded | Status::Failed | Status::Cancelled)
    }
}

/// Everything a run is, besides its event and its plan. Stored as JSON; fields are only ever added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    pub id: RunId,
    /// The run whose first attempt this work belongs to: the same over replays with an unchanged request.
    pub root: RunId,
    pub status: Status,
    /// Where the run stands: the id of the next step, below the frames that enclose it.
    pub cursor: Option<Cursor>,
    /// The number of the next attempt of the step at the cursor, 1-based.
    pub attempt: u32,
    /// Named values: `set`, `save`.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub saved: Map<String, Value>,
    /// Outputs of finished steps that the plan reads (`steps.<id>.…`).
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub steps: Map<String, Value>,
    /// Why the run failed or will fail (set as soon as a step with `on_error: stop` has failed).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// Where the run stood then: a replay from the failed step begins there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed_at: Option<Box<Cursor>>,
    /// The number of the attempt with which it failed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub failed_attempt: u32,
    /// The block is being left (a step failed, a `stop` was taken): only `run_when: always` steps follow in it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stopped: bool,
    /// A `stop` was taken: all blocks are left, and nothing catches it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub halted: bool,
    /// The attempt at the cursor must not be sent twice and is handed out: commit this before performing it, and `unsent`
    /// before its turn has come. Whoever takes the run over then knows whether it may have been sent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub intent: bool,
    /// Steps of which some attempt may have been done, by their idempotency keys, and since when: their actions find out
    /// before they send again, also in a replay.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unsure: BTreeMap<String, Timestamp>,
    /// Paths that were missing when the attempt at the cursor was rendered: warnings of its entry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// How many entries the run has written: the number of the next one.
    pub entries: u32,
    /// What makes it a child of another run, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Box<Parent>>,
    /// How many sub-flows deep it is.
    #[serde(default)]
    pub depth: u32,
    /// How many runs may still come of it, at any depth.
    #[serde(default = "spare")]
    pub spare: u32,
    /// By how many bytes it may have grown since all that it keeps was weighed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unweighed: u32,
    /// The run of an item: `stop_when` held after it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub enough: bool,
    /// It began long after what it answers: a replay, or caught up with.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn spare() -> u32 {
    fork::MAX_RUNS
}

impl Run {
    /// A run that has not taken its first step.
    pub fn new(id: RunId) -> Self {
        Self {
            id,
            root: id,
            status: Status::Running,
            cursor: None,
            attempt: 1,
            saved: Map::new(),
            steps: Map::new(),
            failure: None,
            failed_at: None,
            failed_attempt: 0,
            stopped: false,
            halted: false,
            intent: false,
            unsure: BTreeMap::new(),
            missing: Vec::new(),
            entries: 0,
            parent: None,
            depth: 0,
            spare: spare(),
            unweighed: 0,
            enough: false,
            late: false,
        }
    }

    /// The same while nothing of this attempt may have been sent: kept so until it is given out.
    pub fn unsent(&self, perform: &Perform) -> Cow<'_, Self> {
        if !self.intent {
            return Cow::Borrowed(self);
        }
        let mut run = self.clone();
        run.intent = false;
        if perform.unsure_since.is_none() {
            run.unsure.remove(&perform.key);
        }
        Cow::Owned(run)
    }
}

/// What has just happened to a run.
#[derive(Debug, Clone)]
pub enum Input {
    /// It was created.
    Started,
    /// Its owner took it up again after a restart, `takeovers` times since it was last written: each counts as an attempt.
    Resumed {
        takeovers: u32,
    },
    /// The call to the world that it asked for has ended.
    Performed(Box<Outcome>),
    /// Its timer fired.
    Woken,
    /// Children of it have ended. Those that it does not wait for change nothing.
    Joined(Vec<Joined>),
    Cancelled,
}

/// The surroundings of one `advance`.
pub struct Context<'a> {
    pub plan: &'a Plan,
    /// The variables of the event that started the run, and what the kernel cannot know: `flow_id`, `workspace_id`,
    /// `workspace_name`.
    pub event: &'a dyn Scope,
    pub now: Timestamp,
}

#[derive(Debug, Clone)]
pub struct Transition {
    pub run: Run,
    pub entries: Vec<Entry>,
    pub next: Next,
    /// The answer to whoever asked.
    pub reply: Option<Value>,
    /// What it raises about itself, to be matched in the same transaction.
    pub raise: Vec<Raise>,
    /// Children that are to be cancelled; whether the run waits for them all the same is in `next`.
    pub cancel: Vec<RunId>,
}

#[derive(Debug, Clone)]
pub enum Next {
    Perform(Box<Perform>),
    Sleep {
        until: Timestamp,
    },
    /// Begin these children, if any, and wait for all that are alive (`Run::awaits`): the run has no timer.
    Await {
        spawn: Vec<Child>,
        /// Woken then, it begins one more.
        until: Option<Timestamp>,
    },
    /// What has happened changes nothing: what the run was doing still stands, and nothing is to be stored.
    AsBefore,
    End,
}

/// One call to the world, rendered. Secrets stand in it as the markers of `lang::secret`.
#[derive(Debug, Clone)]
pub struct Perform {
    pub step: String,
    pub action: String,
    pub with: Map<String, Value>,
    pub connection: Option<String>,
    pub timeout: Duration,
    pub attempt: u32,
    /// Idempotency key: a hash of root run and step path, 32 hexadecimal digits.
    pub key: String,
    pub on_unknown: OnUnknown,
    /// Since when an earlier attempt may have been done: to be found out before anything is sent.
    pub unsure_since: Option<Timestamp>,
    /// Paths that did not exist while rendering: warnings of the entry.
    pub warnings: Vec<String>,
}
