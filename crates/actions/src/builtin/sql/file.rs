//! Statements in SQLite files: beside the work of all others, a few at a time, and never longer than the step has.

use super::{Trail, connection, outcome};
use crate::builtin::Call;
use crate::connection::Connection;
use crate::failure::{Code, Fault};
use ::sql::{Answer, Bounds, Statement, Trouble, sqlite};
use kernel::run::Failure;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Statements at once: each takes a thread.
const MOST: usize = 8;

pub(super) struct Files(Arc<Semaphore>);

impl Default for Files {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(MOST)))
    }
}

impl Files {
    pub(super) async fn run(
        &self,
        statement: Statement,
        bounds: Bounds,
        call: &Call<'_>,
        trail: &mut Trail,
    ) -> Result<Answer, Failure> {
        let connection = connection(call)?;
        let path = find(connection, call)?;
        let place = self.0.clone().acquire_owned().await;
        let place = place.expect("it is never closed");
        let bounds = Bounds {
            time: outcome::left(call),
            ..bounds
        };
        // From here on it goes on without us, and may end well.
        trail.in_doubt = statement.writes;
        let work = tokio::task::spawn_blocking(move || {
            let _place = place;
            sqlite::run(&path, &statement, bounds)
        });
        let done = work.await;
        trail.in_doubt = false;
        let done = done.unwrap_or_else(|lost| Err(Trouble::Broken(lost.into())));
        done.map_err(|trouble| outcome::failure(&trouble, &connection.name, false))
    }
}

fn find(connection: &Connection, call: &Call<'_>) -> Result<PathBuf, Fault> {
    let directory = call.directory()?;
    let found = sqlite::locate(&directory, connection.text("file"));
    found.map_err(|why| {
        let folder = call.surroundings.folder();
        let folder = folder.map_or_else(String::new, |folder| format!(", folder `{folder}`"));
        Code::SqlRefused.because(format!(
            "{why} (in the server's directory for files, --files{folder})"
        ))
    })
}

pub(super) async fn try_out(connection: &Connection, call: &Call<'_>) -> Result<String, Fault> {
    let path = find(connection, call)?;
    let counted = tokio::task::spawn_blocking(move || sqlite::count_tables(&path)).await;
    let counted = counted.unwrap_or_else(|lost| Err(Trouble::Broken(lost.into())));
    let file = connection.text("file");
    match counted {
        Ok(1) => Ok(format!("`{file}` is an SQLite database with one table")),
        Ok(count) => Ok(format!(
            "`{file}` is an SQLite database with {count} tables"
        )),
        Err(trouble) => Err(Code::SqlRefused.because(format!("`{file}`: {trouble}"))),
    }
}
