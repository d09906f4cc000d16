//! The store on SQLite: one file, one writing thread with group commit, snapshots for readers; all of its SQL stands in
//! `queries/`. It commits what it is given or says why not, and acknowledges nothing that is not on disk.

mod archive;
mod catalog;
mod checkpoint;
mod connection;
mod directory;
mod filter;
mod journal;
mod migrate;
mod reader;
mod rows;
mod sql;
mod stats;
mod transfer;
mod writer;

pub use stats::Stats;

use directory::Directory;
use reader::Readers;
use stats::Counters;
use std::path::Path;
use std::sync::Arc;
use store::Result;
use writer::Writer;

pub struct Sqlite {
    writer: Writer,
    /// Single rows, for the hot path.
    points: Readers,
    /// Lists, which may take long.
    lists: Readers,
    counters: Arc<Counters>,
}

impl Sqlite {
    /// Opens the database in `directory`, making both if they are missing; refused while another process has it.
    pub fn open(directory: &Path) -> Result<Self> {
        Self::start(Directory::own(directory)?)
    }

    /// A database that is gone when it is closed, for tests.
    pub fn in_memory() -> Result<Self> {
        Self::start(Directory::scratch()?)
    }

    fn start(directory: Directory) -> Result<Self> {
        let database = directory.database();
        let counters = Arc::new(Counters::default());
        let writer = Writer::start(directory, counters.clone())?;
        let points = Readers::start(&database, "sqlite-read", 1, 64)?;
        let lists = Readers::start(&database, "sqlite-list", 2, 1)?;
        Ok(Self {
            writer,
            points,
            lists,
            counters,
        })
    }

    pub fn stats(&self) -> Stats {
        self.counters.read()
    }
}
