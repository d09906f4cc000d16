//! `switchhook runs list|show|start|replay|cancel`.

use super::client::{Client, query};
use crate::config::Target;
use crate::output::{self, cell};
use clap::{Subcommand, ValueEnum};
use serde_json::{Value, json};
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Command {
    /// The newest runs.
    List {
        /// Only runs with this status (running, waiting, succeeded, failed, cancelled).
        #[arg(long)]
        status: Option<String>,
        /// Only runs of this flow.
        #[arg(long)]
        flow: Option<String>,
        /// The branches, items and sub-flows of this run; else runs of whole flows.
        #[arg(long)]
        parent: Option<String>,
        /// How many.
        #[arg(long, default_value_t = 50)]
        limit: u32,
        #[command(flatten)]
        target: Target,
    },
    /// One run with its journal.
    Show {
        run: String,
        #[command(flatten)]
        target: Target,
    },
    /// Run a flow on a past call.
    Start {
        flow: String,
        /// The call's id, or `provider:their id`.
        #[arg(long)]
        call: String,
        /// Also if the flow is off, its filters refuse the call, or it has run on it.
        #[arg(long)]
        anyway: bool,
        #[command(flatten)]
        target: Target,
    },
    /// Do a finished run again.
    Replay {
        run: String,
        #[arg(long, default_value = "start")]
        from: From,
        #[arg(long, default_value = "same")]
        version: Version,
        #[command(flatten)]
        target: Target,
    },
    /// Cancel a run once its attempt under way is over.
    Cancel {
        run: String,
        #[command(flatten)]
        target: Target,
    },
}

#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum From {
    Start,
    FailedStep,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Version {
    Same,
    Latest,
}

pub async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::List {
            status,
            flow,
            parent,
            limit,
            target,
        } => {
            let whole = parent.is_none().then(|| "true".to_owned());
            let filters = [
                ("status", status),
                ("flow", flow),
                ("parent", parent),
                ("whole", whole),
                ("limit", Some(limit.to_string())),
            ];
            show(target, &format!("/v1/runs?{}", query(&filters)), list).await
        }
        Command::Show { run, target } => show(target, &format!("/v1/runs/{run}"), one).await,
        Command::Start {
            flow,
            call,
            anyway,
            target,
        } => {
            act(
                target,
                &format!("/v1/flows/{flow}/run"),
                json!({ "call_id": call, "anyway": anyway }),
                "started",
            )
            .await
        }
        Command::Replay {
            run,
            from,
            version,
            target,
        } => {
            let from = if matches!(from, From::Start) {
                "start"
            } else {
                "failed_step"
            };
            let version = if matches!(version, Version::Same) {
                "same"
            } else {
                "latest"
            };
            act(
                target,
                &format!("/v1/runs/{run}/replay"),
                json!({ "from": from, "version": version }),
                "replayed as",
            )
            .await
        }
        Command::Cancel { run, target } => {
            act(
                target,
                &format!("/v1/runs/{run}/cancel"),
                json!({}),
                "cancelling",
            )
            .await
        }
    }
}

async fn show(target: Target, path: &str, print: fn(&Value)) -> anyhow::Result<ExitCode> {
    let as_json = target.json;
    let answer = Client::new(target)?.get(path).await?;
    if as_json {
        output::json(&answer)
    } else {
        print(&answer)
    }
    Ok(ExitCode::SUCCESS)
}

async fn act(target: Target, path: &str, body: Value, done: &str) -> anyhow::Result<ExitCode> {
    let as_json = target.json;
    let answer = Client::new(target)?.post(path, body).await?;
    if as_json {
        output::json(&answer)
    } else {
        println!("{done} {}", cell(&answer, "/id"))
    }
    Ok(ExitCode::SUCCESS)
}

fn list(answer: &Value) {
    let rows: Vec<Vec<String>> = answer["data"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|run| {
            ["/id", "/status", "/flow/name", "/started_at", "/error"]
                .map(|at| cell(run, at))
                .into()
        })
        .collect();
    output::table(&["run", "status", "flow", "started", "error"], &rows);
}

fn one(run: &Value) {
    println!(
        "{}  {}  {} (version {})",
        cell(run, "/id"),
        cell(run, "/status"),
        cell(run, "/flow/name"),
        cell(run, "/flow/version")
    );
    let rows: Vec<Vec<String>> = run["entries"]
        .as_array()
        .into_iter()
        .flatten()
        .map(entry)
        .collect();
    output::table(
        &["step", "attempt", "result", "status", "ms", "error"],
        &rows,
    );
}

fn entry(entry: &Value) -> Vec<String> {
    let ms = entry
        .pointer("/exchange/timing/total_us")
        .and_then(Value::as_f64)
        .map_or("-".into(), |us| format!("{:.1}", us / 1000.0));
    vec![
        cell(entry, "/step"),
        cell(entry, "/attempt"),
        cell(entry, "/result"),
        cell(entry, "/exchange/response/status"),
        ms,
        cell(entry, "/error/message"),
    ]
}
