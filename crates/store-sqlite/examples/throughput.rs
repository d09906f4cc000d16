//! How fast the store is alone, under the load of `store::load`.
//! Usage: `throughput [seconds] [tasks] [directory] [scattered] [look-up]`; prints units, CPU per pair and bytes on disk per event.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use store::Journal;
use store::load::{self, Plan};
use store_sqlite::Sqlite;

#[tokio::main(worker_threads = 2)]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let seconds = arguments.next().map_or(10, |s| s.parse().expect("seconds"));
    let tasks = arguments.next().map_or(64, |s| s.parse().expect("tasks"));
    let directory: PathBuf = arguments.next().map_or(
        std::env::temp_dir().join(format!("throughput-{}", std::process::id())),
        PathBuf::from,
    );
    let flags: Vec<String> = arguments.collect();
    let plan = Plan {
        seconds,
        tasks,
        is_scattered: flags.iter().any(|f| f == "scattered"),
        looks_up: flags.iter().any(|f| f == "look-up"),
    };
    let store = Arc::new(Sqlite::open(&directory).expect("open"));
    let report = load::run(store.clone(), plan).await;
    let stats = store.stats();
    let close = Instant::now();
    store.close().await;
    println!(
        "{report}, {:.1} units per batch (largest {}), {} bytes on disk per event, WAL {} MiB, close {:?}",
        stats.units as f64 / stats.batches as f64,
        stats.largest_batch,
        disk_bytes(&directory) / report.pairs.max(1),
        stats.wal_bytes >> 20,
        close.elapsed(),
    );
    std::fs::remove_dir_all(&directory).expect("remove the database");
}

fn disk_bytes(directory: &Path) -> u64 {
    let files = std::fs::read_dir(directory).expect("the directory");
    files
        .map(|file| file.and_then(|f| f.metadata()).map_or(0, |m| m.len()))
        .sum()
}
