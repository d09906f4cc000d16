//! Doing a run again from any step that it took, with what was saved before that step came. Refused where that cannot be known: it is
//! never guessed.

use super::{Cursor, Entry, EntryResult, From, Run};
use crate::flow::{Kind, Op, Owner, Plan};
use crate::id::RunId;
use std::collections::BTreeSet;

impl Run {
    /// A new run that begins at a step of `old`; it begins with `Input::Resumed`. `plan` is the version that `old` went by, `journal`
    /// what it has written. Or why it cannot be.
    pub fn replay_from(
        old: &Run,
        id: RunId,
        plan: &Plan,
        step: &str,
        journal: &[Entry],
    ) -> Result<Run, String> {
        let at = plan.stands_alone(step)?;
        let own = journal.iter().filter(|entry| entry.rounds.is_empty());
        let taken = own.filter(|entry| entry.result != EntryResult::Skipped);
        let taken: BTreeSet<&str> = taken.map(|entry| &*entry.step).collect();
        if !taken.contains(step) {
            return Err(format!(
                "the run did not come to `{step}`, or skipped it: begin at a step that it took"
            ));
        }
        let (before, after) = plan.ops.split_at(at);
        // What a replay does not tell of, the run before it may have saved.
        let has_saved = |op: &&Op| old.late || taken.contains(plan.told_by(op));
        let kept = before.iter().filter(has_saved);
        let kept: BTreeSet<&str> = kept.flat_map(|op| plan.saves(op)).collect();
        let (mut saved, mut steps) = (old.saved.clone(), old.steps.clone());
        for op in after {
            for name in plan.saves(op) {
                if !kept.contains(name) {
                    saved.shift_remove(name);
                } else if taken.contains(plan.told_by(op)) {
                    let by = &op.id;
                    return Err(format!(
                        "`{by}` has saved `{name}` anew, and what it was before `{step}` is gone: begin at the step that saves it first"
                    ));
                }
            }
            steps.shift_remove(&op.id);
        }
        Ok(Run {
            cursor: Some(Cursor::new(step)),
            saved,
            steps,
            ..Run::replay(old, id, From::Start)
        })
    }
}

impl Plan {
    /// The place of a step that is no part of another one, or why it has none.
    pub fn stands_alone(&self, step: &str) -> Result<usize, String> {
        let at = self.index.get(step).copied();
        let at = at.ok_or_else(|| format!("the flow has no step `{step}`"))?;
        let block = self.ops[at].block;
        let around = self.around(block, None).unwrap_or_default();
        if let Some(outer) = around.last() {
            let outer = &outer.id;
            return Err(format!(
                "`{step}` stands inside of `{outer}`: begin at `{outer}`"
            ));
        }
        match self.blocks[block].owner {
            Owner::OnFailure => Err(format!(
                "`{step}` is a step of `on_failure`: begin at one of `steps`"
            )),
            _ => Ok(at),
        }
    }

    /// The names that a step leaves to the flow: what is saved inside of a loop ends with its item.
    fn saves<'p>(&'p self, op: &'p Op) -> impl Iterator<Item = &'p str> {
        let around = self.around(op.block, None).unwrap_or_default();
        let ends = around.iter().any(|op| matches!(op.kind, Kind::Each(_)));
        let named = match &op.kind {
            _ if ends => &[],
            Kind::Set(named) => named.as_slice(),
            Kind::Do(action) => &action.save,
            Kind::Flow(call) => &call.save,
            _ => &[],
        };
        named.iter().map(|(name, _)| name.as_str())
    }

    /// The step in whose name the run's own journal tells of `op`: branches write into journals of theirs.
    fn told_by<'p>(&'p self, op: &'p Op) -> &'p str {
        let around = self.around(op.block, None).unwrap_or_default();
        let is_parallel = |op: &&&Op| matches!(op.kind, Kind::Parallel(_));
        &around.iter().rev().find(is_parallel).unwrap_or(&op).id
    }
}
