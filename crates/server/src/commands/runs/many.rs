//! Replaying and cancelling all runs that a filter finds: counted first, and done only where that was asked for, request after request.

use crate::commands::client::{Client, query};
use crate::config::Target;
use crate::output::{self, cell};
use serde_json::{Value, json};
use std::process::ExitCode;

/// How many runs one request looks at.
const AT_ONCE: u32 = 200;

pub async fn replay(target: Target, mut body: Value, yes: bool) -> anyhow::Result<ExitCode> {
    let as_json = target.json;
    let client = Client::new(target)?;
    body["limit"] = AT_ONCE.into();
    if yes {
        let done = all(&client, "/v1/runs/replay", body, &["replayed", "skipped"]).await?;
        return Ok(told(as_json, &done, "replays started", "replayed"));
    }
    let sum = preview(&client, body).await?;
    if !as_json {
        let rows = sum["again"].as_array().into_iter().flatten().map(|step| {
            ["/flow/name", "/step", "/to", "/times", "/succeeded"]
                .map(|at| cell(step, at))
                .into()
        });
        let rows: Vec<Vec<String>> = rows.collect();
        if !rows.is_empty() {
            output::table(&["flow", "step", "to", "again", "done before"], &rows);
        }
        let (kept, unknown) = (&sum["kept"], &sum["unknown"]);
        println!(
            "{kept} steps would be kept; of {unknown} runs it cannot be said what would be done again"
        );
    }
    Ok(told(as_json, &sum, "runs would be replayed", "runs"))
}

async fn preview(client: &Client, body: Value) -> anyhow::Result<Value> {
    let mut again: Vec<Value> = Vec::new();
    let counts = ["runs", "skipped", "kept", "unknown"];
    let mut sum = json!({ "done": false });
    let see = |part: &Value| {
        add(&mut sum, part, &counts);
        for step in part["again"].as_array().into_iter().flatten() {
            let same = |other: &&mut Value| {
                ["/flow/id", "/step", "/to"].map(|at| other.pointer(at) == step.pointer(at))
                    == [true; 3]
            };
            match again.iter_mut().find(same) {
                Some(known) => add(known, step, &["times", "succeeded"]),
                None => again.push(step.clone()),
            }
        }
    };
    walk(client, "/v1/runs/replay/preview", body, see).await?;
    again.sort_by_key(|step| std::cmp::Reverse(step["times"].as_u64()));
    sum["again"] = again.into();
    Ok(sum)
}

pub async fn cancel(target: Target, filter: Value, yes: bool) -> anyhow::Result<ExitCode> {
    let as_json = target.json;
    let client = Client::new(target)?;
    if yes {
        let body = json!({ "filter": filter, "limit": AT_ONCE });
        let done = all(&client, "/v1/runs/cancel", body, &["cancelled", "skipped"]).await?;
        return Ok(told(as_json, &done, "runs cancelled", "cancelled"));
    }
    let mut asked: Vec<(&str, Option<String>)> = Vec::new();
    for (name, value) in filter.as_object().into_iter().flatten() {
        asked.push((name, value.as_str().map(str::to_owned)));
    }
    if filter["status"].is_null() {
        asked.push(("status", Some("running,waiting".into())));
    }
    asked.push(("limit", Some(AT_ONCE.to_string())));
    let mut sum = json!({ "runs": 0, "skipped": 0, "done": false });
    let mut cursor = Value::Null;
    loop {
        let mut page = asked.clone();
        page.push(("cursor", cursor.as_str().map(str::to_owned)));
        let part = client.get(&format!("/v1/runs?{}", query(&page))).await?;
        let rows = part["data"].as_array().cloned().unwrap_or_default();
        let live = |run: &&Value| run["ended_at"].is_null();
        let runs = rows.iter().filter(live).count();
        let counted = json!({ "runs": runs, "skipped": rows.len() - runs });
        add(&mut sum, &counted, &["runs", "skipped"]);
        cursor = part["next"].clone();
        if cursor.is_null() {
            break;
        }
    }
    Ok(told(as_json, &sum, "runs would be cancelled", "runs"))
}

/// Asks until all were looked at; says on standard error how far it is.
async fn all(client: &Client, path: &str, body: Value, names: &[&str]) -> anyhow::Result<Value> {
    let mut sum = json!({ "done": true });
    let see = |part: &Value| {
        add(&mut sum, part, names);
        if !part["next"].is_null() {
            eprintln!("{} {} …", sum[names[0]], names[0]);
        }
    };
    walk(client, path, body, see).await?;
    Ok(sum)
}

/// Asks from cursor to cursor until there are no more.
async fn walk(
    client: &Client,
    path: &str,
    mut body: Value,
    mut see: impl FnMut(&Value),
) -> anyhow::Result<()> {
    loop {
        let part = client.post(path, body.clone()).await?;
        see(&part);
        if part["next"].is_null() {
            return Ok(());
        }
        body["cursor"] = part["next"].clone();
    }
}

fn add(sum: &mut Value, part: &Value, names: &[&str]) {
    for name in names {
        let total = sum[name].as_u64().unwrap_or(0) + part[name].as_u64().unwrap_or(0);
        sum[name] = total.into();
    }
}

fn told(as_json: bool, sum: &Value, words: &str, name: &str) -> ExitCode {
    if as_json {
        output::json(sum);
    } else {
        println!("{} {words}, {} left out", sum[name], sum["skipped"]);
        if sum["done"] == false {
            println!("nothing was done: add --yes to do it");
        }
    }
    ExitCode::SUCCESS
}
