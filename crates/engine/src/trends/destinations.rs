//! How attempts went, by destination: over time, and in the last day.

use super::timeline::{Stretch, Timeline};
use crate::Refusal;
use crate::engine::Inner;
use kernel::id::WorkspaceId;
use kernel::quiet::hour;
use kernel::usage::{Attempts, attempts};
use std::collections::BTreeMap;
use std::ops::Range;
use store::Tally;
use store::tally::{By, TallyFilter};

/// The last hours that a list shows, beside the one that runs.
const DAY: i64 = 24;

fn count(attempts: &mut Attempts, tally: &Tally) {
    attempts.add(tally.meter, tally.amount);
}

impl Inner {
    pub(super) async fn attempts(
        &self,
        workspace: WorkspaceId,
        destination: &str,
        stretch: &Stretch,
    ) -> Result<Timeline<Attempts>, Refusal> {
        let filter = |hours| TallyFilter {
            destination: Some(destination.to_owned()),
            ..self.counted_attempts(workspace, hours)
        };
        let timeline = self.summed(stretch, filter, count).await?;
        let any = timeline.total != Attempts::default();
        if !any
            && self
                .destination_named(workspace, destination)
                .await?
                .is_none()
        {
            return Err(Refusal::NotFound("such destination"));
        }
        Ok(timeline)
    }

    /// Of each destination that anything was sent to in the last day.
    pub(crate) async fn attempts_of_a_day(
        &self,
        workspace: WorkspaceId,
    ) -> store::Result<BTreeMap<String, Attempts>> {
        let this = hour(self.stamp.now());
        let filter = self.counted_attempts(workspace, this - DAY..this + 1);
        let by = By {
            destination: true,
            ..By::default()
        };
        let mut all: BTreeMap<String, Attempts> = BTreeMap::new();
        for sum in self.store.tallies(&filter, by).await? {
            if let Some(destination) = &sum.destination {
                count(all.entry(destination.clone()).or_default(), &sum);
            }
        }
        Ok(all)
    }

    fn counted_attempts(&self, workspace: WorkspaceId, hours: Range<i64>) -> TallyFilter {
        TallyFilter {
            meters: attempts::numbers().collect(),
            ..self.shown_counters(workspace, hours, None, None)
        }
    }
}
