//! `csv.build`: rows as CSV (RFC 4180), safe to be opened in a spreadsheet. It reaches nothing.

mod table;
mod write;

use super::{Action, Call, Done, content};
use crate::describe::{FieldWords, Input, Words};
use crate::failure::{Code, Fault};
use kernel::Problem;
use kernel::flow::{ActionSpec, Connects, Field, OnUnknown};
use kernel::lang::Place;
use kernel::retry::Retry;
use kernel::run::Output;
use kernel::usage::Used;
use serde_json::{Map, Value, json};
use std::time::Duration;
use table::Table;

const LARGEST: usize = 1 << 20;
const YES_NO: Input = Input::Choice(&[("yes", "Yes"), ("no", "No")]);
const SEPARATORS: Input = Input::Choice(&[
    (",", "Comma"),
    (";", "Semicolon"),
    ("tab", "Tab"),
    ("|", "Bar"),
]);

pub(super) struct CsvBuild(ActionSpec);

impl CsvBuild {
    pub(super) fn new() -> Self {
        let field = |name, place, help| Field {
            name,
            place,
            required: name == "rows",
            secrets: false,
            help,
        };
        Self(ActionSpec {
            name: "csv.build",
            fields: vec![
                field(
                    "rows",
                    Place::Json,
                    "a list of objects, or a list of lists; at most 10,000",
                ),
                field(
                    "columns",
                    Place::Json,
                    "the names of the columns in their order; every name of every object unless given",
                ),
                field(
                    "separator",
                    Place::Literal,
                    "`,` unless given, or `;`, `tab`, `|`",
                ),
                field(
                    "header",
                    Place::Literal,
                    "`no` leaves the line of column names out",
                ),
                field(
                    "guard",
                    Place::Literal,
                    "`no` writes texts that a spreadsheet takes for a formula as they are; else `'` stands before them",
                ),
            ],
            retry: Retry {
                attempts: 1,
                ..Retry::default()
            },
            timeout: Duration::from_secs(10),
            on_unknown: OnUnknown::Retry,
            settles: false,
            connects: Connects::default(),
            complete,
        })
    }
}

/// How a table is written.
#[derive(Debug, Clone, Copy)]
struct Style {
    separator: char,
    header: bool,
    guard: bool,
}

fn style(with: &Map<String, Value>) -> Result<Style, Problem> {
    let is_on = |name: &str| match with.get(name) {
        None | Some(Value::Null | Value::Bool(true)) => Ok(true),
        Some(Value::Bool(false)) => Ok(false),
        Some(Value::String(text)) if text == "yes" => Ok(true),
        Some(Value::String(text)) if text == "no" => Ok(false),
        Some(_) => Err(Problem::new(
            format!("/{name}"),
            format!("`{name}` is `yes` or `no`"),
        )),
    };
    let separator = match with.get("separator").map(Value::as_str) {
        None | Some(Some(",")) => ',',
        Some(Some(";")) => ';',
        Some(Some("tab" | "\t")) => '\t',
        Some(Some("|")) => '|',
        Some(_) => {
            let message = "`separator` is `,`, `;`, `tab` or `|`";
            return Err(Problem::new("/separator", message));
        }
    };
    Ok(Style {
        separator,
        header: is_on("header")?,
        guard: is_on("guard")?,
    })
}

fn complete(with: &mut Map<String, Value>) -> Vec<Problem> {
    let mut problems: Vec<Problem> = style(with).err().into_iter().collect();
    let wrong = |given: Option<&Value>| match given {
        None | Some(Value::Array(_)) => false,
        Some(Value::String(text)) => !content::is_template(text),
        Some(_) => true,
    };
    for (name, what) in [("rows", "rows"), ("columns", "names of columns")] {
        if wrong(with.get(name)) {
            let message = format!("`{name}` is a list of {what}, or a placeholder that is one");
            problems.push(Problem::new(format!("/{name}"), message));
        }
    }
    problems
}

#[async_trait::async_trait]
impl Action for CsvBuild {
    fn spec(&self) -> &ActionSpec {
        &self.0
    }

    fn words(&self) -> Words {
        let rows = json!([{ "caller": "{{ caller_number }}", "summary": "{{ summary }}" }]);
        Words {
            label: "Build a CSV table",
            description: "Writes rows as CSV, to be mailed, sent or stored. Texts that a spreadsheet would run as a formula are made harmless.",
            fields: vec![
                FieldWords::new("rows", "Rows", Input::Json, rows),
                FieldWords::new(
                    "columns",
                    "Columns",
                    Input::Json,
                    json!(["caller", "summary"]),
                ),
                FieldWords::new("separator", "Separator", SEPARATORS, ","),
                FieldWords::new("header", "Line of names", YES_NO, "yes"),
                FieldWords::new("guard", "Guard against formulas", YES_NO, "yes"),
            ],
            sample_answer: json!({ "text": "caller,summary\r\n+14155550100,Asked for a quote\r\n", "rows": 1 }),
        }
    }

    fn destination(&self, _: &Map<String, Value>) -> Option<String> {
        None
    }

    fn is_pure(&self) -> bool {
        true
    }

    async fn perform(&self, call: &Call<'_>) -> Done {
        match build(&call.perform.with) {
            Ok(body) => Done {
                result: Ok(Output {
                    status: None,
                    headers: Value::Null,
                    body,
                }),
                exchange: None,
                used: Used::default(),
            },
            Err(fault) => fault.into(),
        }
    }
}

fn build(with: &Map<String, Value>) -> Result<Value, Fault> {
    let style = style(with).map_err(|problem| Code::BadInput.because(problem.message))?;
    let table = Table::read(with).map_err(|message| Code::BadInput.because(message))?;
    let text = write::write(&table, style, LARGEST).ok_or_else(|| {
        let message = format!("the table has more than {LARGEST} bytes: build it of fewer rows");
        Code::OutputTooLarge.because(message)
    })?;
    Ok(json!({ "text": text, "rows": table.rows.len() }))
}

#[cfg(test)]
mod tests;
