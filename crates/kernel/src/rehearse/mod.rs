//! A rehearsal: a run and all its children, driven to their end in memory, one after the other, by the same `advance` as real
//! ones. It does no I/O: it asks for each call to the world and is told what came of it; waits pass at once.

mod line;

pub use line::Line;

use crate::flow::Plan;
use crate::id::RunId;
use crate::run::{
    Child, Context, Failure, Input, Joined, Next, Outcome, Perform, Retriable, Run, Transition,
    advance,
};
use crate::{Scope, Timestamp};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// A flow on the event that starts it.
pub trait Role: Send + Sync {
    fn plan(&self) -> &Plan;
    /// The variables of the event, and what the kernel cannot know.
    fn scope(&self) -> &dyn Scope;
}

/// The flow that a step names.
pub type Flows<'f, R> = dyn Fn(&str) -> Option<Arc<R>> + Send + Sync + 'f;

/// How much is shown before a rehearsal is cut short.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub lines: usize,
    pub calls: usize,
    /// Of all lines as JSON.
    pub bytes: usize,
}

/// One call to the world that the rehearsal waits for.
pub struct Ask<R> {
    pub perform: Perform,
    pub role: Arc<R>,
    /// The time in the rehearsal: that of its start, and all waits since.
    pub now: Timestamp,
}

#[derive(Debug)]
pub struct Ended {
    pub run: Run,
    pub lines: Vec<Line>,
    pub reply: Option<Value>,
    /// Why it was cut short, if it was.
    pub cut: Option<String>,
}

pub struct Rehearsal<'f, R> {
    flows: &'f Flows<'f, R>,
    limits: Limits,
    runs: HashMap<RunId, (Arc<R>, Run)>,
    root: RunId,
    /// What happens next, the last first.
    todo: Vec<(RunId, Input)>,
    asked: Option<(RunId, Perform)>,
    /// What waits have added to the time.
    waited: Duration,
    lines: Vec<Line>,
    bytes: usize,
    calls: usize,
    reply: Option<Value>,
    cut: Option<String>,
}

impl<'f, R: Role> Rehearsal<'f, R> {
    /// `saved` is what earlier steps would have saved; its `steps` what they would have left.
    pub fn new(
        role: Arc<R>,
        id: RunId,
        mut saved: Map<String, Value>,
        flows: &'f Flows<'f, R>,
        limits: Limits,
    ) -> Self {
        let mut run = Run::new(id);
        if let Some(Value::Object(steps)) = saved.shift_remove("steps") {
            run.steps = steps;
        }
        run.saved = saved;
        Self {
            flows,
            limits,
            runs: HashMap::from([(id, (role, run))]),
            root: id,
            todo: vec![(id, Input::Started)],
            asked: None,
            waited: Duration::ZERO,
            lines: Vec::new(),
            bytes: 0,
            calls: 0,
            reply: None,
            cut: None,
        }
    }

    /// Goes on to the next call to the world; `None`: it has ended. `now` is the time outside.
    pub fn next(&mut self, now: Timestamp) -> Option<Ask<R>> {
        while self.cut.is_none()
            && let Some((id, input)) = self.todo.pop()
        {
            if let Some(perform) = self.take(id, input, now) {
                if self.calls >= self.limits.calls {
                    let most = self.limits.calls;
                    self.cut(format!(
                        "more than {most} calls to the world: the rest is left out"
                    ));
                    return None;
                }
                self.calls += 1;
                let (role, _) = self.runs.get(&id)?;
                let ask = Ask {
                    perform: perform.clone(),
                    role: role.clone(),
                    now: self.time(now),
                };
                self.asked = Some((id, perform));
                return Some(ask);
            }
        }
        None
    }

    /// Tells what came of the call that was asked for. A rehearsal tries nothing twice: it says that a run would.
    pub fn answer(&mut self, mut outcome: Outcome, now: Timestamp) {
        let Some((id, perform)) = self.asked.take() else {
            return;
        };
        let again =
            matches!(&outcome.result, Err(failure) if line::is_tried_again(failure, &perform));
        if let (true, Err(failure)) = (again, &mut outcome.result) {
            failure.retry = Retriable::No;
        }
        let before = self.lines.len();
        self.take_in(id, Input::Performed(Box::new(outcome)), now);
        if again && let Some(line) = self.lines.get_mut(before) {
            let warning = "a run would try this again, as the step's `retry` says";
            line.entry.warnings.push(warning.into());
        }
    }

    /// Ends here whatever is left.
    pub fn cut(&mut self, why: String) {
        self.cut.get_or_insert(why);
    }

    pub fn finish(mut self) -> Option<Ended> {
        let (_, run) = self.runs.remove(&self.root)?;
        Some(Ended {
            run,
            lines: self.lines,
            reply: self.reply,
            cut: self.cut,
        })
    }

    fn time(&self, now: Timestamp) -> Timestamp {
        now.checked_add(self.waited).unwrap_or(Timestamp::MAX)
    }

    fn take_in(&mut self, id: RunId, input: Input, now: Timestamp) {
        if let Some(perform) = self.take(id, input, now) {
            // Asked for with the next turn: what was rendered is rendered again, the same.
            self.todo.push((id, Input::Woken));
            drop(perform);
        }
    }

    /// Lets one thing happen to a run; gives the call to the world that it asks for.
    fn take(&mut self, id: RunId, input: Input, now: Timestamp) -> Option<Perform> {
        let (role, run) = self.runs.get(&id)?.clone();
        let now = self.time(now);
        let was_final = run.status.is_final();
        let Transition {
            mut run,
            entries,
            next,
            reply,
            cancel,
            ..
        } = advance(
            &Context {
                plan: role.plan(),
                event: role.scope(),
                now,
            },
            run,
            input,
        );
        // Nothing was sent yet that could have been sent twice.
        run.intent = false;
        for entry in entries {
            self.show(Line::new(&role.plan().name, entry));
        }
        self.reply = self.reply.take().or(reply);
        let joined = (!was_final).then(|| run.joined()).flatten();
        let parent = run.parent.as_ref().map(|parent| parent.run);
        self.runs.insert(id, (role.clone(), run));
        if let (Some(joined), Some(parent)) = (joined, parent) {
            self.todo.push((parent, Input::Joined(vec![joined])));
        }
        for child in cancel
            .into_iter()
            .filter(|child| self.runs.contains_key(child))
        {
            self.todo.retain(|(of, _)| *of != child);
            self.todo.push((child, Input::Cancelled));
        }
        match next {
            Next::Perform(perform) => return Some(*perform),
            Next::Sleep { until } => {
                let wait = Duration::try_from(until.duration_since(now)).unwrap_or_default();
                self.waited = self.waited.saturating_add(wait);
                self.todo.push((id, Input::Woken));
            }
            Next::Await { spawn, .. } => self.begin(id, &role, spawn),
            Next::AsBefore | Next::End => {}
        }
        None
    }

    /// Children are taken in their order, each to its end; new ones behind those that wait already.
    fn begin(&mut self, parent: RunId, role: &Arc<R>, spawn: Vec<Child>) {
        let alive = self.runs.get(&parent).map(|(_, run)| run.awaits());
        let alive = alive.unwrap_or_default();
        let waiting = self.todo.iter().position(|(run, _)| alive.contains(run));
        let place = waiting.unwrap_or(self.todo.len());
        for child in spawn {
            let own = match &child.flow {
                Some(name) => (self.flows)(name),
                None => Some(role.clone()),
            };
            match own {
                Some(role) => {
                    self.todo.insert(place, (child.run.id, Input::Started));
                    self.runs.insert(child.run.id, (role, child.run));
                }
                None => {
                    let name = child.flow.as_deref().unwrap_or_default();
                    let message = format!("there is no flow `{name}` here");
                    let refused = Joined::refused(&child, "flow_gone", &message);
                    self.todo
                        .insert(place, (parent, Input::Joined(vec![refused])));
                }
            }
        }
    }

    fn show(&mut self, line: Line) {
        self.bytes += line.weight();
        if self.lines.len() >= self.limits.lines || self.bytes > self.limits.bytes {
            let most = self.limits.lines;
            return self.cut(format!(
                "more than {most} steps, or too much to show: the rest is left out"
            ));
        }
        self.lines.push(line);
    }
}

/// A failure as a test gives it to a step.
pub fn failure(code: &str, message: &str) -> Failure {
    Failure {
        code: code.to_owned(),
        message: message.to_owned(),
        step: String::new(),
        status: None,
        output: None,
        retry: Retriable::Yes,
    }
}
