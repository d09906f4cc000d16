//! The files of a cluster: made by `initdb`, open to the user the server runs as, and removed again.
//! What is not an empty directory, or not a cluster, is never touched.

use crate::programs::{Programs, output};
use anyhow::{Context, bail, ensure};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Sets up a cluster whose superuser is `switchhook`; gives the whole path.
pub fn prepare(programs: &Programs, dir: &Path) -> anyhow::Result<PathBuf> {
    std::fs::create_dir_all(dir)?;
    let dir = dir.canonicalize()?;
    let shown = dir.display();
    ensure!(
        dir.read_dir()?.next().is_none(),
        "{shown} is not empty: a cluster needs a directory of its own"
    );
    if let Some((user, group)) = programs.user {
        chown(&dir, Some(user), Some(group))?;
        open_way(&dir)?;
        let mut enter = programs.as_server(Command::new("sh"));
        enter.args(["-c", "cd \"$1\"", "enter"]).arg(&dir);
        output(&mut enter).with_context(|| {
            format!(
                "PostgreSQL refuses to run as root, and user {user} may not enter {shown}: choose one below {}",
                std::env::temp_dir().display()
            )
        })?;
    }
    let mut initdb = programs.server("initdb");
    initdb.args(["--username=switchhook", "--auth=trust", "--no-sync"]);
    initdb.args(["--locale=C", "--encoding=UTF8"]);
    output(initdb.arg("--pgdata").arg(&dir))?;
    // initdb lets in this host alone; the listening address decides who gets as far as this.
    let access = dir.join("pg_hba.conf");
    let rules = std::fs::read_to_string(&access)? + "host all all samenet trust\n";
    std::fs::write(access, rules)?;
    Ok(dir)
}

/// Stops the cluster that was left running in a directory, and removes both.
pub fn remove(dir: &Path) -> anyhow::Result<()> {
    let dir = dir
        .canonicalize()
        .with_context(|| format!("{} is not there", dir.display()))?;
    if !dir.join("PG_VERSION").is_file() {
        bail!("{} is not a cluster's directory", dir.display());
    }
    if dir.join("postmaster.pid").is_file() {
        let mut stop = Programs::find()?.server("pg_ctl");
        stop.args(["stop", "--silent", "--mode=immediate", "--pgdata"]);
        output(stop.arg(&dir))?;
    }
    Ok(std::fs::remove_dir_all(dir)?)
}

/// A temporary directory is its owner's alone: what is below it lets others pass, though not look around.
fn open_way(dir: &Path) -> anyhow::Result<()> {
    let temporary = std::env::temp_dir().canonicalize()?;
    for parent in dir.ancestors().skip(1) {
        if parent == temporary || !parent.starts_with(&temporary) {
            break;
        }
        let mut permissions = parent.metadata()?.permissions();
        permissions.set_mode(permissions.mode() | 0o011);
        std::fs::set_permissions(parent, permissions)?;
    }
    Ok(())
}
