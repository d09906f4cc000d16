//! The walk over a plan: takes what has happened, goes on through steps that need nothing from the world, and halts where
//! the run must perform, sleep or end.

use super::key;
use super::raise::{Raise, raised};
use super::refusal::Refusal;
use super::{Context, Cursor, Entry, EntryKind, EntryResult, Input, Next, Run, Status, Transition};
use crate::flow::{Kind, Op};
use crate::id::RunId;
use serde_json::{Value, json};

/// A run taken over this often without one write in between takes its owner down: it is not performed again.
const MAX_TAKEOVERS: u32 = 20;

/// A run that has taken this many steps takes no more.
const MAX_ENTRIES: u32 = 100_000;

/// Says what happens next to `run`, given what has just happened to it. Total: it cannot fail.
pub fn advance(context: &Context<'_>, run: Run, input: Input) -> Transition {
    let mut walk = Walk {
        context,
        run,
        entries: Vec::new(),
        reply: None,
        cancel: Vec::new(),
        moves: 0,
    };
    let was_over = walk.run.status.is_final();
    let next = if was_over {
        Next::End
    } else {
        walk.take(input)
    };
    Transition {
        raise: if was_over {
            Vec::new()
        } else {
            walk.raised().into_iter().collect()
        },
        run: walk.run,
        entries: walk.entries,
        next,
        reply: walk.reply,
        cancel: walk.cancel,
    }
}

pub(super) struct Walk<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) run: Run,
    pub(super) entries: Vec<Entry>,
    pub(super) reply: Option<Value>,
    /// Children that are to end.
    pub(super) cancel: Vec<RunId>,
    /// How many steps this walk has come to.
    pub(super) moves: u32,
}

/// Where a step leaves the walk.
pub(super) enum Step {
    Go(usize),
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
            if let Input::Joined(_) = input {
                return Next::AsBefore;
            }
            let step = self.begin();
            return self.walk(step);
        };
        let Some(at) = plan.index.get(&cursor.step).copied() else {
            let message = format!("the flow has no step `{}` any more", cursor.step);
            return self.give_up("step_gone", message);
        };
        let op = &plan.ops[at];
        if !self.is_in_place(op) {
            let message = format!("step `{}` stands in another place of the flow now", op.id);
            return self.give_up("step_gone", message);
        }
        let Kind::Do(action) = &op.kind else {
            let step = match input {
                Input::Joined(joined) => self.joined(op, joined),
                _ => Step::Go(at),
            };
            return self.walk(step);
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
            Input::Joined(_) => Step::Halt(Next::AsBefore),
            Input::Started | Input::Woken | Input::Cancelled => self.perform(op, action),
        };
        if matches!(step, Step::Go(_)) {
            self.run.attempt = 1;
        }
        self.walk(step)
    }

    fn walk(&mut self, mut step: Step) -> Next {
        let plan = self.context.plan;
        loop {
            let op = match step {
                Step::Go(at) => &plan.ops[at],
                Step::Halt(next) => return next,
            };
            self.stand_at(op);
            self.moves += 1;
            if self.run.entries >= MAX_ENTRIES {
                let message = format!("has taken {MAX_ENTRIES} steps: no further one is taken");
                return self.give_up("too_many_steps", message);
            }
            step = match &op.kind {
                Kind::Do(action) => self.enter(op, action),
                Kind::If {
                    condition,
                    then,
                    otherwise,
                } => self.branch(op, condition, [*then, *otherwise]),
                Kind::Switch { cases, otherwise } => self.switch(op, cases, *otherwise),
                Kind::Set(named) => self.set(op, named),
                Kind::Wait(wait) => self.wait(op, wait),
                Kind::Try { body, .. } => self.attempt(op, *body),
                Kind::Each(each) => self.each(op, each),
                Kind::Parallel(parallel) => self.parallel(op, parallel),
                Kind::Flow(call) => self.flow(op, call),
                Kind::Reply(template) => self.answer(op, template),
                Kind::Stop { failed, reason } => self.stop(op, *failed, reason.as_ref()),
            };
            // A take-over before the first step that leaves the house counts for that one.
            if matches!((&op.kind, &step), (Kind::Do(_), Step::Go(_))) {
                self.run.attempt = 1;
            }
        }
    }

    fn raised(&self) -> Option<Raise> {
        let plan = self.context.plan;
        let flow = self.context.event.get("flow_id");
        let flow = flow.as_deref().and_then(Value::as_str).unwrap_or_default();
        raised(&self.run, plan.trigger.watches(), flow, &plan.name)
    }

    fn stand_at(&mut self, op: &Op) {
        match &mut self.run.cursor {
            Some(cursor) => cursor.step.clone_from(&op.id),
            None => self.run.cursor = Some(Cursor::new(&op.id)),
        }
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
    pub(super) fn give_up(&mut self, code: &'static str, message: String) -> Next {
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
        self.leave_for(failure);
        self.end(Status::Failed)
    }

    pub(super) fn end(&mut self, status: Status) -> Next {
        let alive = self.run.awaits();
        self.cancel.extend(alive);
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
            rounds: key::rounds(&self.run)
                .map(|(step, index)| (step.to_owned(), index))
                .collect(),
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
