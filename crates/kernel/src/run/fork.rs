//! A step whose parts are child runs: it begins some, waits, and goes on when all that it began have ended. When one fails
//! or takes a `stop` the others are cancelled, and still waited for: no child outlives the step.

use super::advance::{Step, Walk};
use super::cursor::{Body, Cursor, Each, Fork};
use super::refusal::Refusal;
use super::{Child, EntryKind, Failure, Joined, Next, Parent, Part, Run, Status, kept, key};
use crate::flow::{Kind, OnError, Op, Sees};
use crate::id::RunId;
use serde_json::{Map, Value};
use std::time::Duration;

/// How many flows deep sub-flows may go.
pub(super) const MAX_DEPTH: u32 = 8;
/// How many runs may come of one, at any depth.
pub(super) const MAX_RUNS: u32 = 10_000;

/// What the children of a step have in common.
struct Brood<'p> {
    kind: EntryKind,
    part: Part,
    width: u32,
    on_error: OnError,
    flow: Option<&'p str>,
    sees: Option<&'p Sees>,
    last_within: Option<Duration>,
}

impl<'p> Brood<'p> {
    fn of(op: &'p Op) -> Option<Self> {
        let brood = |kind, part, width: usize, on_error| Brood {
            kind,
            part,
            width: u32::try_from(width).unwrap_or(u32::MAX).max(1),
            on_error,
            flow: None,
            sees: None,
            last_within: None,
        };
        match &op.kind {
            Kind::Each(each) => Some(Brood {
                sees: Some(&each.sees),
                ..brood(
                    EntryKind::ForEach,
                    Part::Item,
                    each.parallel? as usize,
                    each.on_error,
                )
            }),
            Kind::Parallel(parallel) => Some(Brood {
                sees: Some(&parallel.sees),
                last_within: parallel.last_within,
                ..brood(
                    EntryKind::Parallel,
                    Part::Branch,
                    parallel.branches.len(),
                    parallel.on_error,
                )
            }),
            Kind::Flow(call) => Some(Brood {
                flow: Some(&call.flow),
                ..brood(EntryKind::Flow, Part::Flow, 1, call.on_error)
            }),
            _ => None,
        }
    }
}

impl Walk<'_> {
    /// Enters a step with `total` children, unless that would be too many.
    pub(super) fn fork(
        &mut self,
        op: &Op,
        total: usize,
        each: Option<Each>,
        given: Map<String, Value>,
    ) -> Step {
        let Some(brood) = Brood::of(op) else {
            return self.onward(op);
        };
        let refusal = if brood.part == Part::Flow && self.run.depth >= MAX_DEPTH {
            let message = format!("sub-flows are nested deeper than {MAX_DEPTH}");
            Some(Refusal::new("too_deep", message))
        } else if total > self.run.spare as usize {
            let message = format!("more than {MAX_RUNS} runs would come of one");
            Some(Refusal::new("too_many_runs", message))
        } else {
            None
        };
        if let Some(refusal) = refusal {
            let warnings = std::mem::take(&mut self.run.missing);
            return self.refuse(op, brood.kind, refusal, warnings);
        }
        let since = self.context.now;
        let total = u32::try_from(total).unwrap_or(u32::MAX);
        self.open(
            op,
            Body::Fork(Box::new(Fork::new(since, total, each, given))),
        );
        self.spawn(op)
    }

    fn forked(&mut self) -> Option<&mut Fork> {
        self.run.cursor.as_mut().and_then(Cursor::fork)
    }

    /// Begins as many children as may live at once, and waits for them; leaves the step when all have ended.
    pub(super) fn spawn(&mut self, op: &Op) -> Step {
        let Some(brood) = Brood::of(op) else {
            return self.onward(op);
        };
        let mut spawn = Vec::new();
        let now = self.context.now;
        let mut until = None;
        while let Some(fork) = self.forked() {
            let closed = fork.enough || fork.is_stopping(brood.on_error);
            if closed || fork.next >= fork.total || fork.alive.len() >= brood.width as usize {
                break;
            }
            until = fork.last_begins_at(brood.last_within);
            if until.is_some_and(|until| until > now) {
                break;
            }
            until = None;
            let (number, left) = (fork.next, fork.total - fork.next);
            fork.next += 1;
            let child = self.child(op, &brood, number, left);
            if let Some(fork) = self.forked() {
                fork.alive.push((number, child.run.id));
            }
            spawn.push(child);
        }
        if self.run.awaits().is_empty() {
            return self.all_joined(op, brood.on_error);
        }
        self.run.status = Status::Waiting;
        Step::Halt(Next::Await { spawn, until })
    }

    /// `left` children are still to be begun, this one included: each of them is sure to find room.
    fn child(&mut self, op: &Op, brood: &Brood<'_>, number: u32, left: u32) -> Child {
        let mut above: Vec<(String, u32)> = key::rounds(&self.run)
            .map(|(step, index)| (step.to_owned(), index))
            .collect();
        let mut given = brood.sees.map_or_else(Map::new, |sees| self.seen(sees));
        if let Some(fork) = self.forked() {
            given.extend(fork.given.clone());
            if brood.last_within.is_some() {
                let sees = |name: &String| brood.sees.is_some_and(|sees| sees.names.contains(name));
                let given_back = fork.given_back().filter(|(name, _)| sees(name));
                given.extend(given_back.map(|(name, value)| (name.clone(), value.clone())));
            }
            if let Some(each) = &fork.each {
                let item = each.item(number).map(|item| item.into_owned());
                given.insert(each.name.clone(), item.unwrap_or_default());
                given.insert("index".to_owned(), number.into());
            }
        }
        if brood.part != Part::Branch {
            above.push((op.id.clone(), number));
        }
        let share = self.run.spare.saturating_sub(left) / brood.width;
        self.run.spare = self.run.spare.saturating_sub(share + 1);
        let id = RunId::new(
            u64::try_from(self.context.now.as_millisecond()).unwrap_or(0),
            self.run.id.part(),
            key::child(&self.run, &op.id, number),
        );
        let parent = Parent {
            run: self.run.id,
            part: brood.part,
            step: op.id.clone(),
            number,
            above,
            given,
        };
        let run = Run {
            root: self.run.root,
            parent: Some(Box::new(parent)),
            depth: self.run.depth + u32::from(brood.part == Part::Flow),
            spare: share,
            ..Run::new(id)
        };
        let flow = brood.flow.map(str::to_owned);
        Child { run, flow }
    }

    /// Copies of the names and outputs that a part of this flow reads.
    fn seen(&self, sees: &Sees) -> Map<String, Value> {
        let view = self.view();
        let named = sees.names.iter().filter_map(|name| {
            let value = view.of_run(name)?;
            Some((name.clone(), value.into_owned()))
        });
        let mut seen: Map<String, Value> = named.collect();
        if let Some(Value::Object(mut steps)) = seen.remove("steps") {
            steps.retain(|id, _| sees.steps.is_empty() || sees.steps.contains(id));
            seen.insert("steps".to_owned(), Value::Object(steps));
        }
        seen
    }

    /// Children have ended. Those that are not waited for are nobody's business.
    pub(super) fn joined(&mut self, op: &Op, joined: Vec<Joined>) -> Step {
        let Some(Brood { on_error, part, .. }) = Brood::of(op) else {
            return Step::Halt(Next::AsBefore);
        };
        let mut known = false;
        for mut child in joined {
            // The steps of another flow mean nothing in this one.
            if let Some(failure) = child.failure.as_mut().filter(|_| part == Part::Flow) {
                failure.step.clone_from(&op.id);
            }
            known |= self.join(op, child);
        }
        if !known {
            return Step::Halt(Next::AsBefore);
        }
        if let Some(fork) = self.forked()
            && fork.is_stopping(on_error)
            && !fork.cancelled
        {
            fork.cancelled = true;
            let alive = self.run.awaits();
            self.cancel.extend(alive);
        }
        self.spawn(op)
    }

    fn join(&mut self, op: &Op, child: Joined) -> bool {
        let Some(fork) = self.forked().filter(|_| child.status.is_final()) else {
            return false;
        };
        let Some(at) = fork.alive.iter().position(|(_, id)| *id == child.child) else {
            return false;
        };
        let (number, _) = fork.alive.remove(at);
        fork.enough |= child.enough;
        fork.halted |= child.halted;
        let mut failure =
            match child.status {
                Status::Succeeded => None,
                // It was asked to end, so that is no failure of its own.
                Status::Cancelled if fork.cancelled => None,
                Status::Cancelled => Some(Refusal::new("cancelled", "was cancelled").at(&op.id)),
                _ => Some(child.failure.unwrap_or_else(|| {
                    Refusal::new("failed", "failed without saying why").at(&op.id)
                })),
            };
        let given = fork.keep(number, child.status, child.saved, child.steps);
        kept::grow(&mut self.run, usize::MAX);
        if let Err(refusal) = given {
            failure.get_or_insert(refusal.at(&op.id));
        } else if kept::whole(&mut self.run, []).is_err() {
            let refusal = self.forked().and_then(|fork| fork.drop_last(number));
            failure = failure.or(refusal.map(|refusal| refusal.at(&op.id)));
        }
        self.run.spare = self.run.spare.saturating_add(child.spare);
        if let Some(fork) = self.forked() {
            fork.count(number, child.status, failure);
        }
        true
    }

    /// Everything that was begun has ended.
    fn all_joined(&mut self, op: &Op, on_error: OnError) -> Step {
        let Some(Body::Fork(fork)) = self.shut() else {
            return self.onward(op);
        };
        let stops = fork.is_stopping(on_error);
        let failure: Option<Failure> = fork.failure.as_ref().map(|(_, failure)| failure.clone());
        if fork.halted {
            (self.run.stopped, self.run.halted) = (true, true);
        }
        match &op.kind {
            Kind::Each(each) => match fork.each {
                Some(begun) => self.ended(op, each, begun, failure.filter(|_| stops)),
                None => self.onward(op),
            },
            Kind::Parallel(_) => self.branches_done(op, *fork, failure, stops),
            Kind::Flow(call) => self.flow_done(op, call, *fork, failure, stops),
            _ => self.onward(op),
        }
    }
}
