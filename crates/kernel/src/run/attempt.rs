//! A `try` step: its steps, and those of `catch` when one of them has failed for good. A `stop` is no failure to catch.

use super::advance::{Step, Walk};
use super::cursor::Body;
use super::{Entry, EntryKind, EntryResult};
use crate::flow::{Kind, Op};
use serde_json::json;

impl Walk<'_> {
    pub(super) fn attempt(&mut self, op: &Op, body: usize) -> Step {
        self.open(op, Body::Try);
        self.enter_block(body)
    }

    /// The steps to try are behind the run.
    pub(super) fn tried(&mut self, op: &Op) -> Step {
        if self.run.halted || self.run.failure.is_none() {
            self.shut();
            self.note_try(op, "try");
            return self.onward(op);
        }
        let frame = self.run.cursor.as_mut().and_then(|at| at.frames.last_mut());
        if let (Some(frame), Some(error)) = (frame, self.run.failure.take()) {
            let error = Box::new(error);
            frame.body = Body::Catch { error };
        }
        drop(self.run.set_aside());
        self.note_try(op, "catch");
        match op.kind {
            Kind::Try { catch, .. } => self.enter_block(catch),
            _ => self.caught(op),
        }
    }

    pub(super) fn caught(&mut self, op: &Op) -> Step {
        self.shut();
        self.onward(op)
    }

    fn note_try(&mut self, op: &Op, took: &str) {
        let entry = self.entry(&op.id, EntryKind::Try, EntryResult::Ok);
        self.write(Entry {
            detail: json!({ "took": took }),
            ..entry
        });
    }
}
