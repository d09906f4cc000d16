//! The command line, and on which databases a fault is run.

use std::fmt;
use std::path::PathBuf;

pub const USAGE: &str = "./dev faults [--long] [--only NAME …] [--store sqlite|postgres|both] [--old PATH] [--list]
  --long        at least 1,000 kills, 100,000 timers, long pauses (an hour or so; short: a few minutes)
  --only NAME   these faults alone; a name's beginning is enough
  --store WHICH both unless given
  --old PATH    a `switchhook` of the version before, to run beside the one that was built";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Sqlite => "SQLite",
            Kind::Postgres => "PostgreSQL",
        })
    }
}

#[derive(Debug, Default)]
pub struct Options {
    pub long: bool,
    pub list: bool,
    pub only: Vec<String>,
    pub stores: Vec<Kind>,
    pub old: Option<PathBuf>,
}

impl Options {
    pub fn read(args: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut args = args.peekable();
        let mut options = Self {
            stores: vec![Kind::Sqlite, Kind::Postgres],
            ..Self::default()
        };
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--long" => options.long = true,
                "--list" => options.list = true,
                "--only" => {
                    while let Some(name) = args.next_if(|arg| !arg.starts_with("--")) {
                        options.only.push(name);
                    }
                }
                "--store" => {
                    options.stores = match args.next().as_deref() {
                        Some("sqlite") => vec![Kind::Sqlite],
                        Some("postgres") => vec![Kind::Postgres],
                        Some("both") => options.stores,
                        _ => return Err("--store takes sqlite, postgres or both".into()),
                    }
                }
                "--old" => {
                    let path = args.next().ok_or("--old takes the path of a binary")?;
                    options.old = Some(path.into());
                }
                other => return Err(format!("there is no option `{other}`")),
            }
        }
        Ok(options)
    }

    /// Whether a fault of this name is to be run.
    pub fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| name.starts_with(only.as_str()))
    }
}
