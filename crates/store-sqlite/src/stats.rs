//! What the writer has done since it was opened, for metrics.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stats {
    /// Transactions.
    pub batches: u64,
    /// Pieces of work in them.
    pub units: u64,
    pub largest_batch: u64,
    /// Size of the write-ahead log when it was last looked at.
    pub wal_bytes: u64,
}

#[derive(Default)]
pub struct Counters {
    batches: AtomicU64,
    units: AtomicU64,
    largest_batch: AtomicU64,
    wal_bytes: AtomicU64,
}

impl Counters {
    pub fn batch(&self, units: usize) {
        self.batches.fetch_add(1, Relaxed);
        self.units.fetch_add(units as u64, Relaxed);
        self.largest_batch.fetch_max(units as u64, Relaxed);
    }

    pub fn batches(&self) -> u64 {
        self.batches.load(Relaxed)
    }

    pub fn wal(&self, bytes: u64) {
        self.wal_bytes.store(bytes, Relaxed);
    }

    pub fn read(&self) -> Stats {
        Stats {
            batches: self.batches(),
            units: self.units.load(Relaxed),
            largest_batch: self.largest_batch.load(Relaxed),
            wal_bytes: self.wal_bytes.load(Relaxed),
        }
    }
}
