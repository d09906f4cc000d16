//! The directory in which steps may use files: never one through which they would reach the server's own.

use crate::config::Serve;
use anyhow::{Context, ensure};
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;

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
