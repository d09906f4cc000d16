//! What is added to a destination when people look at it, and read from the store then: how its attempts went in the last day, and
//! which run tries again soonest.

use super::{Destination, view::NextRetry};
use crate::engine::Inner;
use kernel::id::WorkspaceId;
use kernel::run::Status;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use store::archive::{Page, RunFilter};

/// So many runs that wait are looked at, the newest ones.
const MOST: u32 = 500;

impl Inner {
    /// Adds it to those that are known by their names, and those of which nothing else is known.
    pub(super) async fn add_lately(
        &self,
        workspace: WorkspaceId,
        known: Vec<Destination>,
    ) -> store::Result<Vec<Destination>> {
        let known = known.into_iter().map(|each| (each.name.clone(), each));
        let mut all: BTreeMap<Arc<str>, Destination> = known.collect();
        for (name, attempts) in self.attempts_of_a_day(workspace).await? {
            named(&mut all, name).last_day = attempts;
        }
        for (name, retry) in self.next_retries(workspace).await? {
            named(&mut all, name).next_retry = Some(retry);
        }
        Ok(all.into_values().collect())
    }

    async fn next_retries(
        &self,
        workspace: WorkspaceId,
    ) -> store::Result<HashMap<String, NextRetry>> {
        let filter = RunFilter {
            workspace: Some(workspace),
            statuses: vec![Status::Waiting],
            ..RunFilter::default()
        };
        let page = Page {
            before: None,
            limit: MOST,
        };
        let mut soonest: HashMap<String, NextRetry> = HashMap::new();
        for row in self.store.runs(&filter, page).await? {
            if let (Some(name), Some(at)) = (row.destination, row.due_at) {
                let retry = NextRetry { at, run: row.id };
                let known = soonest.entry(name).or_insert_with(|| retry.clone());
                if at < known.at {
                    *known = retry;
                }
            }
        }
        Ok(soonest)
    }
}

fn named(all: &mut BTreeMap<Arc<str>, Destination>, name: String) -> &mut Destination {
    let name: Arc<str> = name.into();
    let unseen = || Destination::unseen(name.clone());
    all.entry(name.clone()).or_insert_with(unseen)
}
