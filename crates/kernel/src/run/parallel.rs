//! `parallel` and `flow`: what their children saved becomes the run's own when all have ended.

use super::advance::{Step, Walk};
use super::cursor::{Body, Cursor, Fork};
use super::refusal::Refusal;
use super::view::Own;
use super::{Entry, EntryKind, EntryResult, Failure, Output, kept};
use crate::flow::{Call, Op, Parallel};
use crate::lang::Report;
use serde_json::{Map, Value, json};

impl Walk<'_> {
    fn is_forked(&self) -> bool {
        let own = self.run.cursor.as_ref().and_then(Cursor::own);
        matches!(own, Some(Body::Fork(_)))
    }

    pub(super) fn parallel(&mut self, op: &Op, parallel: &Parallel) -> Step {
        match self.is_forked() {
            true => self.spawn(op),
            false => self.fork(op, parallel.branches.len(), None, Map::new()),
        }
    }

    pub(super) fn flow(&mut self, op: &Op, call: &Call) -> Step {
        if self.is_forked() {
            return self.spawn(op);
        }
        let mut report = Report::default();
        let mut given = Map::new();
        for (name, template) in &call.with {
            match template.render(&self.view(), &mut report) {
                Ok(value) => drop(given.insert(name.clone(), value)),
                Err(mistake) => {
                    let warnings = kept::missing(report);
                    return self.refuse(op, EntryKind::Flow, mistake.into(), warnings);
                }
            }
        }
        self.run.missing = kept::missing(report);
        self.fork(op, 1, None, given)
    }

    /// In the order of the branches: of two that save the same name, the later one counts.
    pub(super) fn branches_done(
        &mut self,
        op: &Op,
        mut fork: Fork,
        failure: Option<Failure>,
        stops: bool,
    ) -> Step {
        fork.saved.sort_by_key(|(number, _)| *number);
        let mut kept = Ok(());
        for (name, value) in fork.saved.into_iter().flat_map(|(_, saved)| saved) {
            kept = kept.and_then(|()| kept::save(&mut self.run, &name, value));
        }
        self.run.steps.extend(fork.steps);
        let kept = kept.and_then(|()| kept::whole(&mut self.run, []));
        let entry = Entry {
            started_at: fork.since,
            detail: json!({ "branches": fork.total }),
            ..self.entry(&op.id, EntryKind::Parallel, EntryResult::Ok)
        };
        self.children_done(op, entry, kept, failure, stops, Value::Null)
    }

    pub(super) fn flow_done(
        &mut self,
        op: &Op,
        call: &Call,
        fork: Fork,
        failure: Option<Failure>,
        stops: bool,
    ) -> Step {
        let saved = fork.saved.into_iter().flat_map(|(_, saved)| saved);
        let body = Value::Object(saved.collect());
        let mut detail = Map::from_iter([("flow".to_owned(), call.flow.as_str().into())]);
        let mut kept = Ok(());
        if failure.is_none() {
            let output = Output {
                body: body.clone(),
                ..Output::default()
            };
            let mut report = Report::default();
            kept = self
                .save(&call.save, &output, &mut report)
                .map(|shown| detail.extend(shown));
            self.run.missing.extend(kept::missing(report));
        }
        let entry = Entry {
            started_at: fork.since,
            detail: Value::Object(detail),
            ..self.entry(&op.id, EntryKind::Flow, EntryResult::Ok)
        };
        self.children_done(op, entry, kept, failure, stops, body)
    }

    fn children_done(
        &mut self,
        op: &Op,
        entry: Entry,
        kept: Result<(), Refusal>,
        failure: Option<Failure>,
        stops: bool,
        body: Value,
    ) -> Step {
        let refused = kept.err().map(|refusal| refusal.at(&op.id));
        let stops = stops || refused.is_some();
        let failure = failure.or(refused);
        if let Some(fields) = self.context.plan.outputs.get(&op.id) {
            let field = |name: &&'static str| match *name {
                "body" => (*name, body.clone()),
                _ => (
                    *name,
                    failure.as_ref().map(kept::short_error).unwrap_or_default(),
                ),
            };
            let output = Value::from_iter(fields.iter().map(field));
            // What is left without it is still right; the failure below says what went wrong.
            let _ = kept::keep(&mut self.run, op, Some(output));
        }
        let warnings = std::mem::take(&mut self.run.missing);
        self.write(Entry {
            result: match failure {
                Some(_) => EntryResult::Failed,
                None => EntryResult::Ok,
            },
            error: failure.clone(),
            warnings,
            ..entry
        });
        match failure {
            Some(failure) if stops => self.fail(op, failure),
            _ => self.onward(op),
        }
    }

    /// Saves names for parts of an output; gives them as an entry shows them.
    pub(super) fn save(
        &mut self,
        save: &[(String, crate::lang::Template)],
        output: &Output,
        report: &mut Report,
    ) -> Result<Map<String, Value>, Refusal> {
        let own = Own::new(save.is_empty(), output);
        let mut shown = Map::new();
        for (name, template) in save {
            let value = template.render(&self.view().saving(&own), report)?;
            shown.insert(name.clone(), kept::cut(&value));
            kept::save(&mut self.run, name, value)?;
        }
        if !shown.is_empty() {
            kept::whole(&mut self.run, save.iter().map(|(name, _)| name))?;
        }
        Ok(shown)
    }
}

/// A part of a flow ends where its block does; its run gives back what it has saved.
impl Walk<'_> {
    pub(super) fn part_done(&mut self, each: Option<(&Op, &crate::flow::Each)>) -> Step {
        let Some((op, each)) = each else {
            return self.finish();
        };
        let mut report = Report::default();
        let mut given = Ok((Map::new(), false));
        if !self.run.stopped {
            given = each.given(&self.view(), &mut report);
            given = given.and_then(|given| kept::fits(&given.0).map(|_| given));
        }
        match given {
            Ok((values, enough)) => (self.run.saved, self.run.enough) = (values, enough),
            Err(refusal) => {
                self.run.saved.clear();
                self.refuse_item(op, refusal, kept::missing(report));
            }
        }
        self.run.steps.clear();
        self.finish()
    }
}
