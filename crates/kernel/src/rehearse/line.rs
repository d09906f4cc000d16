//! One step of a rehearsal, as its run would have written it.

use crate::flow::OnUnknown;
use crate::run::{Entry, EntryKind, Failure, Perform, Retriable};
use std::time::Duration;

#[derive(Debug, Clone)]
pub struct Line {
    /// Whose step it is: sub-flows show theirs too.
    pub flow: String,
    pub entry: Entry,
}

impl Line {
    pub(super) fn new(flow: &str, entry: Entry) -> Self {
        Self {
            flow: flow.to_owned(),
            entry,
        }
    }

    /// How long a run would have waited here.
    pub fn waited(&self) -> Option<Duration> {
        let (from, to) = (self.entry.started_at, self.entry.ended_at);
        let waited = Duration::try_from(to.duration_since(from)).unwrap_or_default();
        (self.entry.kind == EntryKind::Wait).then_some(waited)
    }

    /// `leads/2/tell`: the step below the loops around it and their rounds.
    pub fn path(&self) -> String {
        let rounds = self.entry.rounds.iter();
        let rounds = rounds.map(|(step, round)| format!("{step}/{round}/"));
        rounds.chain([self.entry.step.clone()]).collect()
    }

    pub(super) fn weight(&self) -> usize {
        serde_json::to_vec(&self.entry).map_or(0, |json| json.len())
    }
}

/// Whether a run would make the same call again after this.
pub(super) fn is_tried_again(failure: &Failure, perform: &Perform) -> bool {
    match failure.retry {
        Retriable::Yes | Retriable::After(_) => true,
        Retriable::Unknown => perform.on_unknown == OnUnknown::Retry,
        Retriable::No | Retriable::Gone => false,
    }
}
