//! What commands print: JSON with `--json`, a table for people otherwise; refusals on standard error with exit code 1, wrong usage
//! with 2.

use serde_json::Value;
use std::fmt::Display;
use std::process::ExitCode;

pub fn refused(error: &anyhow::Error) -> ExitCode {
    eprintln!("switchhook: {error:#}");
    ExitCode::from(1)
}

pub fn misused(option: &str, wrong: impl Display) -> ExitCode {
    eprintln!("switchhook: {option}: {wrong:#}");
    ExitCode::from(2)
}

pub fn json(value: &Value) {
    println!("{value:#}");
}

/// Rows under their heads; a column is as wide as its widest cell. Control characters of foreign text are not printed.
pub fn table(heads: &[&str], rows: &[Vec<String>]) {
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .chain([heads[column].len()])
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    let line = |cells: &[String]| {
        let padded: Vec<String> = cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        println!("{}", padded.join("  ").trim_end());
    };
    line(
        &heads
            .iter()
            .map(|head| head.to_uppercase())
            .collect::<Vec<_>>(),
    );
    rows.iter().for_each(|row| line(row));
}

/// A field of a JSON object as one line of text; a dash where there is none.
pub fn cell(value: &Value, pointer: &str) -> String {
    let text = match value.pointer(pointer) {
        None | Some(Value::Null) => "-".into(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    line(&text).chars().take(120).collect()
}

/// Foreign text as one line: a terminal obeys control characters.
pub fn line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
