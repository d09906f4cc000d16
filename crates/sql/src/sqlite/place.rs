//! Where a file may lie: below one directory, by a plain path on which there is no symbolic link.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

const LONGEST: usize = 200;

/// What is wrong with a file's name, whatever there is on the disk.
pub fn name_is_wrong(name: &str) -> Option<String> {
    let plain = |part: Component<'_>| match part {
        Component::Normal(part) => !part.to_string_lossy().starts_with('.'),
        _ => false,
    };
    let well = !name.is_empty()
        && name.len() <= LONGEST
        && !name.chars().any(|c| c.is_control() || c == '\\')
        && !name.ends_with('/')
        && !name.contains("//")
        && Path::new(name).components().all(plain);
    (!well).then(|| {
        format!(
            "{name:?} is no file name: it lies below the directory for files, such as `crm.db` or `shop/crm.db`, without `..` and hidden parts"
        )
    })
}

/// The file of that name in a directory, if it is there.
pub fn locate(directory: &Path, name: &str) -> Result<PathBuf, String> {
    if let Some(wrong) = name_is_wrong(name) {
        return Err(wrong);
    }
    // The way to the directory is the operator's: links on it are followed once, here.
    let mut path = directory
        .canonicalize()
        .map_err(|_| format!("there is no file `{name}`"))?;
    let mut parts = Path::new(name).components().peekable();
    while let Some(part) = parts.next() {
        path.push(part);
        let found = std::fs::symlink_metadata(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => format!("there is no file `{name}`"),
            _ => format!("the file `{name}` cannot be read: {}", error.kind()),
        })?;
        let fits = match parts.peek() {
            Some(_) => found.is_dir(),
            None => found.is_file(),
        };
        if !fits {
            return Err(format!(
                "`{name}` is not a plain file: links, devices and directories are not opened"
            ));
        }
    }
    Ok(path)
}
