//! What the machine can do at most: one durable append, and one HTTP exchange.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

/// 4 KiB appends with fdatasync per second.
pub fn syncs_per_s(dir: &Path) -> anyhow::Result<f64> {
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(dir.join("limit"))?;
    let (started, mut count) = (Instant::now(), 0);
    while started.elapsed() < Duration::from_secs(2) {
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        count += 1;
    }
    Ok(f64::from(count) / started.elapsed().as_secs_f64())
}
