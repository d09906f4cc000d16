//! `switchhook flows export|plan|apply|test`: flows as files, one each, named by their keys, so that they can live in git and move
//! from workspace to workspace.

mod apply;
mod canonical;
mod export;
pub mod file;
mod folder;
mod format;
mod plan;
mod remote;
mod test;

use crate::config::Target;
use clap::Subcommand;
pub use format::Format;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Command {
    /// Write every published flow into a directory, one file each.
    Export {
        /// Made if it is not there. Files of flows that the server does not have are left alone.
        dir: PathBuf,
        #[arg(long, value_enum, default_value = "json")]
        format: Format,
        #[command(flatten)]
        target: Target,
    },
    /// Say what `apply` would do (with `--json` also whether it would do anything); exit 1: it would be refused.
    Plan {
        /// The .json, .yaml and .yml files directly in it are flows.
        dir: PathBuf,
        /// Count flows that have no file as to be deleted.
        #[arg(long)]
        prune: bool,
        #[command(flatten)]
        target: Target,
    },
    /// Make the server's flows as the files say; nothing is changed while any file has problems.
    Apply {
        /// The .json, .yaml and .yml files directly in it are flows.
        dir: PathBuf,
        /// Delete flows that have no file.
        #[arg(long)]
        prune: bool,
        /// Delete without asking.
        #[arg(long, short)]
        yes: bool,
        /// What the list of versions says about the new ones, e.g. a commit.
        #[arg(long, default_value = "flows apply")]
        note: String,
        #[command(flatten)]
        target: Target,
    },
    /// Run the test cases that stand in flows' files under `cases` (works offline, sends nothing).
    Test {
        /// JSON or YAML, one flow each; they may be one another's sub-flows.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

pub async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Export {
            dir,
            format,
            target,
        } => export::run(&dir, format, target).await,
        Command::Plan { dir, prune, target } => plan::run(&dir, prune, target).await,
        Command::Apply {
            dir,
            prune,
            yes,
            note,
            target,
        } => apply::run(&dir, apply::How { prune, yes, note }, target).await,
        Command::Test { files, json } => test::run(&files, json).await,
    }
}
