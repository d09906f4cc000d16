//! How connections are opened: one that writes, some that read, one that checkpoints.

use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;
use store::{Error, Result};

/// A transaction dirties one page at the right edge of each tree: small ones keep the log small, larger were no faster.
const PAGE_BYTES: u32 = 4096;
/// How long a statement waits for another connection of this process: readers while the log is taken up at the start.
const BUSY: Duration = Duration::from_secs(30);
/// Past it the log is started anew, and its file is cut to it.
pub const WAL_BOUND: u64 = 64 << 20;

pub fn writer(path: &Path) -> Result<Connection> {
    let connection = open(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        8,
    )?;
    let set = |pragma: &str, value: &dyn rusqlite::ToSql| {
        connection
            .pragma_update(None, pragma, value)
            .map_err(unavailable)
    };
    set("page_size", &PAGE_BYTES)?;
    set("journal_mode", &"WAL")?;
    set("synchronous", &"FULL")?;
    set("wal_autocheckpoint", &0)?;
    // What is deleted is deleted: its bytes are overwritten where they stood.
    set("secure_delete", &"ON")?;
    set("journal_size_limit", &(WAL_BOUND as i64))?;
    Ok(connection)
}

pub fn reader(path: &Path) -> Result<Connection> {
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE, 2)?;
    connection
        .pragma_update(None, "query_only", true)
        .map_err(unavailable)?;
    Ok(connection)
}

pub fn checkpointer(path: &Path) -> Result<Connection> {
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE, 1)?;
    connection
        .pragma_update(None, "synchronous", "FULL")
        .map_err(unavailable)?;
    Ok(connection)
}

fn open(path: &Path, flags: OpenFlags, cache_mib: i64) -> Result<Connection> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)
        .map_err(|error| Error::Unavailable(format!("{}: {error}", path.display())))?;
    connection.busy_timeout(BUSY).map_err(unavailable)?;
    connection.set_prepared_statement_cache_capacity(64);
    for (pragma, value) in [
        ("temp_store", "MEMORY"),
        ("mmap_size", "0"),
        // Words are compared as they are, as everywhere else.
        ("case_sensitive_like", "ON"),
    ] {
        connection
            .pragma_update(None, pragma, value)
            .map_err(unavailable)?;
    }
    connection
        .pragma_update(None, "cache_size", -1024 * cache_mib)
        .map_err(unavailable)?;
    Ok(connection)
}

/// What the caller is told of an error of the database: nothing was kept, try again.
pub fn unavailable(error: rusqlite::Error) -> Error {
    use rusqlite::Error as E;
    match error {
        E::FromSqlConversionFailure(..)
        | E::InvalidColumnType(..)
        | E::IntegralValueOutOfRange(..) => Error::Corrupt(error.to_string()),
        error => Error::Unavailable(error.to_string()),
    }
}
