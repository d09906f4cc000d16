//! What everything in one simulation shares: its chance, its store, its trace, and what was found wrong first.

use crate::chance::Chance;
use crate::host::EPOCH_S;
use crate::model::Model;
use crate::trace::Trace;
use crate::weather::{Sky, Weather};
use kernel::Timestamp;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use store::journal::Hint;
use tokio::sync::{Notify, broadcast};
use tokio::time::Instant;

/// More calls than any seed needs: somebody asks in a circle.
const MOST_CALLS: u64 = 100_000;

pub struct Universe {
    pub chance: Chance,
    pub sky: Sky,
    pub trace: Trace,
    pub hints: broadcast::Sender<Hint>,
    pub began: Instant,
    model: Mutex<Model>,
    calls: AtomicU64,
    late: [AtomicU64; 3],
    fault: Mutex<Option<String>>,
    found: Notify,
}

impl Universe {
    pub fn new(seed: u64, weather: Weather, is_read: bool) -> Self {
        Self {
            chance: Chance::new(seed),
            sky: Sky::new(weather),
            trace: Trace::new(is_read),
            hints: broadcast::channel(16).0,
            began: Instant::now(),
            model: Mutex::default(),
            calls: AtomicU64::new(0),
            late: Default::default(),
            fault: Mutex::default(),
            found: Notify::new(),
        }
    }

    pub fn model(&self) -> MutexGuard<'_, Model> {
        self.model.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the store's clock shows: it is never off.
    pub fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH + Duration::from_secs(EPOCH_S as u64) + self.began.elapsed()
    }

    /// Something is not as it must be. Only what is found first is told: the rest may follow from it.
    pub fn wrong(&self, what: impl Into<String>) {
        let mut fault = self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        if fault.is_none() {
            let what = what.into();
            self.trace.note(0, "WRONG", &[], format_args!("{what}"));
            *fault = Some(what);
        }
        self.found.notify_one();
    }

    pub fn fault(&self) -> Option<String> {
        self.fault
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Returns once something was found wrong.
    pub async fn goes_wrong(&self) {
        while self.fault().is_none() {
            self.found.notified().await;
        }
    }

    /// Counts a call to the store; `false`: there were too many, and this one must not be answered.
    pub fn count_call(&self) -> bool {
        let calls = self.calls.fetch_add(1, Ordering::Relaxed);
        if calls == MOST_CALLS {
            self.wrong(format!(
                "the store was asked more than {MOST_CALLS} times: somebody asks in a circle"
            ));
        }
        calls < MOST_CALLS
    }

    /// How long the store took to say what is left of a limit (0), to write what was taken of it (1), or that something is
    /// given out which must not be done twice (2).
    pub fn was_late(&self, which: usize, took: Duration) {
        self.late[which].fetch_max(took.as_millis() as u64 + 1, Ordering::Relaxed);
    }

    /// The longest that all of it took.
    pub fn late(&self) -> Duration {
        let late = self.late.iter().map(|late| late.load(Ordering::Relaxed));
        Duration::from_millis(late.sum())
    }

    /// The longest between giving out and doing what must not be done twice.
    pub fn intended(&self) -> Duration {
        Duration::from_millis(self.late[2].load(Ordering::Relaxed))
    }

    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }
}
