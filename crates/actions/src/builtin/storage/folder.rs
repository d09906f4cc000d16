//! Files in a folder of this server: written whole under another name, and renamed once they are on disk. Every folder on the
//! way is opened from the one before it, and none through a link.

use super::name::Name;
use rustix::fs::{AtFlags, Mode, OFlags, fsync, mkdirat, openat, renameat, unlinkat};
use rustix::io::Errno;
use std::fs::File;
use std::io::Write;
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;

const OPEN: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::CLOEXEC);

/// Why nothing was written, and whether it may go better later.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    pub(crate) message: String,
    pub(crate) passes: bool,
}

/// Puts a file at its name below `folder` of `root`; `key` tells one step from all others. Each attempt writes a draft of its
/// own, for one that was given up may still be writing; it then finds its draft gone.
pub(super) fn put(
    root: &Path,
    path: &Name,
    bytes: &[u8],
    key: &str,
    attempt: u32,
) -> Result<(), Trouble> {
    let (at, name) = parent(root, path)?;
    let draft = |attempt| draft_name(&format!("{key}a{attempt}"));
    for before in 1..attempt {
        let _ = unlinkat(&at, draft(before), AtFlags::empty());
    }
    let draft = draft(attempt);
    let written = write(&at, &draft, bytes).and_then(|()| renameat(&at, &draft, &at, name));
    if written.is_err() {
        let _ = unlinkat(&at, &draft, AtFlags::empty());
    }
    written
        .and_then(|()| fsync(&at))
        .map_err(|error| trouble(path.as_str(), error))
}

/// Whether a file could be put into a folder: one is written, and removed again.
pub(super) fn probe(root: &Path, folder: &Name, key: &str) -> Result<(), Trouble> {
    let at = enter(&open(root)?, folder.parts(), folder)?;
    let draft = draft_name(key);
    let written = write(&at, &draft, b"");
    let _ = unlinkat(&at, &draft, AtFlags::empty());
    written.map_err(|error| trouble(folder.as_str(), error))
}

fn draft_name(key: &str) -> String {
    let key: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
    format!(".{key}.part")
}

fn open(root: &Path) -> Result<OwnedFd, Trouble> {
    let opened = std::fs::create_dir_all(root)
        .and_then(|()| rustix::fs::open(root, OPEN, Mode::empty()).map_err(std::io::Error::from));
    opened.map_err(|error| Trouble {
        message: format!("the directory for files of this server cannot be opened: {error}"),
        passes: true,
    })
}

/// The folder that the file goes into, made where it is not there, and its name in it.
fn parent<'n>(root: &Path, path: &'n Name) -> Result<(OwnedFd, &'n str), Trouble> {
    let text = path.as_str();
    let (folders, name) = text.rsplit_once('/').unwrap_or(("", text));
    let folders = folders.split('/').filter(|part| !part.is_empty());
    Ok((enter(&open(root)?, folders, path)?, name))
}

fn enter<'p>(
    root: &OwnedFd,
    parts: impl Iterator<Item = &'p str>,
    path: &Name,
) -> Result<OwnedFd, Trouble> {
    let mut at = root.try_clone().map_err(|error| Trouble {
        message: error.to_string(),
        passes: true,
    })?;
    for part in parts {
        at = step(&at, part).map_err(|error| trouble(path.as_str(), error))?;
    }
    Ok(at)
}

fn step(at: &OwnedFd, part: &str) -> Result<OwnedFd, Errno> {
    let open = || openat(at, part, OPEN | OFlags::NOFOLLOW, Mode::empty());
    match open() {
        Err(Errno::NOENT) => {
            match mkdirat(at, part, Mode::from_raw_mode(0o750)) {
                Ok(()) => fsync(at)?,
                Err(Errno::EXIST) => {}
                Err(error) => return Err(error),
            }
            open()
        }
        opened => opened,
    }
}

fn write(at: &OwnedFd, name: &str, bytes: &[u8]) -> Result<(), Errno> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let create = || openat(at.as_fd(), name, flags, Mode::from_raw_mode(0o640));
    let file = match create() {
        // What an attempt left that did not live to rename it.
        Err(Errno::EXIST) => {
            unlinkat(at, name, AtFlags::empty())?;
            create()?
        }
        created => created?,
    };
    let mut file = File::from(file);
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map_err(|error| Errno::from_io_error(&error).unwrap_or(Errno::IO))
}

fn trouble(path: &str, error: Errno) -> Trouble {
    let (why, passes) = match error {
        Errno::LOOP | Errno::NOTDIR => (
            "a folder on its way is a link or a file; nothing is written through links".to_owned(),
            false,
        ),
        Errno::ISDIR | Errno::NOTEMPTY | Errno::EXIST => {
            ("there is a folder of this name".to_owned(), false)
        }
        Errno::ACCESS | Errno::PERM | Errno::ROFS => (
            "this server may not write there: correct the directory's permissions".to_owned(),
            false,
        ),
        Errno::NAMETOOLONG => ("the name is too long for the file system".to_owned(), false),
        Errno::NOSPC | Errno::DQUOT => ("the disk is full".to_owned(), true),
        other => (std::io::Error::from(other).to_string(), true),
    };
    Trouble {
        message: format!("`{path}` cannot be written: {why}"),
        passes,
    }
}

#[cfg(test)]
mod tests;
