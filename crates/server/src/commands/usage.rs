//! `switchhook usage`.

use super::client::{Client, query};
use crate::config::Target;
use crate::output::{self, cell};
use clap::{Args, ValueEnum};
use serde_json::Value;
use std::process::ExitCode;

#[derive(Args)]
pub struct Options {
    /// What has a line of its own.
    #[arg(long, default_value = "day")]
    by: By,
    /// The first day (2026-11-01, in the workspace's zone) or time; 29 days ago unless given.
    #[arg(long)]
    from: Option<String>,
    /// The last day, or the time at which it ends; now unless given.
    #[arg(long)]
    to: Option<String>,
    /// Only calls of this agent.
    #[arg(long)]
    agent: Option<String>,
    /// Only what this flow has used (its id).
    #[arg(long)]
    flow: Option<String>,
    /// A table for spreadsheets, with all meters.
    #[arg(long)]
    csv: bool,
    #[command(flatten)]
    target: Target,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum By {
    Total,
    Hour,
    Day,
    Agent,
    Flow,
}

impl By {
    fn word(self) -> &'static str {
        match self {
            By::Total => "total",
            By::Hour => "hour",
            By::Day => "day",
            By::Agent => "agent",
            By::Flow => "flow",
        }
    }
}

pub async fn run(options: Options) -> anyhow::Result<ExitCode> {
    let as_json = options.target.json;
    let given = [
        ("by", Some(options.by.word().to_owned())),
        ("from", options.from),
        ("to", options.to),
        ("agent", options.agent),
        ("flow", options.flow),
        ("format", options.csv.then(|| "csv".to_owned())),
    ];
    let client = Client::new(options.target)?;
    let answer = client.get(&format!("/v1/usage?{}", query(&given))).await?;
    match &answer {
        Value::String(csv) => print!("{csv}"),
        answer if as_json => output::json(answer),
        answer => table(options.by, answer),
    }
    Ok(ExitCode::SUCCESS)
}

fn table(by: By, usage: &Value) {
    let key = match by {
        By::Total => "",
        By::Hour | By::Day => "/at",
        By::Agent => "/agent",
        By::Flow => "/flow_name",
    };
    let columns = [
        ("credits", "/credits"),
        ("calls", "/calls_ended"),
        ("seconds", "/call_seconds"),
        ("runs", "/runs_begun"),
        ("failed", "/runs_failed"),
        ("actions", "/actions"),
        ("sms", "/sms_segments"),
        ("mails", "/mails"),
        ("tokens in", "/tokens_in"),
        ("tokens out", "/tokens_out"),
    ];
    let heads: Vec<&str> = std::iter::once(by.word())
        .chain(columns.map(|(head, _)| head))
        .collect();
    let lines = usage["data"].as_array().into_iter().flatten();
    let row = |line: &Value| {
        let first = if key.is_empty() {
            "all".to_owned()
        } else {
            cell(line, key)
        };
        std::iter::once(first)
            .chain(columns.map(|(_, pointer)| cell(line, pointer)))
            .collect()
    };
    output::table(&heads, &lines.map(row).collect::<Vec<_>>());
}
