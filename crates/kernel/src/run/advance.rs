//! The walk over a plan: takes what has happened, goes on through steps that need nothing from the world, and halts where
//! the run must perform, sleep or end. Each move leads to a later step of the plan, so a walk ends.

use super::refusal::Refusal;
use super::{
    Context, Cursor, Entry, EntryKind, EntryResult, Failure, Input, Next, Run, Status, Transition,
};
use crate::flow::{Kind, List, Op};
use serde_json::{Value, json};

/// A run taken over this often without one write in between takes its owner down: it is not performed again.
const MAX_TAKEOVERS: u32 = 20;

/// Says what happens next to `run`, given what has just happened to it. Total: it cannot fail.
pub fn advance(context: &Context<'_>, run: Run, input: Input) -> Transition {
    let mut walk = Walk {
        context,
        run,
        entries: Vec::new(),
        reply: None,
    };
    let next = if walk.run.status.is_final() {
        Next::End
    } else {
        walk.take(input)
    };
    Transition {
        run: walk.run,
        entries: walk.entries,
        next,
        reply: walk.reply,
        raise: Vec::new(),
    }
}

pub(super) struct Walk<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) run: Run,
    pub(super) entries: Vec<Entry>,
    pub(super) reply: Option<Value>,
}

/// Where a step leaves the walk.
pub(super) enum Step {
    /// At a later step, or at the end.
    Go(Option<usize>),
    Halt(Next),
}

impl<'a> Walk<'a> {
    fn take(&mut self, input: Input) -> Next {
        match input {
            Input::Cancelled => return self.cancel(),
            Input::Resumed { takeovers } if takeovers > MAX_TAKEOVERS => {
                let message = format!(
                    "was taken over {takeovers} times without getting further: not tried again"
                );
                return self.give_up("orphaned", message);
            }
            _ => {}
        }
        let plan = self.context.plan;
        let Some(cursor) = &self.run.cursor else {
            if let Input::Resumed { takeovers } = input {
                self.run.attempt = self.run.attempt.saturating_add(takeovers);
            }
            return self.walk((!plan.ops.is_empty()).then_some(0));
        };
        let Some(op) = plan.find(&cursor.step) else {
            let message = format!("the flow has no step `{}` any more", cursor.step);
            return self.give_up("step_gone", message);
        };
        let Kind::Do(action) = &op.kind else {
            return self.walk(plan.index.get(&op.id).copied());
        };
        let step = match input {
            Input::Performed(outcome) => self.performed(op, action, *outcome),
            // Handed out before, and nobody can say what came of it.
            Input::Resumed { takeovers: 1.. } if self.run.intent => self.lost(op, action),
            Input::Woken | Input::Started if self.run.intent => self.lost(op, action),
            Input::Resumed { takeovers } => {
                self.run.attempt = self.run.attempt.saturating_add(takeovers);
                self.perform(op, action)
            }
            Input::Started | Input::Woken | Input::Cancelled => self.perform(op, action),
        };
        match step {
            Step::Go(at) => {
                self.run.attempt = 1;
                self.walk(at)
            }
            Step::Halt(next) => next,
        }
    }

    fn walk(&mut self, mut at: Option<usize>) -> Next {
        let plan = self.context.plan;
        while let Some(op) = at.and_then(|at| plan.ops.get(at)) {
            self.run.cursor = Some(Cursor {
                step: op.id.clone(),
                frames: Vec::new(),
            });
            let step = match &op.kind {
                Kind::Do(action) => self.enter(op, action),
                Kind::If {
                    condition,
                    then,
                    otherwise,
                } => self.branch(op, condition, [*then, *otherwise]),
                Kind::Set(named) => self.set(op, named),
                Kind::Reply(template) => self.answer(op, template),
                Kind::Stop { failed, reason } => self.stop(op, *failed, reason.as_ref()),
            };
            match step {
                Step::Go(next) => at = next,
                Step::Halt(next) => return next,
            }
            // A take-over before the first step that leaves the house counts for that one.
            if matches!(op.kind, Kind::Do(_)) {
                self.run.attempt = 1;
            }
        }
        self.run.cursor = None;
        self.end(if self.run.failure.is_some() {
            Status::Failed
        } else {
            Status::Succeeded
        })
    }

    /// The step after this one, for a run that goes on.
    pub(super) fn onward(&mut self, op: &Op) -> Step {
        self.onward_from(op, op.next)
    }

    /// Like `onward`, from a step of this list that was chosen already (a branch).
    pub(super) fn onward_from(&mut self, op: &Op, mut next: Option<usize>) -> Step {
        let plan = self.context.plan;
        if self.run.stopped {
            while let Some(op) = next.map(|at| &plan.ops[at]).filter(|op| !op.always) {
                next = op.next;
            }
        }
        if next.is_none()
            && op.list == List::Steps
            && self.run.failure.is_some()
            && plan.on_failure.is_some()
        {
            self.run.stopped = false;
            next = plan.on_failure;
        }
        Step::Go(next)
    }

    /// The step failed for good, and with it the run: leaves the list.
    pub(super) fn fail(&mut self, op: &Op, failure: Failure) -> Step {
        self.run.failure.get_or_insert(failure);
        self.run.stopped = true;
        self.onward(op)
    }

    fn cancel(&mut self) -> Next {
        let step = self
            .run
            .cursor
            .as_ref()
            .map(|cursor| cursor.step.clone())
            .unwrap_or_default();
        let result = if self.run.intent {
            EntryResult::Unknown
        } else {
            EntryResult::Skipped
        };
        let entry = self.entry(&step, EntryKind::Run, result);
        self.write(Entry {
            detail: json!({ "status": "cancelled" }),
            ..entry
        });
        self.end(Status::Cancelled)
    }

    /// The run itself cannot go on: no further step is taken.
    fn give_up(&mut self, code: &'static str, message: String) -> Next {
        let step = self
            .run
            .cursor
            .as_ref()
            .map(|cursor| cursor.step.clone())
            .unwrap_or_default();
        let failure = Refusal::new(code, message).at(&step);
        let entry = self.entry(&step, EntryKind::Run, EntryResult::Failed);
        self.write(Entry {
            error: Some(failure.clone()),
            ..entry
        });
        self.run.failure.get_or_insert(failure);
        self.end(Status::Failed)
    }

    fn end(&mut self, status: Status) -> Next {
        self.run.status = status;
        self.run.intent = false;
        self.run.missing.clear();
        Next::End
    }

    /// A line of the journal that begins and ends now.
    pub(super) fn entry(&self, step: &str, kind: EntryKind, result: EntryResult) -> Entry {
        Entry {
            number: 0,
            step: step.to_owned(),
            kind,
            action: None,
            attempt: 1,
            result,
            started_at: self.context.now,
            ended_at: self.context.now,
            queued_us: 0,
            error: None,
            retry_at: None,
            warnings: Vec::new(),
            detail: Value::Null,
            exchange: None,
        }
    }

    pub(super) fn write(&mut self, entry: Entry) {
        self.entries.push(Entry {
            number: self.run.entries,
            ..entry
        });
        self.run.entries = self.run.entries.saturating_add(1);
    }
}
