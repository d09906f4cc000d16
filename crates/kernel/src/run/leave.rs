//! Where a run goes on after a step: to the next one in its block, or out of the block, whose owner says what follows. A
//! block that is being left takes only the steps that run always.

use super::advance::{Step, Walk};
use super::cursor::{Body, Cursor, Frame};
use super::{Failure, Status};
use crate::flow::{Kind, Op, Owner};

/// What of its flow a run takes.
#[derive(PartialEq)]
enum Part {
    Whole,
    Block(usize),
    /// A part that the flow has no more.
    Gone,
}

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

    /// The run enters the step at the cursor.
    pub(super) fn open(&mut self, op: &Op, body: Body) {
        let outer = self.run.set_aside();
        if let Some(cursor) = &mut self.run.cursor {
            cursor.frames.push(Frame {
                step: op.id.clone(),
                body,
                outer,
            });
        }
    }

    /// The run leaves the step that it entered last, and with it what it left before is left again.
    pub(super) fn shut(&mut self) -> Option<Body> {
        let cursor = self.run.cursor.as_mut()?;
        let frame = cursor.frames.pop()?;
        cursor.step = frame.step;
        self.run.take_back(frame.outer);
        Some(frame.body)
    }

    /// Whether the frames are those of the steps around this one: a new version of the flow may have moved it.
    pub(super) fn is_in_place(&self, op: &Op) -> bool {
        let frames = self.run.cursor.iter().flat_map(|cursor| &cursor.frames);
        let mut frames = frames.rev().map(|frame| &frame.step).peekable();
        frames.next_if_eq(&&op.id);
        let around = match self.part() {
            Part::Gone => None,
            Part::Whole => self.context.plan.around(op.block, None),
            Part::Block(part) => self.context.plan.around(op.block, Some(part)),
        };
        around.is_some_and(|around| around.into_iter().map(|op| &op.id).eq(frames))
    }

    /// Which part of the flow the run takes.
    fn part(&self) -> Part {
        let Some(parent) = self.run.parent.as_ref() else {
            return Part::Whole;
        };
        let plan = self.context.plan;
        let op = plan
            .index
            .get(&parent.step)
            .and_then(|at| plan.ops.get(*at));
        let number = parent.number as usize;
        let block = match (parent.part, op.map(|op| &op.kind)) {
            (super::Part::Flow, _) => return Part::Whole,
            (super::Part::Item, Some(Kind::Each(each))) => Some(each.body),
            (super::Part::Branch, Some(Kind::Parallel(parallel))) => {
                parallel.branches.get(number).copied()
            }
            _ => None,
        };
        block.map_or(Part::Gone, Part::Block)
    }

    pub(super) fn begin(&mut self) -> Step {
        match self.part() {
            Part::Whole => self.enter_block(0),
            Part::Block(part) => self.enter_block(part),
            Part::Gone => {
                let message = "the flow has no such loop or branch any more".to_owned();
                Step::Halt(self.give_up("step_gone", message))
            }
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
        self.leave_for(failure);
        self.onward(op)
    }

    /// The first failure is the one that counts.
    pub(super) fn leave_for(&mut self, failure: Failure) {
        if self.run.failure.is_none() {
            let at = self.run.cursor.clone().map(Cursor::afresh);
            self.run.failed_at = at.map(Box::new);
            self.run.failed_attempt = self.run.attempt;
            self.run.failure = Some(failure);
        }
        self.run.stopped = true;
    }

    /// No step of the block is left to take.
    fn leave(&mut self, block: usize) -> Step {
        let plan = self.context.plan;
        let owner = plan.blocks.get(block).map(|block| block.owner);
        if self.part() == Part::Block(block) {
            return self.part_done(match owner {
                Some(Owner::Each(step)) => match &plan.ops[step].kind {
                    Kind::Each(each) => Some((&plan.ops[step], &**each)),
                    _ => None,
                },
                _ => None,
            });
        }
        match owner {
            Some(Owner::Try(step)) => self.tried(&plan.ops[step]),
            Some(Owner::Catch(step)) => self.caught(&plan.ops[step]),
            Some(Owner::Each(step)) => {
                let op = &plan.ops[step];
                match &op.kind {
                    Kind::Each(each) => self.item_done(op, each),
                    _ => self.onward(op),
                }
            }
            Some(Owner::Steps) if self.run.failure.is_some() => match plan.on_failure {
                Some(on_failure) => {
                    (self.run.stopped, self.run.halted) = (false, false);
                    self.enter_block(on_failure)
                }
                None => self.finish(),
            },
            Some(Owner::Steps | Owner::OnFailure | Owner::Branch(_)) | None => self.finish(),
        }
    }

    pub(super) fn finish(&mut self) -> Step {
        self.run.cursor = None;
        Step::Halt(self.end(if self.run.failure.is_some() {
            Status::Failed
        } else {
            Status::Succeeded
        }))
    }
}
