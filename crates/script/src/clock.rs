//! How long code has been computing: time of this thread's own, so that a busy node cuts nobody short, and a bound on the
//! time that passes meanwhile.

use crate::PATIENCE;
use rustix::time::{ClockId, clock_gettime};
use std::cell::Cell;
use std::time::{Duration, Instant};

pub(crate) struct Clock {
    began: Instant,
    computed: Duration,
    limit: Duration,
    late: Cell<bool>,
}

impl Clock {
    pub(crate) fn start(limit: Duration) -> Self {
        Self {
            began: Instant::now(),
            computed: computed(),
            limit,
            late: Cell::new(false),
        }
    }

    /// Once late, always late.
    pub(crate) fn is_late(&self) -> bool {
        if !self.late.get() {
            let late = computed().saturating_sub(self.computed) >= self.limit
                || self.began.elapsed() >= self.limit * PATIENCE;
            self.late.set(late);
        }
        self.late.get()
    }

    pub(crate) fn was_late(&self) -> bool {
        self.late.get()
    }
}

fn computed() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}
