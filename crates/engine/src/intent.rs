//! Steps that must not be done twice: that one is given out is written before it is done, and not before its turn has come. So
//! whoever takes its run over knows whether it may have been done, and what has only waited is done as if nothing had been.

use crate::draft::Draft;
use crate::engine::Inner;
use crate::job::Job;
use crate::plans::lock;
use crate::wire;
use kernel::gate::Ticket;
use std::sync::Arc;
use std::time::Duration;
use store::journal::{Committed, RunAdvance};

/// How long a job waits when the store could not write that it is given out.
const UNWRITTEN: Duration = Duration::from_millis(500);

/// What became of writing down that a job is given out.
pub(crate) enum Intent {
    Written,
    /// The store did not answer.
    Unwritten,
    /// The run is not this node's any more, or has changed.
    Refused,
}

impl Inner {
    /// Writes down that a job which must not be done twice is given out.
    pub(crate) async fn intend(self: &Arc<Self>, job: &mut Job) -> Intent {
        let run = job.run.id;
        match self.commit(self.intent(job)).await {
            Ok(Committed::Durable) => {
                self.timers.done(&std::mem::take(&mut job.timers));
                job.version += 1;
                if self.nodes.may_begin() && self.nodes.has_worked_on(run.part(), job.tenure) {
                    return Intent::Written;
                }
                self.hand_back(job);
                Intent::Refused
            }
            Ok(refused) => {
                self.timers.done(&job.timers);
                self.let_go_unless(false, run, &refused);
                Intent::Refused
            }
            Err(error) => {
                tracing::warn!(%error, "a step that must not be done twice waits for the store");
                Intent::Unwritten
            }
        }
    }

    /// Gives a job back its place in the queue: what lets it through now may not let it through when the store answers again.
    pub(crate) async fn later(self: &Arc<Self>, job: Job, ticket: Ticket) {
        self.release(&job, ticket, None);
        self.pump();
        if self.pause(&mut { UNWRITTEN }).await {
            self.active.set_under_way(job.run.id, false);
            lock(&self.queue).push(job);
            self.pump();
        }
    }

    /// That a job is given out which must not be done twice: whoever takes its run over knows that it may have been done.
    fn intent(&self, job: &Job) -> Draft {
        let mut draft = Draft::default();
        draft.unit.lease = Some(self.nodes.lease(job.run.id.part()));
        draft.unit.advanced.push(RunAdvance {
            id: job.run.id,
            expect: job.version,
            status: job.run.status,
            destination: Some(job.destination.to_string()),
            state: wire::encode(&job.run),
            error: None,
            updated_at: self.stamp.now(),
            due_at: None,
        });
        draft.unit.clear_timers.clone_from(&job.timers);
        draft
    }
}
