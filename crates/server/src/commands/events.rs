//! `switchhook events send FILE|-`.

use super::client::{Client, parse, read};
use crate::config::Target;
use crate::output;
use clap::Subcommand;
use serde_json::Value;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Command {
    /// Send the events of a file (one, a list, or one per line).
    Send {
        /// A file, or - for standard input.
        file: String,
        #[command(flatten)]
        target: Target,
    },
}

pub async fn run(command: Command) -> anyhow::Result<ExitCode> {
    let Command::Send { file, target } = command;
    let events = parse(&file, &read(&file)?)?;
    let as_json = target.json;
    let answer = Client::new(target)?
        .post("/v1/events", Value::Array(events))
        .await?;
    if as_json {
        output::json(&answer);
    } else {
        println!(
            "{} accepted, {} duplicates",
            output::cell(&answer, "/accepted"),
            output::cell(&answer, "/duplicates")
        );
        let rows: Vec<Vec<String>> = answer["events"]
            .as_array()
            .into_iter()
            .flatten()
            .map(row)
            .collect();
        output::table(&["event", "call", "runs"], &rows);
    }
    Ok(ExitCode::SUCCESS)
}

fn row(event: &Value) -> Vec<String> {
    let runs: Vec<&str> = event["runs"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    vec![
        output::cell(event, "/id"),
        output::cell(event, "/call_id"),
        runs.join(" "),
    ]
}
