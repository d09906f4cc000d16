//! `switchhook flows test`: flows as files.

mod format;
mod test;

use clap::Subcommand;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Command {
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
        Command::Test { files, json } => test::run(&files, json).await,
    }
}
