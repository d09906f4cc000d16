//! What the writers have done since the store was opened, for metrics.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stats {
    /// Transactions.
    pub batches: u64,
    /// Units in them.
    pub units: u64,
    pub largest_batch: u64,
    /// Transactions done again because somebody else was faster.
    pub repeated: u64,
}

#[derive(Default)]
pub struct Counters {
    batches: AtomicU64,
    units: AtomicU64,
    largest_batch: AtomicU64,
    repeated: AtomicU64,
}

impl Counters {
    pub fn batch(&self, units: usize) {
        self.batches.fetch_add(1, Relaxed);
        self.units.fetch_add(units as u64, Relaxed);
        self.largest_batch.fetch_max(units as u64, Relaxed);
    }

    pub fn repeated(&self) {
        self.repeated.fetch_add(1, Relaxed);
    }

    pub fn read(&self) -> Stats {
        Stats {
            batches: self.batches.load(Relaxed),
            units: self.units.load(Relaxed),
            largest_batch: self.largest_batch.load(Relaxed),
            repeated: self.repeated.load(Relaxed),
        }
    }
}
