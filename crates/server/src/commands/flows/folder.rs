//! The flows of a directory: every file directly in it that ends like one, in the order of their names. All that is wrong
//! with any of them is said at once.

use super::file::{self, FlowFile, Wrong};
use super::format::Format;
use anyhow::{Context, bail};
use kernel::Problem;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

const MAX_FILES: usize = 2_000;

/// The flows, or all problems.
pub fn read(dir: &Path) -> anyhow::Result<Result<Vec<FlowFile>, Vec<Wrong>>> {
    let (mut files, mut wrongs) = (Vec::new(), Vec::new());
    for path in paths(dir)? {
        match file::read(&path) {
            Ok(file) => files.push(file),
            Err(wrong) => wrongs.push(wrong),
        }
    }
    let mut first: HashMap<&str, &Path> = HashMap::new();
    for file in &files {
        if let Some(other) = first.insert(&file.key, &file.path) {
            let message = format!("{} has the key `{}` too", other.display(), file.key);
            wrongs.push(Wrong::of(&file.path, Problem::new("/key", message)));
        }
    }
    Ok(if wrongs.is_empty() {
        Ok(files)
    } else {
        Err(wrongs)
    })
}

/// The files that are flows by their names.
pub fn paths(dir: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let listed =
        std::fs::read_dir(dir).with_context(|| format!("{} cannot be read", dir.display()))?;
    let mut paths = Vec::new();
    for entry in listed {
        let path = entry?.path();
        let is_hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !is_hidden && Format::of(&path).is_some() {
            paths.push(path);
        }
        if paths.len() > MAX_FILES {
            bail!("{} holds more than {MAX_FILES} flows", dir.display());
        }
    }
    paths.sort();
    Ok(paths)
}
