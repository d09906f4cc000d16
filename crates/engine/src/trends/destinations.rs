//! How attempts went, by destination: over time, and in the last day.

use super::timeline::{Stretch, Timeline};
use crate::Refusal;
use crate::attempts::OTHERS;
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
        self.summed(stretch, filter, count).await
    }

    /// Whether it is one, and anything was sent to it as far back as counters are kept.
    pub(crate) async fn is_counted(
        &self,
        workspace: WorkspaceId,
        destination: &str,
    ) -> store::Result<bool> {
        if destination == OTHERS {
            return Ok(false);
        }
        let filter = TallyFilter {
            destination: Some(destination.to_owned()),
            limit: 1,
            ..self.counted_attempts(workspace, 0..hour(self.stamp.now()) + 1)
        };
        Ok(!self.store.tallies(&filter, By::default()).await?.is_empty())
    }

    /// Of each destination that anything was sent to in the last day, or of one alone.
    pub(crate) async fn attempts_of_a_day(
        &self,
        workspace: WorkspaceId,
        only: Option<&str>,
    ) -> store::Result<BTreeMap<String, Attempts>> {
        let this = hour(self.stamp.now());
        let filter = TallyFilter {
            destination: only.map(str::to_owned),
            ..self.counted_attempts(workspace, this - DAY..this + 1)
        };
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
