//! The steps that need nothing from the world: `if`, `set`, `reply`, `stop`. Each writes one entry that says what it decided.

use super::advance::{Step, Walk, failure};
use super::kept::{self, cut};
use super::view::View;
use super::{Entry, EntryKind, EntryResult, Failure};
use crate::flow::{List, Op};
use crate::lang::{Expr, Mistake, Report, Template};
use serde_json::{Map, Value, json};

impl Walk<'_> {
    pub(super) fn view(&self, op: &Op) -> View<'_> {
        View::new(self.context, &self.run, op.list == List::OnFailure)
    }

    pub(super) fn branch(&mut self, op: &Op, condition: &Expr, then: Option<usize>, otherwise: Option<usize>) -> Step {
        let mut report = Report::default();
        let held = condition.holds(&self.view(op), &mut report);
        match held {
            Ok(held) => {
                let (took, first) = if held { ("then", then) } else { ("else", otherwise) };
                self.done(op, EntryKind::If, report, json!({ "took": took }));
                self.onward_from(op, first.or(op.next))
            }
            Err(mistake) => self.mistaken(op, EntryKind::If, report, mistake),
        }
    }

    pub(super) fn set(&mut self, op: &Op, named: &[(String, Template)]) -> Step {
        let mut report = Report::default();
        let mut detail = Map::new();
        for (name, template) in named {
            let value = template.render(&self.view(op), &mut report);
            match value {
                Ok(value) => {
                    detail.insert(name.clone(), cut(&value));
                    if let Err(failure) = kept::save(&mut self.run, op, name, value) {
                        return self.refused(op, EntryKind::Set, report, failure);
                    }
                }
                Err(mistake) => return self.mistaken(op, EntryKind::Set, report, mistake),
            }
        }
        if let Err(failure) = kept::whole(&mut self.run, op, named) {
            return self.refused(op, EntryKind::Set, report, failure);
        }
        self.done(op, EntryKind::Set, report, Value::Object(detail));
        self.onward(op)
    }

    /// The first answer of a walk is the one that leaves.
    pub(super) fn answer(&mut self, op: &Op, template: &Template) -> Step {
        let mut report = Report::default();
        let answer = template.render(&self.view(op), &mut report);
        match answer {
            Ok(answer) => {
                if let Err(failure) = kept::fits(&answer, op) {
                    return self.refused(op, EntryKind::Reply, report, failure);
                }
                self.done(op, EntryKind::Reply, report, json!({ "reply": cut(&answer) }));
                self.reply.get_or_insert(answer);
                self.onward(op)
            }
            Err(mistake) => self.mistaken(op, EntryKind::Reply, report, mistake),
        }
    }

    pub(super) fn stop(&mut self, op: &Op, failed: bool, reason: Option<&Template>) -> Step {
        let mut report = Report::default();
        let reason = match reason.map(|reason| reason.render(&self.view(op), &mut report)).transpose() {
            Ok(reason) => reason.map(|reason| cut(&reason)),
            Err(mistake) => return self.mistaken(op, EntryKind::Stop, report, mistake),
        };
        let status = if failed { "failed" } else { "succeeded" };
        self.done(op, EntryKind::Stop, report, json!({ "status": status, "reason": reason }));
        self.run.stopped = true;
        if failed {
            let message = match &reason {
                Some(Value::String(reason)) => reason.clone(),
                _ => format!("stopped by step `{}`", op.id),
            };
            return self.fail(op, failure("stopped", message, &op.id));
        }
        self.onward(op)
    }

    fn done(&mut self, op: &Op, kind: EntryKind, report: Report, detail: Value) {
        let entry = self.entry(&op.id, kind, EntryResult::Ok);
        self.write(Entry { warnings: kept::missing(report), detail, ..entry });
    }

    fn mistaken(&mut self, op: &Op, kind: EntryKind, report: Report, mistake: Mistake) -> Step {
        self.refused(op, kind, report, failure("template", mistake.0, &op.id))
    }

    fn refused(&mut self, op: &Op, kind: EntryKind, report: Report, failure: Failure) -> Step {
        let entry = self.entry(&op.id, kind, EntryResult::Failed);
        self.write(Entry { warnings: kept::missing(report), error: Some(failure.clone()), ..entry });
        self.fail(op, failure)
    }
}
