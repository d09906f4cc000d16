//! What all faults of a run share: the binary under test, and one PostgreSQL that is started when the first fault wants it.

use crate::options::Options;
use anyhow::Context;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard};

pub struct Lab {
    pub binary: PathBuf,
    /// The version before, where one was given.
    pub old: Option<PathBuf>,
    pub long: bool,
    cluster: Mutex<Option<Running>>,
    databases: AtomicU32,
}

struct Running {
    cluster: lab::Cluster,
    /// Removed after the cluster has ended.
    _dir: tempfile::TempDir,
}

/// The shared cluster, held so that nobody else stops it meanwhile.
pub struct Held<'a>(MutexGuard<'a, Option<Running>>);

impl Lab {
    pub fn new(options: &Options) -> anyhow::Result<Self> {
        Ok(Self {
            binary: bench::process::switchhook()?,
            old: options.old.clone(),
            long: options.long,
            cluster: Mutex::new(None),
            databases: AtomicU32::new(0),
        })
    }

    /// `short` cycles, or `long` ones when the long form was asked for.
    pub fn cycles(&self, short: usize, long: usize) -> usize {
        if self.long { long } else { short }
    }

    pub fn cluster(&self) -> anyhow::Result<Held<'_>> {
        let mut running = self.cluster.lock().expect("no holder panics");
        if running.is_none() {
            let dir = tempfile::Builder::new()
                .prefix("switchhook-faults-")
                .tempdir()?;
            let cluster = lab::Cluster::start(&dir.path().join("cluster"))?;
            *running = Some(Running { cluster, _dir: dir });
        }
        Ok(Held(running))
    }

    /// The URL of a fresh, empty database.
    pub fn database(&self) -> anyhow::Result<String> {
        let name = format!("fault_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.cluster()?.create(&name).context("a database")
    }

    /// Ends what is shared.
    pub fn close(&self) {
        *self.cluster.lock().expect("no holder panics") = None;
    }
}

impl std::ops::Deref for Held<'_> {
    type Target = lab::Cluster;
    fn deref(&self) -> &lab::Cluster {
        &self.0.as_ref().expect("it was started").cluster
    }
}

impl std::ops::DerefMut for Held<'_> {
    fn deref_mut(&mut self) -> &mut lab::Cluster {
        &mut self.0.as_mut().expect("it was started").cluster
    }
}
