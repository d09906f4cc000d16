//! `switchhook simulate`: a rehearsal call in a platform's own format, sent to an endpoint of a running server.

use super::client::Client;
use crate::config::Target;
use crate::output;
use clap::Args;
use serde_json::{Value, json};
use std::process::ExitCode;

#[derive(Args)]
pub struct Simulate {
    /// The platform to play.
    #[arg(long, default_value = "vapi")]
    pub provider: String,
    /// interested, not_interested, voicemail or no_answer.
    #[arg(long, default_value = "interested")]
    pub scenario: String,
    #[command(flatten)]
    pub target: Target,
}

pub async fn run(options: Simulate) -> anyhow::Result<ExitCode> {
    let as_json = options.target.json;
    let body = json!({ "provider": options.provider, "scenario": options.scenario });
    let answer = Client::new(options.target)?
        .post("/v1/calls/simulate", body)
        .await?;
    if as_json {
        output::json(&answer);
    } else {
        println!("played call {}", output::cell(&answer, "/provider_call_id"));
        let rows: Vec<Vec<String>> = answer["events"]
            .as_array()
            .into_iter()
            .flatten()
            .map(row)
            .collect();
        output::table(&["message", "event", "runs"], &rows);
    }
    Ok(ExitCode::SUCCESS)
}

fn row(event: &Value) -> Vec<String> {
    let runs = event["runs"].as_array().map_or(0, Vec::len);
    vec![
        output::cell(event, "/provider_event"),
        output::cell(event, "/id"),
        runs.to_string(),
    ]
}
