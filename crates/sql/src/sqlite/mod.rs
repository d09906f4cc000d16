//! SQLite files. A file is opened for one statement, whose author may do everything within it and nothing outside of it: no
//! other file, no setting, no end of our transaction. It blocks: a thread that may wait is the caller's to find.

mod place;
mod value;
mod wall;

pub use place::{locate, name_is_wrong};

use crate::answer::Rows;
use crate::{Answer, Bounds, Statement, Trouble, first_word};
use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::ffi::ErrorCode;
use rusqlite::{Batch, Connection, Error, OpenFlags};
use std::path::Path;
use std::time::{Duration, Instant};

/// Steps of SQLite's machine between two looks at the clock.
const STRIDE: i32 = 1_000;

/// Runs one statement in a transaction of its own; what fails has changed nothing.
pub fn run(path: &Path, statement: &Statement, bounds: Bounds) -> Result<Answer, Trouble> {
    let until = Instant::now() + bounds.time;
    let mut file = open(path, bounds.time).map_err(refused)?;
    within_transaction(&mut file, statement, bounds, until)
}

/// The tables and views of a file.
pub fn count_tables(path: &Path) -> Result<i64, Trouble> {
    let count = open(path, Duration::from_secs(5)).and_then(|file| {
        let count = "select count(*) from sqlite_schema where type in ('table', 'view')";
        file.query_row(count, [], |row| row.get(0))
    });
    count.map_err(refused)
}

fn open(path: &Path, time: Duration) -> rusqlite::Result<Connection> {
    // Symbolic links are refused by SQLite itself, at the moment of opening.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let file = Connection::open_with_flags(path, flags)?;
    file.busy_timeout(time)?;
    wall::raise(&file)?;
    Ok(file)
}

fn within_transaction(
    file: &mut Connection,
    statement: &Statement,
    bounds: Bounds,
    until: Instant,
) -> Result<Answer, Trouble> {
    let (begin, end) = match statement.writes {
        true => ("begin immediate", "commit"),
        false => ("pragma query_only = on; begin", "rollback"),
    };
    file.progress_handler(STRIDE, Some(move || Instant::now() > until))
        .map_err(refused)?;
    file.execute_batch(begin).map_err(refused)?;
    file.authorizer(Some(wall::judge)).map_err(refused)?;
    let answer = ask(file, statement, bounds)?;
    file.authorizer(None::<fn(rusqlite::hooks::AuthContext<'_>) -> _>)
        .map_err(refused)?;
    file.execute_batch(end).map_err(refused)?;
    Ok(answer)
}

fn ask(file: &Connection, statement: &Statement, bounds: Bounds) -> Result<Answer, Trouble> {
    let mut batch = Batch::new(file, &statement.text);
    let first = batch.next().map_err(refused)?;
    let Some(mut prepared) = first else {
        return Err(Trouble::Input("there is no statement".into()));
    };
    if !matches!(batch.next(), Ok(None)) {
        return Err(Trouble::refused(
            "there is more than one statement: each is a step of its own",
        ));
    }
    let (places, values) = (prepared.parameter_count(), &statement.values);
    if places != values.len() {
        return Err(Trouble::Input(crate::statement::miscounted(
            places,
            values.len(),
        )));
    }
    for (at, value) in values.iter().enumerate() {
        let bound = prepared.raw_bind_parameter(at + 1, value::bound(value));
        bound.map_err(refused)?;
    }
    let names: Vec<String> = prepared.column_names().map(str::to_owned).collect();
    let mut rows = Rows::new(names.iter().map(String::as_str), bounds);
    let mut found = prepared.raw_query();
    while let Some(row) = found.next().map_err(refused)? {
        rows.take(|at, _| row.get_ref(at).map(value::read).map_err(refused))?;
    }
    drop(found);
    drop(prepared);
    let rows = rows.done();
    let inserted = matches!(first_word(&statement.text).as_str(), "insert" | "replace");
    let insert_id = u64::try_from(file.last_insert_rowid()).ok();
    Ok(Answer {
        count: match names.is_empty() {
            true => file.changes(),
            false => rows.len() as u64,
        },
        rows,
        insert_id: insert_id.filter(|id| inserted && *id > 0),
    })
}

fn refused(error: Error) -> Trouble {
    let (code, message) = match &error {
        Error::SqliteFailure(cause, said) => (
            cause.code,
            said.clone().unwrap_or_else(|| cause.to_string()),
        ),
        Error::SqlInputError { error, msg, .. } => (error.code, msg.clone()),
        other => return Trouble::refused(other.to_string()),
    };
    match code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Trouble::Refused {
            message: format!("{message}: another statement holds the file"),
            again: true,
        },
        ErrorCode::OperationInterrupted => Trouble::Time(message),
        ErrorCode::AuthorizationForStatementDenied => Trouble::refused(format!(
            "{message}: a statement stays within its file, so no ATTACH, no PRAGMA, no transaction of its own"
        )),
        ErrorCode::ReadOnly => Trouble::refused(format!(
            "{message}: `sql.query` only reads, `sql.execute` takes any statement (or the file itself cannot be written)"
        )),
        ErrorCode::TooBig => Trouble::TooLarge(message),
        ErrorCode::NotADatabase | ErrorCode::CannotOpen => Trouble::NoDatabase(message),
        _ => Trouble::refused(message),
    }
}

#[cfg(test)]
mod tests;
