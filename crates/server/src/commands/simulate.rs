//! `switchhook simulate`: a rehearsal call in a platform's own format, sent to an endpoint of a running server.

use super::client::{Client, read};
use crate::config::Target;
use crate::output;
use anyhow::{Context, bail};
use clap::Args;
use serde_json::{Map, Value, json};
use std::process::ExitCode;

#[derive(Args)]
pub struct Simulate {
    /// The platform to play.
    #[arg(long, default_value = "vapi")]
    pub provider: String,
    /// interested, not_interested, voicemail or no_answer.
    #[arg(long, default_value = "interested")]
    pub scenario: String,
    /// A file with what is said, one turn a line: `Agent: …` or `Customer: …`; - for standard input.
    #[arg(long, value_name = "FILE")]
    pub transcript: Option<String>,
    /// customer_hangup, agent_hangup, voicemail, no_answer, busy or failed.
    #[arg(long)]
    pub ending: Option<String>,
    #[arg(long, value_name = "SECONDS")]
    pub duration_s: Option<f64>,
    #[arg(long)]
    pub disposition: Option<String>,
    #[arg(long)]
    pub summary: Option<String>,
    /// What the platform found out, as a JSON object.
    #[arg(long, value_name = "JSON")]
    pub outcome: Option<String>,
    /// Store and send nothing: show what would happen.
    #[arg(long)]
    pub held: bool,
    #[command(flatten)]
    pub target: Target,
}

pub async fn run(options: Simulate) -> anyhow::Result<ExitCode> {
    let as_json = options.target.json;
    let effects = if options.held { "held" } else { "live" };
    let mut body =
        json!({ "provider": options.provider, "scenario": options.scenario, "effects": effects });
    let story = story(&options)?;
    if !story.is_empty() {
        body["story"] = story.into();
    }
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

/// What is told in place of what the scenario has.
fn story(options: &Simulate) -> anyhow::Result<Map<String, Value>> {
    let mut story = Map::new();
    if let Some(path) = &options.transcript {
        story.insert("transcript".into(), turns(&read(path)?)?);
    }
    let outcome = options.outcome.as_deref().map(serde_json::from_str);
    let outcome: Option<Value> = outcome
        .transpose()
        .context("--outcome is no JSON object such as {\"budget\": 5000}")?;
    let given = [
        ("ending", options.ending.clone().map(Value::from)),
        ("duration_s", options.duration_s.map(Value::from)),
        ("disposition", options.disposition.clone().map(Value::from)),
        ("summary", options.summary.clone().map(Value::from)),
        ("outcome", outcome),
    ];
    for (name, value) in given {
        if let Some(value) = value {
            story.insert(name.into(), value);
        }
    }
    Ok(story)
}

fn turns(text: &str) -> anyhow::Result<Value> {
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    let turn = |(at, line): (usize, &str)| {
        let (speaker, said) = line.split_once(':').unwrap_or_default();
        match speaker.trim().to_lowercase() {
            role if role == "agent" || role == "customer" => {
                Ok(json!({ "role": role, "text": said.trim() }))
            }
            _ => bail!(
                "line {} of the transcript does not begin with `Agent:` or `Customer:`",
                at + 1
            ),
        }
    };
    lines.map(turn).collect()
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
