//! The directories for files: the one that steps may use, never one through which they would reach the server's own, and the one
//! for copies of recordings.

use crate::config::Serve;
use anyhow::{Context, ensure};
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::time::Duration;

/// Made unless it is there; beside a database of several nodes only where it is asked for.
pub fn directory(options: &Serve) -> anyhow::Result<PathBuf> {
    let below_data = || options.data.join("files");
    let directory = options.files.clone().unwrap_or_else(below_data);
    if options.files.is_none() && options.database.is_some() {
        return Ok(directory);
    }
    let shown = directory.display();
    let made = std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&directory);
    made.with_context(|| format!("the directory for files, {shown}, cannot be made"))?;
    let whole = directory.canonicalize()?;
    let holds_data = options
        .data
        .canonicalize()
        .is_ok_and(|data| data.starts_with(&whole));
    ensure!(
        !holds_data,
        "--files {shown} is the data directory or holds it, and steps must not reach that: leave the option out for {}, or choose a directory elsewhere",
        below_data().display()
    );
    Ok(whole)
}

/// Of a part of a copy that nobody writes any more.
const STALE: Duration = Duration::from_secs(24 * 3600);

/// Made with the first copy. Parts that an earlier process left are removed: all where nobody else writes there, else the stale.
pub fn recordings(options: &Serve) -> anyhow::Result<PathBuf> {
    // Below the data directory of a database that is ours nobody else can be writing.
    let is_ours = options.recordings.is_none() && options.database.is_none();
    let given = options.recordings.clone();
    let directory = given.unwrap_or_else(|| options.data.join("recordings"));
    let files = options
        .files
        .as_ref()
        .and_then(|files| files.canonicalize().ok());
    let is_open = directory
        .canonicalize()
        .is_ok_and(|whole| files.is_some_and(|files| whole.starts_with(files)));
    ensure!(
        !is_open,
        "--recordings {} is below --files, where steps could change copies: choose a directory elsewhere",
        directory.display()
    );
    for part in std::fs::read_dir(directory.join(".parts"))
        .into_iter()
        .flatten()
        .flatten()
    {
        let written = part.metadata().and_then(|known| known.modified());
        let is_stale = written.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > STALE));
        if is_ours || is_stale {
            let _ = std::fs::remove_file(part.path());
        }
    }
    Ok(directory)
}
