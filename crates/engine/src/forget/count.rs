//! What there is about a number, before anything is removed.

use super::{Number, Removed};
use crate::Refusal;
use crate::engine::Inner;
use kernel::id::WorkspaceId;
use std::collections::BTreeSet;
use store::archive::{CallFilter, Page};

const PAGE: u32 = 100;
/// So many calls are counted, and more are said to be.
const MOST: usize = 1_000;
const MOST_RUNS: u32 = 1_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub removed: Removed,
    /// There are more calls than were counted.
    pub more: bool,
    /// Runs that are not final, and would be cancelled.
    pub cancelled: u64,
}

impl Inner {
    pub(super) async fn count_about(
        &self,
        workspace: WorkspaceId,
        number: &Number,
    ) -> Result<Found, Refusal> {
        let mut found = Found {
            removed: self.others_about(workspace, number, false).await?,
            more: false,
            cancelled: 0,
        };
        let mut seen = BTreeSet::new();
        for form in number.forms() {
            let filter = CallFilter {
                workspace: Some(workspace),
                number: Some(form.to_owned()),
                ..CallFilter::default()
            };
            let mut before = None;
            loop {
                let page = Page {
                    before,
                    limit: PAGE,
                };
                let calls = self.store.calls(&filter, page).await?;
                before = calls.last().map(|call| call.id);
                seen.extend(calls.iter().map(|call| call.id));
                if calls.len() < PAGE as usize {
                    break;
                }
                if seen.len() >= MOST {
                    found.more = true;
                    break;
                }
            }
        }
        for call in seen {
            found.removed.calls += 1;
            let runs = store::archive::RunFilter {
                workspace: Some(workspace),
                call: Some(call),
                ..Default::default()
            };
            let page = Page {
                before: None,
                limit: MOST_RUNS,
            };
            let runs = self.store.runs(&runs, page).await?;
            found.removed.runs += runs.len() as u64;
            let live = runs.iter().filter(|run| !run.status.is_final());
            found.cancelled += live.count() as u64;
            let page = Page {
                before: None,
                limit: MOST_RUNS,
            };
            let events = self.store.events(workspace, Some(call), page).await?;
            found.removed.events += events.len() as u64;
            found.removed.recordings += self.copies(workspace, call).await?.len() as u64;
        }
        Ok(found)
    }
}
