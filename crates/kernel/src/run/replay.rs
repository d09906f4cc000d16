//! Doing a run again, as a new run. The root stays, so that a step whose request is the same goes out under the same key.

use super::{Cursor, Part, Run};
use crate::id::RunId;
use serde_json::Map;

/// Where a replay begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    Start,
    /// The step that failed, or at which the run was cancelled, with all that was saved before. A run without one begins at
    /// its start.
    FailedStep,
}

impl Run {
    /// A new run that does `old` again; it begins with `Input::Started`. A branch or an item cannot be done again by itself. A
    /// sub-flow keeps its inputs and the path of its keys; the run that called `old` does not wait for this one.
    pub fn replay(old: &Run, id: RunId, from: From) -> Run {
        let fresh = Run {
            root: old.root,
            parent: old
                .parent
                .clone()
                .filter(|parent| parent.part == Part::Flow),
            depth: old.depth,
            unsure: old.unsure.clone(),
            late: true,
            ..Run::new(id)
        };
        let failed = old
            .failure
            .as_ref()
            .map(|failure| &failure.step)
            .filter(|step| !step.is_empty());
        let failed_at = old.failed_at.as_deref().cloned();
        let cursor = failed_at.or_else(|| match failed {
            Some(step) => Some(Cursor::new(step)),
            None => old.cursor.clone().map(Cursor::afresh),
        });
        match (from, cursor) {
            (From::FailedStep, Some(cursor)) => {
                let mut steps: Map<_, _> = old.steps.clone();
                steps.shift_remove(&cursor.step);
                Run {
                    cursor: Some(cursor),
                    saved: old.saved.clone(),
                    steps,
                    ..fresh
                }
            }
            _ => fresh,
        }
    }
}
