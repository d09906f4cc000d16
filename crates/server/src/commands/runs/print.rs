//! Runs as a person reads them in a terminal.

use crate::output::{self, cell};
use serde_json::Value;

pub fn list(answer: &Value) {
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

pub fn one(run: &Value) {
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
