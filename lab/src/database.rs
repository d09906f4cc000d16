//! An empty database for one test: in the cluster that is there for the whole run, else in one of this process.
//! No two calls give the same; nobody has to drop them, they go with their cluster.

use crate::cluster::Cluster;
use crate::options::Options;
use crate::programs::{self, Programs};
use crate::watchdog::Files;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::SystemTime;

/// The URL of a cluster, without database.
const SHARED: &str = "SWITCHHOOK_TEST_POSTGRES";

/// A static is never dropped: its watchdog ends the cluster.
static OWN: LazyLock<Cluster> = LazyLock::new(|| {
    let dir = tempfile::Builder::new().prefix("switchhook-lab-").tempdir();
    let dir = dir.expect("tests may write temporary files").keep();
    Cluster::begin(&dir, Options::for_tests(), Files::Remove).unwrap_or_else(|e| panic!("{e:#}"))
});

/// The URL of a fresh, empty database. Panics where there can be none: a test has no other way.
#[track_caller]
pub fn database() -> String {
    let shared = std::env::var(SHARED).ok().filter(|url| !url.is_empty());
    let cluster = shared.unwrap_or_else(|| OWN.base());
    let created = Programs::find()
        .and_then(|programs| programs::create(&programs, cluster.trim_end_matches('/'), &name()));
    created.unwrap_or_else(|e| panic!("no database for this test: {e:#}"))
}

/// Processes and runs share a cluster.
fn name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let now = SystemTime::UNIX_EPOCH.elapsed();
    let now = now.expect("the clock is past 1970").as_millis();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("test_{now}_{}_{count}", std::process::id())
}
