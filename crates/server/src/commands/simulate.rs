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
    /// Store and send nothing: show what would happen.
    #[arg(long)]
    pub held: bool,
    #[command(flatten)]
    pub target: Target,
}

pub async fn run(options: Simulate) -> anyhow::Result<ExitCode> {
    let as_json = options.target.json;
    let effects = if options.held { "held" } else { "live" };
    let body =
        json!({ "provider": options.provider, "scenario": options.scenario, "effects": effects });
    let answer = Client::new(options.target)?
        .post("/v1/calls/simulate", body)
        .await?;
    if as_json {
        output::json(&answer);
    } else if let Some(moments) = answer["foreseen"].as_array() {
        let rows: Vec<Vec<String>> = moments.iter().flat_map(steps).collect();
        output::table(&["moment", "flow", "step", "would send"], &rows);
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

/// A line for each step that would send something; one for a moment that starts none.
fn steps(moment: &Value) -> Vec<Vec<String>> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let kind = output::cell(moment, "/kind");
    let mut lines = Vec::new();
    for flow in list(&moment["flows"]) {
        for step in list(&flow["report"]["steps"]) {
            if step["request"].is_object() {
                let sent = ["/request/method", "/request/url"].map(|at| output::cell(&step, at));
                let names = [output::cell(&flow, "/name"), output::cell(&step, "/path")];
                let [flow, step] = names;
                lines.push(vec![kind.clone(), flow, step, sent.join(" ")]);
            }
        }
    }
    if lines.is_empty() {
        lines.push(vec![kind, String::new(), String::new(), String::new()]);
    }
    lines
}
