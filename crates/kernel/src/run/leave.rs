//! Where a run goes on after a step: to the next one in its block, or out of the block, whose owner says what follows. A
//! block that is being left takes only the steps that run always.

use super::advance::{Step, Walk};
use super::{Failure, Status};
use crate::flow::{Op, Owner};

impl Walk<'_> {
    pub(super) fn enter_block(&mut self, block: usize) -> Step {
        match self
            .context
            .plan
            .blocks
            .get(block)
            .and_then(|block| block.first)
        {
            Some(first) => Step::Go(first),
            None => self.leave(block),
        }
    }

    /// The step after this one, for a run that goes on.
    pub(super) fn onward(&mut self, op: &Op) -> Step {
        self.onward_from(op, op.next)
    }

    /// Like `onward`, from a step of this block that was chosen already (a branch).
    pub(super) fn onward_from(&mut self, op: &Op, mut next: Option<usize>) -> Step {
        let plan = self.context.plan;
        if self.run.stopped {
            while let Some(op) = next.map(|at| &plan.ops[at]).filter(|op| !op.always) {
                next = op.next;
            }
        }
        match next {
            Some(next) => Step::Go(next),
            None => self.leave(op.block),
        }
    }

    /// The step failed for good, and with it the run: leaves the block.
    pub(super) fn fail(&mut self, op: &Op, failure: Failure) -> Step {
        self.run.failure.get_or_insert(failure);
        self.run.stopped = true;
        self.onward(op)
    }

    /// No step of the block is left to take.
    fn leave(&mut self, block: usize) -> Step {
        let plan = self.context.plan;
        let owner = plan.blocks.get(block).map(|block| block.owner);
        match (owner, plan.on_failure) {
            (Some(Owner::Steps), Some(on_failure)) if self.run.failure.is_some() => {
                self.run.stopped = false;
                self.enter_block(on_failure)
            }
            _ => self.finish(),
        }
    }

    fn finish(&mut self) -> Step {
        self.run.cursor = None;
        Step::Halt(self.end(if self.run.failure.is_some() {
            Status::Failed
        } else {
            Status::Succeeded
        }))
    }
}
