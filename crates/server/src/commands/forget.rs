//! `switchhook forget NUMBER`: removes everything about a phone number, or says what there is.

use super::client::Client;
use crate::config::Target;
use crate::output::{self, cell};
use anyhow::bail;
use clap::Args;
use serde_json::{Value, json};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How long the command waits for what goes on without it.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Args)]
pub struct Forget {
    /// The number with its country, e.g. +14155550100.
    #[arg(allow_hyphen_values = true)]
    number: String,
    /// Only say what there is.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    target: Target,
}

pub async fn run(options: Forget) -> anyhow::Result<ExitCode> {
    let as_json = options.target.json;
    let client = Client::new(options.target)?;
    let body = json!({ "number": options.number, "dry_run": options.dry_run });
    let mut answer = client.post("/v1/forget", body).await?;
    if options.dry_run {
        match as_json {
            true => output::json(&answer),
            false => {
                println!("there is, and nothing was removed:");
                table(&answer["found"]);
                println!(
                    "{:>8}  runs would be cancelled",
                    cell(&answer, "/cancelled")
                );
                if answer["more"] == true {
                    println!("and more calls than were counted");
                }
            }
        }
        return Ok(ExitCode::SUCCESS);
    }
    let (path, started) = (
        format!("/v1/forget/{}", cell(&answer, "/id")),
        Instant::now(),
    );
    while answer["done_at"].is_null() && started.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(200)).await;
        answer = client.get(&path).await?;
    }
    match as_json {
        true => output::json(&answer),
        false => {
            println!("receipt {}", cell(&answer, "/id"));
            table(&answer["removed"]);
        }
    }
    if answer["done_at"].is_null() {
        let why = answer["waits_for"]
            .as_str()
            .unwrap_or("there is a lot of it");
        bail!("it is not done yet, and goes on: {why}; see GET {path}");
    }
    Ok(ExitCode::SUCCESS)
}

fn table(counts: &Value) {
    for (kind, count) in counts.as_object().into_iter().flatten() {
        println!("{:>8}  {kind}", count.to_string());
    }
}
