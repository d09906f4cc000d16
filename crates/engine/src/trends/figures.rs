//! What the counters of a stretch of time come to.

use crate::engine::Inner;
use kernel::id::{FlowId, WorkspaceId};
use kernel::timeline::quantile;
use kernel::usage::{LATENCIES, Meter};
use std::ops::Range;
use std::time::Duration;
use store::tally::{Tally, TallyFilter};

/// More sums are not read: those of each meter, in each hour of a quarter of a year, are far fewer.
const MOST: u32 = 200_000;
const COUNTED: [Meter; 5] = [
    Meter::Events,
    Meter::CallsBegun,
    Meter::RunsBegun,
    Meter::RunsSucceeded,
    Meter::RunsFailed,
];

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    pub events: u64,
    pub calls: u64,
    /// Runs that are parts of others, and replays, are among them.
    pub begun: u64,
    pub succeeded: u64,
    pub failed: u64,
    /// How often the first action of a run was done so soon after what the run answers.
    waits: [u64; LATENCIES.len()],
}

impl Figures {
    pub(super) fn count(&mut self, tally: &Tally) {
        let Some(meter) = Meter::from_number(tally.meter) else {
            return;
        };
        let place = match meter {
            Meter::Events => Some(&mut self.events),
            Meter::CallsBegun => Some(&mut self.calls),
            Meter::RunsBegun => Some(&mut self.begun),
            Meter::RunsSucceeded => Some(&mut self.succeeded),
            Meter::RunsFailed => Some(&mut self.failed),
            other => {
                let mut waits = LATENCIES.iter().zip(&mut self.waits);
                let found = waits.find(|((_, meter), _)| *meter == other);
                found.map(|(_, count)| count)
            }
        };
        if let Some(place) = place {
            *place += tally.amount;
        }
    }

    pub(super) fn has_runs(&self) -> bool {
        self.begun + self.succeeded + self.failed > 0
    }

    /// How often it was measured how soon a first action was done.
    pub fn measured(&self) -> u64 {
        self.waits.iter().sum()
    }

    /// By how soon: at most so long, and longer than the one before; the last is any longer.
    pub fn histogram(&self) -> impl Iterator<Item = (Option<Duration>, u64)> + '_ {
        bounds().zip(self.waits.iter().copied())
    }

    /// How soon a first action was done in so large a share of the cases, estimated.
    pub fn latency(&self, share: f64) -> Option<Duration> {
        let bounds: Vec<Duration> = bounds().flatten().collect();
        quantile(&bounds, &self.waits, share)
    }
}

fn bounds() -> impl Iterator<Item = Option<Duration>> {
    let bound = |ms| (ms < u64::MAX).then(|| Duration::from_millis(ms));
    LATENCIES.iter().map(move |(ms, _)| bound(*ms))
}

impl Inner {
    /// All of these hours that is shown.
    pub(super) fn shown_counters(
        &self,
        workspace: WorkspaceId,
        hours: Range<i64>,
        flow: Option<FlowId>,
        agent: Option<String>,
    ) -> TallyFilter {
        let hour = |hour: i64| u32::try_from(hour.max(0)).unwrap_or(u32::MAX);
        let waits = LATENCIES.iter().map(|(_, meter)| *meter);
        let meters = COUNTED.into_iter().chain(waits);
        TallyFilter {
            workspace,
            from_hour: hour(hours.start),
            to_hour: hour(hours.end),
            flow,
            agent,
            destination: None,
            meters: meters.map(Meter::number).collect(),
            limit: MOST,
        }
    }
}
