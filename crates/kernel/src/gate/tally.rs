//! How calls went lately: counts over the last five to ten minutes.

use super::{Tick, Verdict};
use std::time::Duration;

const WINDOW: Duration = Duration::from_secs(300);

#[derive(Debug, Clone, Default)]
pub struct Tally {
    began: Tick,
    /// Well and not, in this window and the one before.
    counts: [(u64, u64); 2],
}

impl Tally {
    pub fn count(&mut self, verdict: Verdict, now: Tick) {
        self.counts = self.at(now);
        self.began = now - Duration::from_nanos((now.as_nanos() % WINDOW.as_nanos()) as u64);
        let (well, not) = &mut self.counts[0];
        match verdict {
            Verdict::Well => *well += 1,
            Verdict::Refused | Verdict::Failed | Verdict::Asked(_) => *not += 1,
            Verdict::Nothing => {}
        }
    }

    pub fn sums(&self, now: Tick) -> (u64, u64) {
        let [(well, not), (well_before, not_before)] = self.at(now);
        (well + well_before, not + not_before)
    }

    fn at(&self, now: Tick) -> [(u64, u64); 2] {
        let passed = now.saturating_sub(self.began);
        match passed {
            _ if passed < WINDOW => self.counts,
            _ if passed < WINDOW * 2 => [(0, 0), self.counts[0]],
            _ => [(0, 0); 2],
        }
    }
}
