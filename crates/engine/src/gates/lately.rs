//! What is added to a destination when people look at it, and read from the store then: how its attempts went in the last day, and
//! which run tries again soonest.

use super::{Destination, view::NextRetry};
use crate::attempts::OTHERS;
use crate::engine::Inner;
use kernel::id::WorkspaceId;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// So many runs that wait are looked at, the newest ones.
const MOST: u32 = 500;

impl Inner {
    /// Adds it to those that are known by their names, and those of which nothing else is known; of one alone where it is named.
    pub(super) async fn add_lately(
        &self,
        workspace: WorkspaceId,
        known: impl IntoIterator<Item = Destination>,
        only: Option<&str>,
    ) -> store::Result<Vec<Destination>> {
        let known = known.into_iter().map(|each| (each.name.clone(), each));
        let mut all: BTreeMap<Arc<str>, Destination> = known.collect();
        let counted = self.attempts_of_a_day(workspace, only).await?;
        // The sum of all others is no destination.
        for (name, attempts) in counted.into_iter().filter(|(name, _)| name != OTHERS) {
            named(&mut all, name).last_day = attempts;
        }
        let retries = self.next_retries(workspace).await?.into_iter();
        for (name, retry) in retries.filter(|(name, _)| only.is_none_or(|only| name == only)) {
            named(&mut all, name).next_retry = Some(retry);
        }
        Ok(all.into_values().collect())
    }

    async fn next_retries(
        &self,
        workspace: WorkspaceId,
    ) -> store::Result<HashMap<String, NextRetry>> {
        let mut soonest: HashMap<String, NextRetry> = HashMap::new();
        for found in self.store.retries(workspace, MOST).await? {
            let (at, run) = (found.due_at, found.run);
            let retry = NextRetry { at, run };
            let known = soonest
                .entry(found.destination)
                .or_insert_with(|| retry.clone());
            if at < known.at {
                *known = retry;
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
