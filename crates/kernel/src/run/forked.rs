//! What a step knows about its children while it waits for them.

use super::cursor::{Each, Fork};
use super::refusal::Refusal;
use super::{Failure, Status, kept};
use crate::Timestamp;
use crate::flow::OnError;
use serde_json::{Map, Value};
use std::time::Duration;

impl Fork {
    pub(super) fn new(
        since: Timestamp,
        total: u32,
        each: Option<Each>,
        given: Map<String, Value>,
    ) -> Self {
        Self {
            since,
            alive: Vec::new(),
            next: 0,
            total,
            enough: false,
            halted: false,
            cancelled: false,
            failure: None,
            given,
            saved: Vec::new(),
            steps: Map::new(),
            each,
        }
    }

    /// Whether no further child is begun and those alive are to end.
    pub(super) fn is_stopping(&self, on_error: OnError) -> bool {
        self.halted || (self.failure.is_some() && on_error == OnError::Stop)
    }

    /// When the last one is to begin though others are alive; `None`: it is not its turn, or nothing is in its way.
    pub(super) fn last_begins_at(&self, within: Option<Duration>) -> Option<Timestamp> {
        let is_its_turn = self.next + 1 == self.total && !self.alive.is_empty();
        let within = within.filter(|_| is_its_turn)?;
        Some(self.since.checked_add(within).unwrap_or(Timestamp::MAX))
    }

    /// What children have given back, in the order of their numbers: of one name, the last counts.
    pub(super) fn given_back(&self) -> impl Iterator<Item = (&String, &Value)> {
        let mut saved: Vec<_> = self.saved.iter().collect();
        saved.sort_by_key(|(number, _)| *number);
        saved.into_iter().flat_map(|(_, saved)| saved)
    }

    /// Keeps what a child gives back.
    pub(super) fn keep(
        &mut self,
        number: u32,
        status: Status,
        saved: Map<String, Value>,
        steps: Map<String, Value>,
    ) -> Result<(), Refusal> {
        let Some(each) = &mut self.each else {
            self.steps.extend(steps);
            self.saved.push((number, saved));
            return Ok(());
        };
        match status {
            Status::Succeeded => each.collect(number, saved),
            _ => Ok(()),
        }
    }

    /// Takes back what was kept last: with it the run has too much.
    pub(super) fn drop_last(&mut self, number: u32) -> Option<Refusal> {
        let kept = match &mut self.each {
            Some(each) => &mut each.collected,
            None => &mut self.saved,
        };
        kept.pop_if(|(last, _)| *last == number)?;
        Some(kept::run_too_large())
    }

    /// A child counts as what became of it. Of several failures the one of the first child is told.
    pub(super) fn count(&mut self, number: u32, status: Status, failure: Option<Failure>) {
        if let Some(each) = &mut self.each {
            let size = u32::try_from(each.group(number).len()).unwrap_or(u32::MAX);
            match (&failure, status) {
                (Some(_), _) => each.failed += size,
                (None, Status::Succeeded) => each.ok += size,
                (None, _) => {}
            }
        }
        if let Some(failure) = failure
            && self
                .failure
                .as_ref()
                .is_none_or(|(first, _)| number < *first)
        {
            self.failure = Some((number, failure));
        }
    }
}
