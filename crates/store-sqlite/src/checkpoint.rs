//! Checkpoints beside the writer, on a connection and a thread of their own, so that a commit never pays for one. The log is
//! bounded: past its bound the writer itself moves the last of it between two batches, and its next batch starts the log anew.
//! Neither ever waits for the other's lock: who waits for it by SQLite's means sleeps up to 100 ms at a time.

use crate::connection::{self, WAL_BOUND};
use crate::stats::Counters;
use rusqlite::Connection;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;
use store::{Error, Result};

const EVERY: Duration = Duration::from_millis(200);

pub struct Checkpoints {
    stop: Sender<()>,
    thread: JoinHandle<()>,
    is_due: Arc<AtomicBool>,
}

impl Checkpoints {
    /// For the writer, between two batches: moves what is left of a log that has become too long.
    pub fn catch_up(&self, writer: &Connection) {
        if self.is_due.swap(false, Relaxed)
            && let Err(error) = checkpoint(writer, "PASSIVE")
        {
            tracing::warn!(%error, "the write-ahead log could not be started anew");
        }
    }

    pub fn stop(self) {
        drop(self.stop);
        let _ = self.thread.join();
    }
}

pub fn start(database: &Path, counters: Arc<Counters>) -> Result<Checkpoints> {
    let connection = connection::checkpointer(database)?;
    let (stop, stopped) = channel();
    let is_due = Arc::new(AtomicBool::new(false));
    let due = is_due.clone();
    let thread = std::thread::Builder::new()
        .name("sqlite-checkpoint".into())
        .spawn(move || run(&connection, &stopped, &counters, &due))
        .map_err(|error| Error::Unavailable(format!("checkpoint thread: {error}")))?;
    Ok(Checkpoints {
        stop,
        thread,
        is_due,
    })
}

fn run(connection: &Connection, stopped: &Receiver<()>, counters: &Counters, is_due: &AtomicBool) {
    let mut seen = 0;
    while stopped.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
        let batches = counters.batches();
        if batches == seen {
            continue;
        }
        seen = batches;
        match shorten(connection, is_due) {
            Ok(bytes) => counters.wal(bytes),
            Err(error) => tracing::warn!(%error, "checkpoint"),
        }
    }
}

/// Returns the size of the log.
fn shorten(connection: &Connection, is_due: &AtomicBool) -> rusqlite::Result<u64> {
    let bytes = checkpoint(connection, "PASSIVE")?;
    if bytes > WAL_BOUND {
        // What came in during the first round, so that little is left for the writer.
        checkpoint(connection, "PASSIVE")?;
        is_due.store(true, Relaxed);
    }
    Ok(bytes)
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
