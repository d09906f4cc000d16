//! `switchhook recipes list|show|install|export|import|test`: flows with holes, to start from and to hand on.

mod install;
mod pass;
mod show;
mod test;

use super::flows::Format;
use crate::config::Target;
use clap::Subcommand;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Command {
    /// The recipes there are: one's own, then those that come with the server.
    List {
        /// Part of the name, key or description.
        #[arg(long)]
        search: Option<String>,
        /// Only this one: crm, communication, calendar, support, webhooks, data, live, alerts, other.
        #[arg(long)]
        category: Option<String>,
        #[command(flatten)]
        target: Target,
    },
    /// What a recipe does and asks for.
    Show {
        /// Its key or id.
        recipe: String,
        #[command(flatten)]
        target: Target,
    },
    /// Make a flow of a recipe; it is off until it is switched on.
    Install {
        /// Its key or id.
        recipe: String,
        /// NAME=VALUE (repeatable); a list is separated by commas.
        #[arg(long = "input", value_name = "NAME=VALUE")]
        inputs: Vec<String>,
        /// A JSON or YAML file with inputs by name; `--input` wins over it.
        #[arg(long = "inputs", value_name = "FILE")]
        file: Option<PathBuf>,
        /// Switch the flow on at once.
        #[arg(long)]
        enable: bool,
        /// Print the flow and what is wrong with it, and keep nothing; exit 1: it would be refused.
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        target: Target,
    },
    /// Write a recipe into a file.
    Export {
        /// Its key or id.
        recipe: String,
        /// Ends in .json, .yaml or .yml; standard output where there is none.
        file: Option<PathBuf>,
        /// Of standard output.
        #[arg(long, value_enum, default_value = "json")]
        format: Format,
        #[command(flatten)]
        target: Target,
    },
    /// Take a recipe in, from a file or by a link of the same server. Nothing runs of it.
    Import {
        /// A .json, .yaml or .yml file, or a link.
        from: String,
        #[command(flatten)]
        target: Target,
    },
    /// Check recipes' files and run their test cases (works offline, sends nothing).
    Test {
        /// JSON or YAML, one recipe each.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

pub async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::List {
            search,
            category,
            target,
        } => show::list(search, category, target).await,
        Command::Show { recipe, target } => show::one(&recipe, target).await,
        Command::Install {
            recipe,
            inputs,
            file,
            enable,
            dry_run,
            target,
        } => {
            let given = install::Given { inputs, file };
            match dry_run {
                true => install::preview(&recipe, &given, target).await,
                false => install::run(&recipe, &given, enable, target).await,
            }
        }
        Command::Export {
            recipe,
            file,
            format,
            target,
        } => pass::export(&recipe, file.as_deref(), format, target).await,
        Command::Import { from, target } => pass::import(&from, target).await,
        Command::Test { files, json } => test::run(&files, json).await,
    }
}
