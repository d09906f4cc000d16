//! PostgreSQL's own programs: where they are and as whom they run, for the server refuses to run as root.
//! Nothing here knows a cluster.

use anyhow::{Context, bail};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const ALL: [&str; 6] = ["initdb", "postgres", "pg_ctl", "psql", "createdb", "dropdb"];

#[derive(Clone, Debug)]
pub struct Programs {
    pub bin: PathBuf,
    /// User and group of the server, when they are not our own.
    pub user: Option<(u32, u32)>,
}

impl Programs {
    pub fn find() -> anyhow::Result<Self> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let bin = std::env::split_paths(&path)
            .chain(versions())
            // On PATH there may be links to some of them: the rest is where they lead.
            .filter_map(|bin| bin.join("initdb").canonicalize().ok())
            .filter_map(|initdb| initdb.parent().map(Path::to_owned))
            .find(|bin| ALL.iter().all(|name| bin.join(name).is_file()))
            .with_context(|| {
                format!(
                    "the programs of PostgreSQL ({}) are neither on PATH nor in /usr/lib/postgresql: \
                     `apt-get install postgresql`, or `./dev test`, which installs them where it may",
                    ALL.join(", ")
                )
            })?;
        Ok(Self {
            bin,
            user: unprivileged()?,
        })
    }

    /// A program that only talks to a server.
    pub fn client(&self, name: &str) -> Command {
        let mut command = Command::new(self.bin.join(name));
        // What a person has set for their own databases must not reach these.
        for (variable, _) in std::env::vars_os() {
            if variable.to_string_lossy().starts_with("PG") {
                command.env_remove(variable);
            }
        }
        command.stdin(Stdio::null());
        command
    }

    /// A program that works on the files of a cluster.
    pub fn server(&self, name: &str) -> Command {
        self.as_server(self.client(name))
    }

    /// Runs it as the server's user, out of reach of the terminal's Ctrl-C.
    pub fn as_server(&self, mut command: Command) -> Command {
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        // The working directory may be closed to that user.
        command.current_dir("/").process_group(0);
        command
    }
}

/// What it printed; an error says what it complained about.
pub fn output(command: &mut Command) -> anyhow::Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .with_context(|| format!("{name} cannot be started"))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!("{name} failed: {}", complaint.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// What `psql` prints for it, bare: a line per row, `|` between columns.
pub fn sql(url: &str, sql: &str) -> anyhow::Result<String> {
    query(&Programs::find()?, url, sql)
}

pub fn query(programs: &Programs, url: &str, sql: &str) -> anyhow::Result<String> {
    let options = ["-XAtq", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql];
    output(programs.client("psql").args(options))
}

/// A new database in the cluster at a URL without one; gives the URL with it.
pub fn create(programs: &Programs, cluster: &str, database: &str) -> anyhow::Result<String> {
    let mut command = programs.client("createdb");
    // Nobody can be connected to template0, which would be in the way.
    command.args(["--template=template0", "--maintenance-db"]);
    output(command.args([&format!("{cluster}/postgres"), database]))?;
    Ok(format!("{cluster}/{database}"))
}

/// Debian's places, the newest first.
fn versions() -> Vec<PathBuf> {
    let entries = std::fs::read_dir("/usr/lib/postgresql");
    let mut found: Vec<(u32, PathBuf)> = entries
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((number(&entry.path())?, entry.path().join("bin"))))
        .collect();
    found.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    found.into_iter().map(|(_, bin)| bin).collect()
}

fn number(path: &Path) -> Option<u32> {
    path.file_name()?.to_str()?.parse().ok()
}

fn unprivileged() -> anyhow::Result<Option<(u32, u32)>> {
    if id(&["-u"])? != 0 {
        return Ok(None);
    }
    for name in ["postgres", "nobody"] {
        if let (Ok(user), Ok(group)) = (id(&["-u", name]), id(&["-g", name])) {
            return Ok(Some((user, group)));
        }
    }
    bail!("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody")
}

fn id(args: &[&str]) -> anyhow::Result<u32> {
    Ok(output(Command::new("id").args(args))?.parse()?)
}
