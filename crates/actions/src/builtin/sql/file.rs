//! Statements in SQLite files: beside the work of all others, a few at a time, and never longer than the step has.

use super::{Trail, connection, outcome};
use crate::builtin::Call;
use crate::connection::Connection;
use crate::failure::{Code, Fault};
use ::sql::sqlite::{self, Course};
use ::sql::{Answer, Bounds, Statement, Trouble};
use kernel::run::Failure;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// Statements at once: each takes a thread.
const MOST: usize = 8;
/// Of them, in one workspace's folder.
const MOST_OF_ONE: usize = 2;
const ALL_IN_USE: &str =
    "too many statements in SQLite files are under way on this node: do less at once";

pub(super) struct Files {
    places: Arc<Semaphore>,
    folders: Mutex<Vec<(PathBuf, Arc<Semaphore>)>>,
}

impl Default for Files {
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(MOST)),
            folders: Mutex::default(),
        }
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
        trail.waits = Some(ALL_IN_USE);
        let never = "places are never closed";
        let folder = self.folder(call.directory()?);
        // First its own, so that nobody holds a place of all while waiting.
        let places = [
            folder.acquire_owned().await.expect(never),
            self.places.clone().acquire_owned().await.expect(never),
        ];
        trail.waits = None;
        let bounds = Bounds {
            time: outcome::left(call),
            ..bounds
        };
        let course = Arc::<Course>::default();
        trail.course = Some(course.clone());
        let work = tokio::task::spawn_blocking(move || {
            let _places = places;
            sqlite::run(&path, &statement, bounds, &course)
        });
        let done = work.await;
        let done = done.unwrap_or_else(|lost| Err(Trouble::Broken(lost.into())));
        done.map_err(|trouble| outcome::failure(&trouble, &connection.name, false))
    }

    fn folder(&self, directory: PathBuf) -> Arc<Semaphore> {
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, places)) = folders.iter().find(|(known, _)| *known == directory) {
            return places.clone();
        }
        // Of those nobody uses none is missed.
        folders.retain(|(_, places)| Arc::strong_count(places) > 1);
        let places = Arc::new(Semaphore::new(MOST_OF_ONE));
        folders.push((directory, places.clone()));
        places
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
