//! The server's directory for recordings. A file is written under a name that no copy has, and renamed once it is on disk, so
//! that what breaks off leaves no copy; its parts are removed by the next attempt, and by the next start.

use crate::builtin::storage::Trouble;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

const PARTS: &str = ".parts";
/// What came inside messages, and waits for its step.
const ARRIVED: &str = ".arrived";
/// So long it does.
const LASTS: Duration = Duration::from_secs(24 * 3600);

#[derive(Clone)]
pub(crate) struct Drawer(PathBuf);

impl Drawer {
    pub(crate) fn new(directory: Option<&Path>) -> Result<Self, Trouble> {
        let none = || refused("this server has no directory for recordings", false);
        Ok(Self(directory.ok_or_else(none)?.to_owned()))
    }

    /// A new file for one attempt; what earlier ones of the same step have left is removed.
    pub(crate) fn part(&self, key: &str, attempt: u32) -> Result<(File, PathBuf), Trouble> {
        let key: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
        let parts = self.0.join(PARTS);
        make(&parts)?;
        let named = |attempt| parts.join(format!("{key}a{attempt}"));
        for before in 1..=attempt {
            let _ = fs::remove_file(named(before));
        }
        let path = named(attempt);
        let mut new = OpenOptions::new();
        new.read(true).write(true).create_new(true).mode(0o600);
        let file = new.open(&path).map_err(trouble)?;
        Ok((file, path))
    }

    /// Gives a part its place.
    pub(crate) fn keep(&self, part: &Path, path: &str) -> Result<(), Trouble> {
        let place = self.place(path)?;
        let folder = place.parent().unwrap_or(&self.0);
        make(folder)?;
        fs::rename(part, &place).map_err(trouble)?;
        sync(folder)
    }

    /// Gives a part its place among what waits for a step.
    pub(super) fn lay_down(&self, part: &Path, name: &str) -> Result<(), Trouble> {
        let place = self.arrived(name)?;
        let folder = self.0.join(ARRIVED);
        make(&folder)?;
        fs::rename(part, place).map_err(trouble)?;
        sync(&folder)
    }

    /// What waits under this name.
    pub(super) fn laid(&self, name: &str) -> Result<Option<File>, Trouble> {
        match File::open(self.arrived(name)?) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            opened => opened.map(Some).map_err(trouble),
        }
    }

    pub(crate) fn take_away(&self, name: &str) -> Result<(), Trouble> {
        gone(fs::remove_file(self.arrived(name)?))
    }

    /// Removes what no step has taken for a day.
    pub(super) fn remove_stale(&self) {
        let waiting = fs::read_dir(self.0.join(ARRIVED)).into_iter().flatten();
        let paths = waiting.flatten().map(|entry| entry.path());
        for path in paths.filter(|path| is_stale(path)) {
            let _ = fs::remove_file(path);
        }
    }

    fn arrived(&self, name: &str) -> Result<PathBuf, Trouble> {
        Ok(self.0.join(ARRIVED).join(plain(name)?))
    }

    /// A copy, to be read from there on.
    pub(crate) fn open(&self, path: &str, from: u64) -> Result<File, Trouble> {
        let mut file = File::open(self.place(path)?).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => refused(
                "the file of this copy is not in this server's directory for recordings: nodes that share a database need one directory that they share, or a bucket",
                false,
            ),
            _ => trouble(error),
        })?;
        file.seek(SeekFrom::Start(from)).map_err(trouble)?;
        Ok(file)
    }

    /// One that is not there is removed.
    pub(crate) fn remove(&self, path: &str) -> Result<(), Trouble> {
        gone(fs::remove_file(self.place(path)?))
    }

    fn place(&self, path: &str) -> Result<PathBuf, Trouble> {
        path.split('/').try_for_each(|part| plain(part).map(drop))?;
        Ok(self.0.join(path))
    }
}

fn plain(part: &str) -> Result<&str, Trouble> {
    let is_plain = part.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_');
    match is_plain && !part.is_empty() {
        true => Ok(part),
        false => Err(refused("the copy has no name of ours", false)),
    }
}

/// Whether nobody needs it any more.
fn is_stale(path: &Path) -> bool {
    let written = path.metadata().and_then(|known| known.modified());
    written.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > LASTS))
}

fn sync(folder: &Path) -> Result<(), Trouble> {
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(trouble)
}

/// What is not there is removed.
fn gone(removed: io::Result<()>) -> Result<(), Trouble> {
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(trouble(error)),
        _ => Ok(()),
    }
}

fn make(folder: &Path) -> Result<(), Trouble> {
    let made = fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder);
    made.map_err(trouble)
}

pub(super) fn refused(message: &str, passes: bool) -> Trouble {
    Trouble {
        message: message.to_owned(),
        passes,
    }
}

pub(super) fn trouble(error: io::Error) -> Trouble {
    let (why, passes) = match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => (
            "this server may not write there: correct the directory's permissions".to_owned(),
            false,
        ),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            ("the disk is full".into(), true)
        }
        _ => (error.to_string(), true),
    };
    refused(&format!("the directory for recordings: {why}"), passes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_part_becomes_a_copy_or_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let drawer = Drawer::new(Some(dir.path())).unwrap();
        let (mut file, _) = drawer.part("k-1", 1).unwrap();
        file.write_all(b"half").unwrap();
        let (mut file, part) = drawer.part("k-1", 2).unwrap();
        file.write_all(b"whole").unwrap();
        assert!(drawer.open("ws_1/rec_1", 0).is_err());
        drawer.keep(&part, "ws_1/rec_1").unwrap();
        let mut text = String::new();
        io::Read::read_to_string(&mut drawer.open("ws_1/rec_1", 2).unwrap(), &mut text).unwrap();
        assert_eq!(text, "ole");
        assert_eq!(fs::read_dir(dir.path().join(PARTS)).unwrap().count(), 0);
        drawer.remove("ws_1/rec_1").unwrap();
        drawer.remove("ws_1/rec_1").unwrap();
        assert!(drawer.open("ws_1/rec_1", 0).is_err());
    }

    #[test]
    fn no_name_leads_out_of_the_directory() {
        let dir = tempfile::tempdir().unwrap();
        let drawer = Drawer::new(Some(dir.path())).unwrap();
        for path in [
            "",
            "..",
            "../x",
            "/etc/passwd",
            "a//b",
            "a/./b",
            ".parts/x",
            "a\0b",
        ] {
            assert!(drawer.open(path, 0).is_err(), "{path:?}");
            assert!(drawer.remove(path).is_err(), "{path:?}");
        }
    }
}
