//! Checkpoints beside the writer, on a connection and a thread of their own, so that a commit never pays for one. The log is
//! bounded: past its bound a checkpoint holds the writer for the moment it takes to start the log anew.

use crate::connection;
use crate::stats::Counters;
use rusqlite::Connection;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;
use store::{Error, Result};

const EVERY: Duration = Duration::from_millis(500);
const WAL_BOUND: u64 = 256 << 20;

pub struct Checkpoints {
    stop: Sender<()>,
    thread: JoinHandle<()>,
}

impl Checkpoints {
    pub fn stop(self) {
        drop(self.stop);
        let _ = self.thread.join();
    }
}

pub fn start(database: &Path, counters: Arc<Counters>) -> Result<Checkpoints> {
    let connection = connection::checkpointer(database)?;
    let (stop, stopped) = channel();
    let thread = std::thread::Builder::new()
        .name("sqlite-checkpoint".into())
        .spawn(move || run(&connection, &stopped, &counters))
        .map_err(|error| Error::Unavailable(format!("checkpoint thread: {error}")))?;
    Ok(Checkpoints { stop, thread })
}

fn run(connection: &Connection, stopped: &Receiver<()>, counters: &Counters) {
    let mut seen = 0;
    while stopped.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
        let batches = counters.batches();
        if batches == seen {
            continue;
        }
        seen = batches;
        match checkpoint(connection, "PASSIVE") {
            Ok(bytes) if bytes > WAL_BOUND => {
                // A second round takes what came in during the first, so that the writer is held for little.
                let restarted = checkpoint(connection, "PASSIVE")
                    .and_then(|_| checkpoint(connection, "RESTART"));
                if let Err(error) = restarted {
                    tracing::warn!(%error, bytes, "the write-ahead log could not be restarted");
                }
                counters.wal(bytes);
            }
            Ok(bytes) => counters.wal(bytes),
            Err(error) => tracing::warn!(%error, "checkpoint"),
        }
    }
}

/// Moves the whole log into the database and empties it.
pub fn finish(connection: &Connection) -> rusqlite::Result<()> {
    checkpoint(connection, "TRUNCATE").map(|_| ())
}

/// Returns the size of the log.
fn checkpoint(connection: &Connection, mode: &str) -> rusqlite::Result<u64> {
    let page: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    let mut frames = 0;
    connection.pragma(None, "wal_checkpoint", mode, |row| {
        frames = row.get::<_, i64>(1)?;
        Ok(())
    })?;
    Ok(frames.max(0) as u64 * page as u64)
}
