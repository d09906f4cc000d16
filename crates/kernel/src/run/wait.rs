//! A `wait` step: when it ends is decided once, when the run comes to it. Woken too early, the run sleeps on.

use super::advance::{Step, Walk};
use super::cursor::Body;
use super::refusal::Refusal;
use super::{Entry, EntryKind, EntryResult, Next, Status, kept};
use crate::Timestamp;
use crate::flow::{Op, Wait};
use crate::lang::Report;
use serde_json::json;

impl Walk<'_> {
    pub(super) fn wait(&mut self, op: &Op, wait: &Wait) -> Step {
        let now = self.context.now;
        let own = self.run.cursor.as_ref().and_then(|cursor| cursor.own());
        let (since, until) = match own {
            Some(Body::Wait { since, until }) => (*since, *until),
            _ => {
                let mut report = Report::default();
                let until = wait.until(now, &self.view(), &mut report);
                let warnings = kept::missing(report);
                match until {
                    Ok(until) => {
                        self.run.missing = warnings;
                        self.open(op, Body::Wait { since: now, until });
                        (now, until)
                    }
                    Err((code, message)) => {
                        let refusal = Refusal::new(code, message);
                        return self.refuse(op, EntryKind::Wait, refusal, warnings);
                    }
                }
            }
        };
        if until > now {
            self.run.status = Status::Waiting;
            return Step::Halt(Next::Sleep { until });
        }
        self.shut();
        self.waited(op, since, until);
        self.onward(op)
    }

    fn waited(&mut self, op: &Op, since: Timestamp, until: Timestamp) {
        let entry = self.entry(&op.id, EntryKind::Wait, EntryResult::Ok);
        let warnings = std::mem::take(&mut self.run.missing);
        self.write(Entry {
            started_at: since,
            detail: json!({ "until": until }),
            warnings,
            ..entry
        });
    }
}
