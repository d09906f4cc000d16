//! `switchhook runs list|show|start|replay|cancel`.

mod filter;
mod many;
mod print;

use super::client::{self, Client, query};
use crate::config::Target;
use crate::output::{self, cell};
use anyhow::bail;
use clap::{Args, Subcommand, ValueEnum};
use filter::Filter;
use serde_json::{Value, json};
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Command {
    /// The newest runs.
    List {
        #[command(flatten)]
        filter: Filter,
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
    /// Do a finished run again, or all that a filter finds.
    Replay(Replay),
    /// Cancel a run once its attempt under way is over, or all that a filter finds.
    Cancel {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        target: Target,
    },
}

#[derive(Args)]
pub struct Replay {
    #[command(flatten)]
    which: Which,
    /// Begin with the step that failed; what came before it is kept. Else with the first one.
    #[arg(long)]
    from_failed: bool,
    /// Begin with this step; what came before it is kept.
    #[arg(long, value_name = "STEP", conflicts_with = "from_failed")]
    from_step: Option<String>,
    /// With the version of the flow that ran, or the latest one.
    #[arg(long, default_value = "same")]
    version: Version,
    /// A file (`-`: standard input) with the event to see instead: what `GET /v1/events/{id}/payload?shape=event` shows, edited.
    #[arg(long, value_name = "FILE", requires = "run")]
    event: Option<String>,
    #[command(flatten)]
    target: Target,
}

/// One run, or those of a filter.
#[derive(Args)]
pub struct Which {
    /// Its id.
    #[arg(conflicts_with_all = ["flow", "status", "to", "campaign", "agent", "call"])]
    run: Option<String>,
    #[command(flatten)]
    filter: Filter,
    /// Do it to all that the filter finds; without it they are only counted.
    #[arg(long)]
    yes: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Version {
    Same,
    Latest,
}

pub async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::List {
            filter,
            parent,
            limit,
            target,
        } => {
            let whole = parent.is_none().then(|| "true".to_owned());
            let mut asked = filter.members();
            let limit = Some(limit.to_string());
            asked.extend([("parent", parent), ("whole", whole), ("limit", limit)]);
            let path = format!("/v1/runs?{}", query(&asked));
            show(target, &path, print::list).await
        }
        Command::Show { run, target } => show(target, &format!("/v1/runs/{run}"), print::one).await,
        Command::Start {
            flow,
            call,
            anyway,
            target,
        } => {
            let path = format!("/v1/flows/{flow}/run");
            let body = json!({ "call_id": call, "anyway": anyway });
            act(target, &path, body, "started").await
        }
        Command::Replay(options) => replay(options).await,
        Command::Cancel { which, target } => match &which.run {
            Some(_) if which.filter.from.is_some() => Ok(output::misused(
                "--from",
                "says which runs, and a run is named: give one of the two",
            )),
            Some(run) => {
                let path = format!("/v1/runs/{run}/cancel");
                act(target, &path, json!({}), "cancelling").await
            }
            None => many::cancel(target, narrowed(&which.filter)?, which.yes).await,
        },
    }
}

async fn replay(options: Replay) -> anyhow::Result<ExitCode> {
    let place = options
        .which
        .run
        .as_ref()
        .and(options.which.filter.from.as_deref());
    let from = match (options.from_failed, options.from_step, place) {
        (false, None, Some("start")) => "start".into(),
        (false, None, Some("failed_step")) => "failed_step".into(),
        (_, _, Some(_)) => {
            let message = "is `start` or `failed_step` beside a run, and goes with neither --from-failed nor --from-step";
            return Ok(output::misused("--from", message));
        }
        (_, Some(step), None) => json!({ "step": step }),
        (true, None, None) => "failed_step".into(),
        (false, None, None) => "start".into(),
    };
    let version = match options.version {
        Version::Same => "same",
        Version::Latest => "latest",
    };
    let mut body = json!({ "from": from, "version": version });
    let Some(run) = options.which.run else {
        body["filter"] = narrowed(&options.which.filter)?;
        return many::replay(options.target, body, options.which.yes).await;
    };
    if let Some(path) = &options.event {
        let mut events = client::parse(path, &client::read(path)?)?;
        if events.len() != 1 {
            bail!("{path} holds {} events: give one", events.len());
        }
        body["event"] = events.remove(0);
    }
    let path = format!("/v1/runs/{run}/replay");
    act(options.target, &path, body, "replayed as").await
}

/// Nothing is ever done to all runs together.
fn narrowed(filter: &Filter) -> anyhow::Result<Value> {
    match filter.body() {
        Some(filter) => Ok(filter),
        None => bail!(
            "name a run, or say which runs: --flow, --status, --from, --to, --campaign, --agent, --call"
        ),
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
