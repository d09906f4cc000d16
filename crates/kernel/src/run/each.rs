//! A `for_each` step: its steps for each item in turn, in a scope of their own. Between two items the run stands at the
//! loop itself; there a long walk pauses, so that one commit never holds all of it.

use super::advance::{Step, Walk};
use super::cursor::{Body, Each};
use super::refusal::Refusal;
use super::view::View;
use super::{Cursor, Entry, EntryKind, EntryResult, Failure, Next, Status, kept};
use crate::flow::{self, OnError, Op};
use crate::lang::Report;
use serde_json::{Map, Value, json};

/// After this many steps a walk pauses between two items.
const MAX_MOVES: u32 = 1_000;

impl Walk<'_> {
    pub(super) fn each(&mut self, op: &Op, each: &flow::Each) -> Step {
        let own = self.run.cursor.as_ref().and_then(Cursor::own);
        if let Some(Body::Fork(_)) = own {
            return self.spawn(op);
        }
        if !matches!(own, Some(Body::Each(_))) {
            match self.items(each) {
                Ok(begun) if each.parallel.is_some() => {
                    return self.fork(op, begun.rounds() as usize, Some(begun), Map::new());
                }
                Ok(begun) => self.open(op, Body::Each(Box::new(begun))),
                Err((refusal, warnings)) => {
                    return self.refuse(op, EntryKind::ForEach, refusal, warnings);
                }
            }
        } else if self.moves > MAX_MOVES {
            self.run.status = Status::Waiting;
            return Step::Halt(Next::Sleep {
                until: self.context.now,
            });
        }
        self.next_item(op, each)
    }

    /// The loop as it begins: its list is read once.
    fn items(&mut self, each: &flow::Each) -> Result<Each, (Refusal, Vec<String>)> {
        let mut report = Report::default();
        let list = each.list.render(&self.view(), &mut report);
        let warnings = kept::missing(report);
        let items = list
            .map_err(Refusal::from)
            .and_then(|list| each.bounded(list));
        match items {
            Ok(items) => {
                self.run.missing = warnings;
                kept::grow(&mut self.run, usize::MAX);
                Ok(Each {
                    since: self.context.now,
                    name: each.name.clone(),
                    items,
                    batch: each.batch,
                    index: 0,
                    ok: 0,
                    failed: 0,
                    saved: Map::new(),
                    collected: Vec::new(),
                    collected_bytes: 0,
                })
            }
            Err(refusal) => Err((refusal, warnings)),
        }
    }

    fn at_hand(&mut self) -> Option<&mut Each> {
        self.run.cursor.as_mut().and_then(Cursor::innermost)
    }

    fn next_item(&mut self, op: &Op, each: &flow::Each) -> Step {
        match self.at_hand() {
            Some(begun) if begun.index < begun.rounds() => begun.saved.clear(),
            _ => return self.end_loop(op, each),
        }
        self.forget_inner(each);
        self.enter_block(each.body)
    }

    /// What the steps inside left belongs to one item.
    fn forget_inner(&mut self, each: &flow::Each) {
        for inner in &self.context.plan.ops[each.inner.clone()] {
            self.run.steps.shift_remove(&inner.id);
        }
    }

    /// The steps for one item are behind the run.
    pub(super) fn item_done(&mut self, op: &Op, each: &flow::Each) -> Step {
        let enough = self.collect(op, each);
        let goes_on = !self.run.halted && each.on_error == OnError::Continue;
        let (failed, stopped) = (self.run.failure.is_some(), self.run.stopped);
        let Some(begun) = self.at_hand() else {
            return self.end_loop(op, each);
        };
        let size = u32::try_from(begun.group(begun.index).len()).unwrap_or(u32::MAX);
        match failed {
            true => begun.failed += size,
            false => begun.ok += size,
        }
        begun.index += 1;
        if enough || (stopped && !(failed && goes_on)) {
            return self.end_loop(op, each);
        }
        drop(self.run.set_aside());
        match self.context.plan.index.get(&op.id) {
            Some(at) => Step::Go(*at),
            None => self.end_loop(op, each),
        }
    }

    /// Keeps what an item that went well gives; says whether it was the last one that is wanted.
    fn collect(&mut self, op: &Op, each: &flow::Each) -> bool {
        if self.run.stopped {
            return false;
        }
        let mut report = Report::default();
        let given = each.given(&self.view(), &mut report);
        let kept = given.and_then(|(values, enough)| {
            let kept = self
                .at_hand()
                .map(|begun| begun.collect(begun.index, values));
            kept.unwrap_or(Ok(())).map(|()| enough)
        });
        kept.unwrap_or_else(|refusal| {
            let warnings = kept::missing(report);
            self.refuse_item(op, refusal, warnings);
            false
        })
    }

    pub(super) fn refuse_item(&mut self, op: &Op, refusal: Refusal, warnings: Vec<String>) {
        let failure = refusal.at(&op.id);
        let entry = self.entry(&op.id, EntryKind::ForEach, EntryResult::Failed);
        self.write(Entry {
            warnings,
            error: Some(failure.clone()),
            ..entry
        });
        self.leave_for(failure);
    }

    fn end_loop(&mut self, op: &Op, each: &flow::Each) -> Step {
        let failure = self.run.failure.clone();
        match self.shut() {
            Some(Body::Each(begun)) => self.ended(op, each, *begun, failure),
            _ => self.onward(op),
        }
    }

    /// Leaves the counts and the collected lists, and goes on behind the loop.
    pub(super) fn ended(
        &mut self,
        op: &Op,
        each: &flow::Each,
        begun: Each,
        failure: Option<Failure>,
    ) -> Step {
        self.forget_inner(each);
        let counts = counts(&begun);
        let kept = self.keep_lists(each, begun.collected).and_then(|()| {
            let read = self.context.plan.outputs.get(&op.id);
            let read = read.map(|fields| {
                let fields = fields.iter().map(|name| (*name, counts[*name].clone()));
                Value::from_iter(fields)
            });
            kept::keep(&mut self.run, op, read)
        });
        let failure = failure.or(kept.err().map(|refusal| refusal.at(&op.id)));
        let result = match failure {
            Some(_) => EntryResult::Failed,
            None => EntryResult::Ok,
        };
        let entry = self.entry(&op.id, EntryKind::ForEach, result);
        let warnings = std::mem::take(&mut self.run.missing);
        self.write(Entry {
            started_at: begun.since,
            detail: counts,
            error: failure.clone(),
            warnings,
            ..entry
        });
        match failure {
            Some(failure) => self.fail(op, failure),
            None => self.onward(op),
        }
    }

    fn keep_lists(
        &mut self,
        each: &flow::Each,
        mut collected: Vec<(u32, Map<String, Value>)>,
    ) -> Result<(), Refusal> {
        collected.sort_by_key(|(index, _)| *index);
        for (name, _) in &each.collect {
            let values = collected
                .iter_mut()
                .filter_map(|(_, values)| values.get_mut(name));
            let list = values.map(Value::take).collect();
            kept::save(&mut self.run, name, Value::Array(list))?;
        }
        kept::whole(&mut self.run, each.collect.iter().map(|(name, _)| name))
    }
}

impl Each {
    /// Keeps what an item gives; all that is collected is bounded like one value.
    pub(super) fn collect(
        &mut self,
        index: u32,
        values: Map<String, Value>,
    ) -> Result<(), Refusal> {
        if !values.is_empty() {
            let bytes = self.collected_bytes.saturating_add(kept::fits(&values)?);
            kept::fits_in(bytes)?;
            self.collected_bytes = bytes;
            self.collected.push((index, values));
        }
        Ok(())
    }
}

/// Every item is one of the three.
fn counts(begun: &Each) -> Value {
    let all = begun.items.len();
    let skipped = all.saturating_sub(begun.ok as usize + begun.failed as usize);
    json!({ "in": all, "ok": begun.ok, "failed": begun.failed, "skipped": skipped })
}

impl flow::Each {
    /// The items of a list; nothing has none.
    fn bounded(&self, list: Value) -> Result<Vec<Value>, Refusal> {
        let items = match list {
            Value::Array(items) => items,
            Value::Null => Vec::new(),
            other => {
                let message = format!("`for_each` needs a list, not {}", flow::kind(&other));
                return Err(Refusal::new("not_a_list", message));
            }
        };
        if items.len() > self.max as usize {
            let message = format!(
                "the list has {} items, at most {} are taken: raise `max`, or take less",
                items.len(),
                self.max
            );
            return Err(Refusal::new("too_many_items", message));
        }
        kept::fits(&items).map(|_| items)
    }

    /// What an item gives to `collect`, and whether `stop_when` holds now.
    pub(super) fn given(
        &self,
        view: &View<'_>,
        report: &mut Report,
    ) -> Result<(Map<String, Value>, bool), Refusal> {
        let mut values = Map::new();
        for (name, template) in &self.collect {
            values.insert(name.clone(), template.render(view, report)?);
        }
        let enough = match &self.stop_when {
            Some(condition) => condition.holds(view, report)?,
            None => false,
        };
        Ok((values, enough))
    }
}
