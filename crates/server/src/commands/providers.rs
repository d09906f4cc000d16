//! `switchhook providers check NAME REQUEST.json`: offline.

use super::client::{parse, read};
use crate::output;
use clap::Subcommand;
use serde_json::Value;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Command {
    /// Show what is read from a request of a platform: signature, events, our answer.
    Check {
        /// The platform, e.g. vapi.
        name: String,
        /// {method, url, headers, body, secret|public_key, verify_at_unix_ms?}; - for standard input.
        request: String,
        /// Print JSON, with all that was read.
        #[arg(long)]
        json: bool,
    },
}

pub fn run(command: &Command) -> anyhow::Result<ExitCode> {
    let Command::Check {
        name,
        request,
        json,
    } = command;
    let requests = parse(request, &read(request)?)?;
    let checked = providers::check(name, &requests[0], kernel::Timestamp::now())
        .map_err(anyhow::Error::msg)?;
    if *json {
        output::json(&checked);
    } else {
        println!(
            "signature: {} {}",
            output::cell(&checked, "/signature"),
            output::cell(&checked, "/reason")
        );
        let events = checked["events"].as_array().into_iter().flatten();
        let rows: Vec<Vec<String>> = events
            .map(|event: &Value| {
                ["/kind", "/at", "/call/provider_call_id", "/call/status"]
                    .map(|at| output::cell(event, at))
                    .into()
            })
            .collect();
        output::table(&["event", "at", "call", "status"], &rows);
        println!(
            "reply: {} {}",
            output::cell(&checked, "/reply/status"),
            output::cell(&checked, "/reply/body")
        );
    }
    Ok(ExitCode::SUCCESS)
}
