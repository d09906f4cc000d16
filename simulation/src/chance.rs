//! Where everything that a seed decides comes from: SplitMix64. Nothing else in a simulation is random.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

pub struct Chance(AtomicU64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        // Seeds in a row begin far apart.
        Self(AtomicU64::new(
            mix(seed.wrapping_add(0x5851_f42d_4c95_7f2d)),
        ))
    }

    pub fn next(&self) -> u64 {
        const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
        mix(self
            .0
            .fetch_add(GOLDEN, Ordering::Relaxed)
            .wrapping_add(GOLDEN))
    }

    /// 0 up to, not including, `end`.
    pub fn below(&self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    pub fn index(&self, len: usize) -> usize {
        self.below(len as u64) as usize
    }

    /// So many times in a thousand.
    pub fn permille(&self, share: u64) -> bool {
        self.below(1000) < share
    }

    pub fn percent(&self, share: u64) -> bool {
        self.permille(share * 10)
    }

    pub fn pick<'a, T>(&self, from: &'a [T]) -> &'a T {
        &from[self.index(from.len())]
    }

    /// Whole milliseconds between these, both included.
    pub fn millis(&self, least: u64, most: u64) -> Duration {
        Duration::from_millis(least + self.below(most - least + 1))
    }

    pub fn bytes(&self) -> [u8; 16] {
        (u128::from(self.next()) << 64 | u128::from(self.next())).to_be_bytes()
    }
}

fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}
