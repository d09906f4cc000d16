//! The branches, items and sub-flows of a run, at any depth, and what runs have written into their journals.

use crate::errors::Result;
use kernel::id::{EventId, RunId};
use kernel::run::{Entry, Parent, Run};
use std::collections::HashMap;
use store::Store;
use store::archive::{Page, RunFilter};
use store::journal::RunRow;

const PAGE: u32 = 500;
/// How many runs of one event are looked at.
const MOST: usize = 4_000;
/// How many runs one request looks at, and how many journals of theirs it reads.
const BUDGET: usize = 10_000;

pub struct Part {
    pub id: RunId,
    /// Where the run itself has begun it, or what it is a part of.
    pub top: Parent,
}

/// What one request has found out about the runs of events.
pub struct Families<'s> {
    store: &'s dyn Store,
    /// The parents of an event's runs that have one; `None`: there are too many.
    known: HashMap<EventId, Option<HashMap<RunId, Parent>>>,
    left: usize,
}

impl<'s> Families<'s> {
    pub fn new(store: &'s dyn Store) -> Self {
        Self {
            store,
            known: HashMap::new(),
            left: BUDGET,
        }
    }

    /// `None`: there are too many, of this run or in this request.
    pub async fn parts(&mut self, row: &RunRow) -> Result<Option<Vec<Part>>> {
        if self.left == 0 {
            return Ok(None);
        }
        if !self.known.contains_key(&row.event) {
            let parents = self.read(row).await?;
            self.known.insert(row.event, parents);
        }
        let parents = self.known.get(&row.event).and_then(Option::as_ref);
        let parts = parents.map(|parents| below(row.id, parents));
        let Some(parts) = parts else { return Ok(None) };
        Ok(self.spend(parts.len()).then_some(parts))
    }

    /// `false`: it is more than what is left; then nothing is left, and nothing more is looked at.
    fn spend(&mut self, looked_at: usize) -> bool {
        let left = self.left.checked_sub(looked_at);
        self.left = left.unwrap_or(0);
        left.is_some()
    }

    async fn read(&mut self, row: &RunRow) -> Result<Option<HashMap<RunId, Parent>>> {
        let filter = RunFilter {
            workspace: Some(row.workspace),
            event: Some(row.event),
            ..RunFilter::default()
        };
        let (mut parents, mut seen, mut before) = (HashMap::new(), 0, None);
        loop {
            let limit = PAGE;
            let page = self.store.runs(&filter, Page { before, limit }).await?;
            seen += page.len();
            before = page.last().map(|last| last.id);
            // A sub-flow that is done again by itself is a part of nothing.
            let begun = page.iter().filter(|other| other.replay_of.is_none());
            let with_parent = begun.filter_map(|other| {
                let run: Run = serde_json::from_slice(&other.state).ok()?;
                Some((other.id, *run.parent?))
            });
            parents.extend(with_parent);
            if !self.spend(page.len()) {
                return Ok(None);
            }
            if page.len() < PAGE as usize {
                return Ok(Some(parents));
            }
            if seen >= MOST {
                return Ok(None);
            }
        }
    }
}

fn below(run: RunId, parents: &HashMap<RunId, Parent>) -> Vec<Part> {
    let part = |id: &RunId| {
        let mut top = parents.get(id)?;
        // Nothing is a part of itself, so this ends.
        while top.run != run {
            top = parents.get(&top.run)?;
        }
        let top = top.clone();
        Some(Part { id: *id, top })
    };
    parents.keys().filter_map(part).collect()
}

pub async fn entries(store: &dyn Store, run: RunId) -> Result<Vec<Entry>> {
    let found = store.entries(run).await?;
    let read = found
        .iter()
        .filter_map(|entry| serde_json::from_slice(&entry.body).ok());
    Ok(read.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn parts_of_parts_belong_to_the_step_of_the_run_itself() {
        let id = |n: u64| RunId::new(n, 0, [n as u8; 16]);
        let parent = |run: u64, step: &str| -> Parent {
            let parent =
                json!({ "run": id(run), "part": "branch", "step": step, "number": 0, "above": [] });
            serde_json::from_value(parent).unwrap()
        };
        let parents = HashMap::from([
            (id(2), parent(1, "fork")),
            (id(3), parent(2, "inner")),
            (id(9), parent(8, "elsewhere")),
        ]);
        let mut found: Vec<_> = below(id(1), &parents)
            .into_iter()
            .map(|part| (part.id, part.top.step))
            .collect();
        found.sort();
        assert_eq!(
            found,
            [(id(2), "fork".to_owned()), (id(3), "fork".to_owned())]
        );
    }
}
