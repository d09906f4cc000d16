//! Where a replay begins, in the run's own journal: what it wrote before stays, and what it wrote from there on is done anew, with all that
//! its step has begun.

use crate::shapes::run::around;
use kernel::run::{Body, Cursor, Entry, From, Parent, Run};
use store::journal::RunRow;

pub struct Place {
    /// The first of the run's entries that are done anew.
    pub first: usize,
}

impl Place {
    /// `None`: a replay begins at the start.
    pub fn of(row: &RunRow, own: &[Entry]) -> Option<Self> {
        let run: Run = serde_json::from_slice(&row.state).ok()?;
        let cursor = Run::replay(&run, run.id, From::FailedStep).cursor?;
        Some(Self::at(&cursor, own))
    }

    /// A step that is no part of another one; `None`: the run did not take it.
    pub fn step(step: &str, own: &[Entry]) -> Option<Self> {
        let is_there = |entry: &Entry| match entry.rounds.first() {
            None => entry.step == step,
            Some((around, _)) => around == step,
        };
        let first = own.iter().position(is_there)?;
        Some(Self { first })
    }

    fn at(cursor: &Cursor, own: &[Entry]) -> Self {
        let loops = cursor.frames.iter().filter_map(|frame| match &frame.body {
            Body::Each(each) => Some((frame.step.clone(), each.index)),
            _ => None,
        });
        let rounds: Vec<_> = loops.collect();
        let is_there = |entry: &Entry| match entry.rounds.strip_prefix(&rounds[..]) {
            // The step itself, or one inside of it: it is a loop.
            Some([]) => entry.step == cursor.step,
            Some([(step, _), ..]) => *step == cursor.step,
            None => false,
        };
        let first = own.iter().position(is_there).unwrap_or(own.len());
        Self { first }
    }

    /// Whether the step that began a part was over before: it is written down when all its parts have ended.
    pub fn keeps(&self, own: &[Entry], part: &Parent) -> bool {
        let rounds = around(part.part, &part.above);
        let mut before = own[..self.first].iter();
        before.any(|entry| entry.step == part.step && entry.rounds == rounds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn entry(step: &str, rounds: &[(&str, u32)]) -> Entry {
        let at = "2026-11-20T17:30:05Z";
        let entry = json!({ "number": 0, "step": step, "rounds": rounds, "kind": "do", "attempt": 1, "result": "ok",
            "started_at": at, "ended_at": at });
        serde_json::from_value(entry).unwrap()
    }

    fn cursor(step: &str, within: Option<(&str, u32)>) -> Cursor {
        let frame = |(step, index)| {
            let each = json!({ "since": "2026-11-20T17:30:05Z", "name": "item", "items": [1, 2], "index": index, "ok": 0, "failed": 0 });
            json!({ "step": step, "body": { "each": each } })
        };
        let frames: Vec<_> = within.into_iter().map(frame).collect();
        serde_json::from_value(json!({ "step": step, "frames": frames })).unwrap()
    }

    #[test]
    fn what_a_run_wrote_before_the_step_that_failed_is_kept() {
        let own = [
            entry("find", &[]),
            entry("tell", &[("each", 0)]),
            entry("tell", &[("each", 1)]),
            entry("tell", &[("each", 1)]),
            entry("always", &[]),
        ];
        let first = |step, within| Place::at(&cursor(step, within), &own).first;
        assert_eq!(first("tell", Some(("each", 1))), 2);
        // A loop that failed as a whole is taken anew with all its items.
        assert_eq!(first("each", None), 1);
        assert_eq!(first("find", None), 0);
    }

    #[test]
    fn parts_of_the_step_that_failed_are_done_anew_and_those_of_steps_before_it_are_not() {
        let own = [entry("first", &[]), entry("second", &[])];
        let failed = Place::at(&cursor("second", None), &own);
        let part = |step: &str, part: &str, above: &[(&str, u32)]| -> Parent {
            let id = kernel::id::RunId::new(1, 0, [7; 16]);
            let parent = json!({ "run": id, "part": part, "step": step, "number": 0, "above": above, "given": {} });
            serde_json::from_value(parent).unwrap()
        };
        assert!(failed.keeps(&own, &part("first", "branch", &[])));
        assert!(failed.keeps(&own, &part("first", "item", &[("first", 0)])));
        assert!(!failed.keeps(&own, &part("second", "branch", &[])));
        assert!(!failed.keeps(&own, &part("second", "flow", &[("second", 0)])));
    }
}
