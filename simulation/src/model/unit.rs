//! A unit of the hot path: all checks first, then all rows, so that a refused unit has changed nothing.

use super::{Model, identity};
use store::journal::{CallPut, Committed, RunAdvance, RunRow, Unit};
use store::{Error, Result};

impl Model {
    pub fn commit(&mut self, unit: &Unit) -> Result<Committed> {
        if let Some(refused) = self.refuses(unit) {
            return Ok(refused);
        }
        self.refuses_repeats(unit)?;
        for put in &unit.calls {
            self.call_keys.insert(put.row.id, put.row.key);
            self.calls.insert(put.row.key, put.row.clone());
        }
        self.messages
            .extend(unit.messages.iter().map(|row| (row.id, row.clone())));
        self.events
            .extend(unit.events.iter().map(|row| (row.id, row.clone())));
        for run in &unit.runs {
            let epoch = if run.epoch == 0 {
                self.epoch(run.id.part())
            } else {
                run.epoch
            };
            self.runs.insert(
                run.id,
                RunRow {
                    epoch,
                    ..run.clone()
                },
            );
        }
        let epoch = unit.lease.as_ref().map_or(0, |lease| lease.epoch);
        for advance in &unit.advanced {
            self.advance(advance, epoch);
        }
        let entries = unit.entries.iter();
        self.entries
            .extend(entries.map(|entry| ((entry.run, entry.number), entry.body.clone())));
        self.timers.extend(unit.set_timers.iter().map(identity));
        for timer in &unit.clear_timers {
            self.timers.remove(&identity(timer));
        }
        unit.tallies.iter().for_each(|tally| self.tally(tally));
        Ok(Committed::Durable)
    }

    fn refuses(&self, unit: &Unit) -> Option<Committed> {
        let holds = |run: &RunAdvance| {
            unit.lease.as_ref().is_some_and(|lease| {
                let part = run.id.part();
                self.owner(part) == Some(&lease.node) && self.epoch(part) == lease.epoch
            })
        };
        if !unit.advanced.iter().all(holds) {
            return Some(Committed::Lost);
        }
        if let Some(put) = unit.calls.iter().find(|put| self.conflicts(put)) {
            let current = self.call(put.row.key).cloned();
            return Some(Committed::Conflict(current.map(Box::new)));
        }
        for (workspace, generation) in &unit.matched_with {
            let current = self.generation(*workspace);
            if current != *generation {
                return Some(Committed::Stale(*workspace, current));
            }
        }
        let is_old = |advance: &RunAdvance| {
            self.runs
                .get(&advance.id)
                .is_none_or(|run| run.version != advance.expect)
        };
        unit.advanced.iter().any(is_old).then_some(Committed::Lost)
    }

    fn conflicts(&self, put: &CallPut) -> bool {
        self.call(put.row.key).map(|row| row.version) != put.expect
    }

    /// A row that is there already is a mistake of whoever writes it: the unit fails, whole.
    fn refuses_repeats(&self, unit: &Unit) -> Result<()> {
        let repeats = unit
            .messages
            .iter()
            .any(|row| self.messages.contains_key(&row.id))
            || unit
                .events
                .iter()
                .any(|row| self.events.contains_key(&row.id))
            || unit.runs.iter().any(|row| self.runs.contains_key(&row.id))
            || unit
                .entries
                .iter()
                .any(|row| self.entries.contains_key(&(row.run, row.number)));
        if repeats {
            return Err(Error::Unavailable(
                "a row with this id is there already".into(),
            ));
        }
        Ok(())
    }

    fn advance(&mut self, to: &RunAdvance, epoch: u64) {
        let Some(run) = self.runs.get_mut(&to.id) else {
            return;
        };
        run.status = to.status;
        run.destination.clone_from(&to.destination);
        run.version += 1;
        run.epoch = epoch;
        run.state = to.state.clone();
        run.error.clone_from(&to.error);
        run.updated_at = to.updated_at;
        run.due_at = to.due_at;
    }
}
