//! The steps that need nothing from the world: `if`, `switch`, `set`, `reply`, `stop`. Each writes one entry that says what it decided.

use super::advance::{Step, Walk};
use super::kept::{self, cut};
use super::refusal::Refusal;
use super::view::View;
use super::{Entry, EntryKind, EntryResult};
use crate::flow::Op;
use crate::lang::{Expr, Report, Template};
use serde_json::{Map, Value, json};

impl Walk<'_> {
    pub(super) fn view(&self) -> View<'_> {
        View::new(self.context, &self.run)
    }

    pub(super) fn branch(
        &mut self,
        op: &Op,
        condition: &Expr,
        branches: [Option<usize>; 2],
    ) -> Step {
        let mut first = None;
        let decided = self.decide(op, EntryKind::If, |walk, report| {
            let held = condition.holds(&walk.view(), report)?;
            first = branches[usize::from(!held)];
            Ok(json!({ "took": if held { "then" } else { "else" } }))
        });
        match decided {
            Ok(()) => self.onward_from(op, first.or(op.next)),
            Err(step) => step,
        }
    }

    pub(super) fn switch(
        &mut self,
        op: &Op,
        cases: &[(Expr, Option<usize>)],
        otherwise: Option<usize>,
    ) -> Step {
        let mut first = otherwise;
        let decided = self.decide(op, EntryKind::Switch, |walk, report| {
            for (number, (condition, steps)) in cases.iter().enumerate() {
                if condition.holds(&walk.view(), report)? {
                    first = *steps;
                    return Ok(json!({ "took": number }));
                }
            }
            Ok(json!({ "took": "else" }))
        });
        match decided {
            Ok(()) => self.onward_from(op, first.or(op.next)),
            Err(step) => step,
        }
    }

    pub(super) fn set(&mut self, op: &Op, named: &[(String, Template)]) -> Step {
        let decided = self.decide(op, EntryKind::Set, |walk, report| {
            let mut detail = Map::new();
            for (name, template) in named {
                let value = template.render(&walk.view(), report)?;
                detail.insert(name.clone(), cut(&value));
                kept::save(&mut walk.run, name, value)?;
            }
            kept::whole(&mut walk.run, named.iter().map(|(name, _)| name))?;
            Ok(Value::Object(detail))
        });
        decided.map_or_else(|step| step, |()| self.onward(op))
    }

    /// The first answer of a walk is the one that leaves.
    pub(super) fn answer(&mut self, op: &Op, template: &Template) -> Step {
        let decided = self.decide(op, EntryKind::Reply, |walk, report| {
            let answer = template.render(&walk.view(), report)?;
            kept::fits(&answer)?;
            let detail = json!({ "reply": cut(&answer) });
            // Who asked waits for the run that was started, not for its children.
            if walk.run.parent.is_none() {
                walk.reply.get_or_insert(answer);
            }
            Ok(detail)
        });
        decided.map_or_else(|step| step, |()| self.onward(op))
    }

    pub(super) fn stop(&mut self, op: &Op, failed: bool, reason: Option<&Template>) -> Step {
        let mut why = None;
        let decided = self.decide(op, EntryKind::Stop, |walk, report| {
            if let Some(reason) = reason {
                why = Some(cut(&reason.render(&walk.view(), report)?));
            }
            let status = if failed { "failed" } else { "succeeded" };
            Ok(json!({ "status": status, "reason": why }))
        });
        if let Err(step) = decided {
            return step;
        }
        (self.run.stopped, self.run.halted) = (true, true);
        if !failed {
            return self.onward(op);
        }
        let message = match why {
            Some(Value::String(reason)) => reason,
            _ => format!("stopped by step `{}`", op.id),
        };
        self.fail(op, Refusal::new("stopped", message).at(&op.id))
    }

    /// Writes the entry of a step: with what it decided, or with why it could not, which fails the run.
    fn decide(
        &mut self,
        op: &Op,
        kind: EntryKind,
        decide: impl FnOnce(&mut Self, &mut Report) -> Result<Value, Refusal>,
    ) -> Result<(), Step> {
        let mut report = Report::default();
        let decided = decide(self, &mut report);
        let warnings = kept::missing(report);
        match decided {
            Ok(detail) => {
                let entry = self.entry(&op.id, kind, EntryResult::Ok);
                self.write(Entry {
                    warnings,
                    detail,
                    ..entry
                });
                Ok(())
            }
            Err(refusal) => Err(self.refuse(op, kind, refusal, warnings)),
        }
    }

    /// A step that cannot be taken: its entry says why, and it fails.
    pub(super) fn refuse(
        &mut self,
        op: &Op,
        kind: EntryKind,
        refusal: Refusal,
        warnings: Vec<String>,
    ) -> Step {
        let failure = refusal.at(&op.id);
        let entry = self.entry(&op.id, kind, EntryResult::Failed);
        self.write(Entry {
            warnings,
            error: Some(failure.clone()),
            ..entry
        });
        self.fail(op, failure)
    }
}
