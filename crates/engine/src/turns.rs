//! Accepts of one call take turns on this node, so that two in one group commit never fold from the same row.

use tokio::sync::{Mutex, MutexGuard};

const STRIPES: usize = 4096;

pub(crate) struct Turns(Vec<Mutex<()>>);

impl Turns {
    pub fn new() -> Self {
        Self((0..STRIPES).map(|_| Mutex::new(())).collect())
    }

    /// Waits for the turn of all these calls; stripes are taken in order, so that two batches never wait for each other.
    pub async fn take(&self, keys: &[[u8; 16]]) -> Vec<MutexGuard<'_, ()>> {
        let mut stripes: Vec<usize> = keys
            .iter()
            .map(|key| usize::from(u16::from_be_bytes([key[14], key[15]])) % STRIPES)
            .collect();
        stripes.sort_unstable();
        stripes.dedup();
        let mut turns = Vec::with_capacity(stripes.len());
        for stripe in stripes {
            turns.push(self.0[stripe].lock().await);
        }
        turns
    }
}
