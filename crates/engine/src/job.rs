//! A run that is ready for its next call to the world, with everything in memory that the call needs.

use crate::plans::Compiled;
use crate::queue::Placed;
use calls::Event;
use kernel::id::{MessageId, WorkspaceId};
use kernel::run::{Context, Input, Perform, Run, Transition, advance};
use kernel::{Scope, Timestamp};
use serde_json::Value;
use std::borrow::Cow;
use std::sync::Arc;
use store::journal::Timer;
use tokio::time::Instant;

/// What does not change while a run runs.
#[derive(Clone)]
pub(crate) struct Course {
    pub workspace: WorkspaceId,
    pub flow: Arc<Compiled>,
    pub event: Arc<Event>,
    /// The message that the event came of.
    pub message: MessageId,
}

impl Course {
    pub fn advance(&self, run: Run, input: Input, now: Timestamp) -> Transition {
        advance(
            &Context {
                plan: &self.flow.plan,
                event: self,
                now,
            },
            run,
            input,
        )
    }
}

impl Scope for Course {
    fn get(&self, name: &str) -> Option<Cow<'_, Value>> {
        match name {
            "flow_id" => Some(Cow::Owned(self.flow.id.to_string().into())),
            _ => self.event.get(name),
        }
    }

    fn view(&self, name: &str) -> Option<Cow<'_, Value>> {
        self.event.view(name)
    }
}

pub(crate) struct Job {
    pub course: Course,
    pub run: Run,
    /// The version of the run's row that this job goes on from.
    pub version: u64,
    pub perform: Box<Perform>,
    pub destination: Arc<str>,
    pub ready_at: Instant,
    /// The tenure of its partition in which it was made.
    pub tenure: u64,
    /// The timers that woke it, to be cleared with its next commit.
    pub timers: Vec<Timer>,
}

impl Placed for Job {
    type Owner = WorkspaceId;

    fn owner(&self) -> WorkspaceId {
        self.course.workspace
    }

    fn destination(&self) -> &Arc<str> {
        &self.destination
    }
}
