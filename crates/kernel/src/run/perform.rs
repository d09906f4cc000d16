//! A `do` step: rendered and handed out, retried while that helps, and what it leaves for later steps. A mistake in a
//! template fails the step at once, since the same data would make the same mistake again.

use super::advance::{Step, Walk};
use super::kept;
use super::refusal::Refusal;
use super::{
    Entry, EntryKind, EntryResult, Failure, Next, Outcome, Output, Perform, Retriable, Status, key,
};
use crate::flow::{Do, OnError, OnUnknown, Op};
use crate::lang::{Mistake, Report};
use crate::{Timestamp, retry};
use serde_json::{Map, Value};
use std::time::Duration;

/// Of how many steps a run remembers that their results are unknown.
const MAX_UNSURE: usize = 1_000;

impl Walk<'_> {
    /// The walk has come to the step: performs it unless its condition does not hold.
    pub(super) fn enter(&mut self, op: &Op, action: &Do) -> Step {
        let mut report = Report::default();
        let held = action.condition.as_ref().map_or(Ok(true), |condition| {
            condition.holds(&self.view(), &mut report)
        });
        match held {
            Ok(true) => self.perform(op, action),
            Ok(false) => {
                let entry = self.line(op, action, EntryResult::Skipped);
                self.write(Entry {
                    warnings: kept::missing(report),
                    ..entry
                });
                self.onward(op)
            }
            Err(mistake) => {
                self.run.missing = kept::missing(report);
                self.refused_to_send(op, action, mistake)
            }
        }
    }

    /// Hands out the next attempt.
    pub(super) fn perform(&mut self, op: &Op, action: &Do) -> Step {
        let mut report = Report::default();
        let rendered = self.render(action, &mut report);
        self.run.missing = kept::missing(report);
        let with = match rendered {
            Ok(with) => with,
            Err(mistake) => return self.refused_to_send(op, action, mistake),
        };
        self.run.status = Status::Running;
        self.run.intent = action.on_unknown == OnUnknown::Stop;
        let key = key::idempotency(&self.run, &op.id);
        let unsure_since = self.run.unsure.get(&key).copied();
        if self.run.intent && action.settles && self.run.unsure.len() < MAX_UNSURE {
            let now = self.context.now;
            self.run.unsure.entry(key.clone()).or_insert(now);
        }
        Step::Halt(Next::Perform(Box::new(Perform {
            step: op.id.clone(),
            action: action.action.clone(),
            with,
            connection: action.connection.clone(),
            timeout: action.timeout,
            attempt: self.run.attempt,
            key,
            on_unknown: action.on_unknown,
            unsure_since,
            warnings: self.run.missing.clone(),
        })))
    }

    fn render(&self, action: &Do, report: &mut Report) -> Result<Map<String, Value>, Mistake> {
        let view = self.view();
        let field = |(name, template): &(String, crate::lang::Template)| {
            template
                .render(&view, report)
                .map(|value| (name.clone(), value))
        };
        action.with.iter().map(field).collect()
    }

    fn refused_to_send(&mut self, op: &Op, action: &Do, mistake: Mistake) -> Step {
        let failure = Refusal::from(mistake).at(&op.id);
        let entry = self.line(op, action, EntryResult::Failed);
        self.failed(op, action, entry, failure)
    }

    /// An attempt has come to its end.
    pub(super) fn performed(&mut self, op: &Op, action: &Do, outcome: Outcome) -> Step {
        self.run.intent = false;
        let Outcome {
            result,
            exchange,
            started_at,
            ended_at,
            queued,
            used: _,
        } = outcome;
        let is_unknown = matches!(&result, Err(failure) if failure.retry == Retriable::Unknown);
        if !is_unknown && !self.run.unsure.is_empty() {
            let key = key::idempotency(&self.run, &op.id);
            self.run.unsure.remove(&key);
        }
        let entry = Entry {
            started_at,
            ended_at,
            queued_us: u64::try_from(queued.as_micros()).unwrap_or(u64::MAX),
            exchange,
            ..self.line(op, action, EntryResult::Ok)
        };
        match result {
            Ok(output) => self.succeeded(op, action, entry, &output),
            Err(failure) => {
                let failure = Failure {
                    step: op.id.clone(),
                    ..failure
                };
                if failure.retry == Retriable::Unknown && action.on_unknown == OnUnknown::Stop {
                    return self.unknown(op, action, entry, failure);
                }
                match self.next_attempt(op, action, failure.retry) {
                    Some(until) => self.again(entry, failure, until),
                    None => self.failed(op, action, entry, failure),
                }
            }
        }
    }

    /// The attempt was handed out and its owner is gone: it may have been sent.
    pub(super) fn lost(&mut self, op: &Op, action: &Do) -> Step {
        let entry = self.line(op, action, EntryResult::Unknown);
        let failure = Refusal::new(
            "interrupted",
            "the server stopped while the attempt was under way",
        )
        .at(&op.id);
        self.unknown(op, action, entry, failure)
    }

    fn unknown(&mut self, op: &Op, action: &Do, entry: Entry, cause: Failure) -> Step {
        let entry = Entry {
            result: EntryResult::Unknown,
            ..entry
        };
        // The next attempt begins with finding out.
        let next = action
            .settles
            .then(|| self.next_attempt(op, action, Retriable::Unknown));
        if let Some(until) = next.flatten() {
            return self.again(entry, cause, until);
        }
        let message = format!(
            "may have been done, so it is not sent again: {} ({})",
            cause.message, cause.code
        );
        let failure = Failure {
            code: "unknown_result".into(),
            message,
            retry: Retriable::Unknown,
            ..cause
        };
        self.failed(op, action, entry, failure)
    }

    fn succeeded(&mut self, op: &Op, action: &Do, mut entry: Entry, output: &Output) -> Step {
        let mut report = Report::default();
        let kept = self
            .save(&action.save, output, &mut report)
            .and_then(|shown| {
                if !shown.is_empty() {
                    entry.detail = Value::Object(shown);
                }
                let value = kept::output(self.context.plan, op, &entry, Some(output), None);
                kept::keep(&mut self.run, op, value)
            });
        entry.warnings.extend(kept::missing(report));
        match kept {
            Ok(()) => {
                self.write(entry);
                self.onward(op)
            }
            Err(refusal) => self.failed(op, action, entry, refusal.at(&op.id)),
        }
    }

    /// When to try again, if that helps and attempts are left.
    fn next_attempt(&self, op: &Op, action: &Do, retriable: Retriable) -> Option<Timestamp> {
        let own = || {
            retry::next_attempt(
                &action.retry,
                self.run.attempt,
                key::seed(&self.run, &op.id),
            )
        };
        let wait: Duration = match retriable {
            Retriable::Yes | Retriable::Unknown => own()?,
            Retriable::After(asked) => retry::asked_for(asked, own()?),
            Retriable::No | Retriable::Gone => return None,
        };
        Some(
            self.context
                .now
                .saturating_add(wait)
                .unwrap_or(Timestamp::MAX),
        )
    }

    fn again(&mut self, entry: Entry, failure: Failure, until: Timestamp) -> Step {
        self.run.intent = false;
        self.write(Entry {
            result: not_ok(&entry),
            error: Some(Failure {
                output: None,
                ..failure
            }),
            retry_at: Some(until),
            ..entry
        });
        self.run.attempt = self.run.attempt.saturating_add(1);
        self.run.status = Status::Waiting;
        Step::Halt(Next::Sleep { until })
    }

    /// The step has failed for good; the run goes on only where the step says so.
    fn failed(&mut self, op: &Op, action: &Do, entry: Entry, failure: Failure) -> Step {
        let result = not_ok(&entry);
        let value = kept::output(
            self.context.plan,
            op,
            &entry,
            failure.output.as_ref(),
            Some(&failure),
        );
        if kept::keep(&mut self.run, op, value).is_err() {
            let value = kept::output(self.context.plan, op, &entry, None, Some(&failure));
            // What is left is small; a run that is full all the same goes without it.
            let _ = kept::keep(&mut self.run, op, value);
        }
        self.write(Entry {
            result,
            error: Some(Failure {
                output: None,
                ..failure.clone()
            }),
            ..entry
        });
        self.run.intent = false;
        if action.on_error == OnError::Continue {
            return self.onward(op);
        }
        let output = failure
            .output
            .filter(|output| self.context.plan.reads_error() && kept::fits(output).is_ok());
        self.fail(op, Failure { output, ..failure })
    }

    /// The journal's line for the attempt at the cursor.
    fn line(&mut self, op: &Op, action: &Do, result: EntryResult) -> Entry {
        Entry {
            action: Some(action.action.clone()),
            attempt: self.run.attempt,
            warnings: std::mem::take(&mut self.run.missing),
            ..self.entry(&op.id, EntryKind::Do, result)
        }
    }
}

/// Failed, unless it is not known.
fn not_ok(entry: &Entry) -> EntryResult {
    match entry.result {
        EntryResult::Unknown => EntryResult::Unknown,
        _ => EntryResult::Failed,
    }
}
