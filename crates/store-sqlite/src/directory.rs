//! The data directory: made if missing, owned by one process at a time through a lock that ends with the process.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use store::{Error, Result};

pub struct Directory {
    path: PathBuf,
    _lock: File,
    scratch: bool,
}

impl Directory {
    pub fn own(path: &Path) -> Result<Self> {
        Self::lock(path, false)
    }

    /// A directory of its own that goes with the store; in memory where the system has such a place.
    pub fn scratch() -> Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let memory = Path::new("/dev/shm");
        let root = if memory.is_dir() {
            memory.into()
        } else {
            std::env::temp_dir()
        };
        loop {
            let n = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = root.join(format!("switchhook-{}-{n}", std::process::id()));
            match fs::create_dir(&path) {
                Ok(()) => return Self::lock(&path, true),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(unavailable(&path, error)),
            }
        }
    }

    fn lock(path: &Path, scratch: bool) -> Result<Self> {
        fs::create_dir_all(path).map_err(|error| unavailable(path, error))?;
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.join("lock"))
            .map_err(|error| unavailable(path, error))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path: path.into(),
                _lock: lock,
                scratch,
            }),
            Err(TryLockError::WouldBlock) => Err(Error::InUse(format!(
                "the data directory {} is in use by another process",
                path.display()
            ))),
            Err(TryLockError::Error(error)) => Err(unavailable(path, error)),
        }
    }

    pub fn database(&self) -> PathBuf {
        self.path.join("switchhook.db")
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        if self.scratch {
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

fn unavailable(path: &Path, error: std::io::Error) -> Error {
    Error::Unavailable(format!("data directory {}: {error}", path.display()))
}
