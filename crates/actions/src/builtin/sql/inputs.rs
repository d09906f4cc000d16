//! From a step's inputs to the statement: written by hand with bound values, or made from names and values.

use super::Verb;
use crate::builtin::content::is_template;
use crate::builtin::input::{given, text};
use crate::failure::{Code, Fault};
use crate::secret::Secrets;
use ::sql::{
    Bounds, Conflict, Dialect, Insert, Statement, Update, first_word, insert, is_reading, update,
};
use kernel::Problem;
use serde_json::{Map, Value, json};
use std::time::Duration;

pub(super) const MOST_ROWS: u64 = 10_000;
const ROWS: u64 = 1_000;
/// As much as a step keeps of any answer.
const BYTES: usize = 1 << 20;

pub(super) struct Wanted {
    pub(super) statement: Statement,
    /// Without the time, which is known only when it is sent.
    pub(super) bounds: Bounds,
}

pub(super) fn read(
    verb: Verb,
    with: &Map<String, Value>,
    dialect: Dialect,
) -> Result<Wanted, Fault> {
    let rows = given(with, "max_rows").map_or(ROWS, |rows| rows.as_u64().unwrap_or(ROWS));
    let statement = match verb {
        Verb::Query | Verb::Execute => written(verb, with, dialect)?,
        Verb::Insert => inserted(with, dialect)?,
        Verb::Update => updated(with, dialect)?,
    };
    Ok(Wanted {
        statement,
        bounds: Bounds {
            rows: usize::try_from(rows.min(MOST_ROWS)).unwrap_or(1),
            bytes: BYTES,
            time: Duration::ZERO,
        },
    })
}

/// The statement with the secrets that stand among its values.
pub(super) fn revealed(statement: &Statement, secrets: &Secrets) -> Statement {
    Statement {
        values: statement
            .values
            .iter()
            .map(|v| reveal(v, secrets))
            .collect(),
        ..statement.clone()
    }
}

fn reveal(value: &Value, secrets: &Secrets) -> Value {
    match value {
        Value::String(text) => secrets.reveal(text).into_owned().into(),
        Value::Array(items) => items.iter().map(|item| reveal(item, secrets)).collect(),
        Value::Object(map) => map
            .iter()
            .map(|(key, item)| (key.clone(), reveal(item, secrets)))
            .collect(),
        other => other.clone(),
    }
}

/// `{"text": […], "values": […]}`, as the template of a statement renders.
fn written(verb: Verb, with: &Map<String, Value>, dialect: Dialect) -> Result<Statement, Fault> {
    let bad = || bad_input("`sql` is no statement");
    let statement = given(with, "sql").ok_or_else(bad)?;
    let part = |name| statement.get(name).and_then(Value::as_array);
    let (texts, values) = (
        part("text").ok_or_else(bad)?,
        part("values").ok_or_else(bad)?,
    );
    let texts: Vec<&str> = texts.iter().filter_map(Value::as_str).collect();
    let values = match given(with, "params") {
        None => values.clone(),
        Some(Value::Array(params)) if params.is_empty() => values.clone(),
        Some(Value::Array(params)) if values.is_empty() => params.clone(),
        Some(Value::Array(_)) => return Err(bad_input(BOTH)),
        Some(_) => return Err(bad_input("`params` is not a list")),
    };
    if verb == Verb::Query && !is_reading(texts.first().copied().unwrap_or_default()) {
        return Err(bad_input(&not_reading(texts.first().unwrap_or(&""))));
    }
    let mut statement = Statement::between(&texts, values, verb == Verb::Execute, dialect);
    let end = statement.text.trim_end().trim_end_matches(';').len();
    statement.text.truncate(end);
    Ok(statement)
}

const BOTH: &str = "values stand in the statement as `{{ }}` or in `params`, not in both";

fn not_reading(text: &str) -> String {
    let word = first_word(text);
    let instead = match word.as_str() {
        "insert" => "use `sql.insert` or `sql.execute`",
        "update" => "use `sql.update` or `sql.execute`",
        _ => "`sql.execute` takes any statement",
    };
    match word.is_empty() {
        true => "a statement is written out: only values in it come from `{{ }}`".into(),
        false => format!("`sql.query` only reads, and `{word}` does more: {instead}"),
    }
}

fn inserted(with: &Map<String, Value>, dialect: Dialect) -> Result<Statement, Fault> {
    let rows = match (given(with, "values"), given(with, "rows")) {
        (Some(Value::Object(row)), None) => vec![row],
        (Some(_), None) => return Err(bad_input("`values` is not an object of column and value")),
        (None, Some(Value::Array(items))) => {
            let rows = items.iter().enumerate().map(|(at, item)| {
                let wrong = || bad_input(&format!("`rows`: row {at} is no object"));
                item.as_object().ok_or_else(wrong)
            });
            rows.collect::<Result<_, _>>()?
        }
        (None, Some(_)) => return Err(bad_input("`rows` is not a list of objects")),
        (None, None) => return Err(bad_input("there are neither `values` nor `rows`")),
        (Some(_), Some(_)) => return Err(bad_input("`values` and `rows` exclude each other")),
    };
    let conflict = match given(with, "on_conflict").and_then(Value::as_str) {
        None => None,
        Some("update") => Some(Conflict::Update),
        Some(_) => Some(Conflict::Ignore),
    };
    let made = insert(
        dialect,
        &Insert {
            table: &table(with),
            rows: &rows,
            conflict,
            keys: &names(with, "keys"),
            returning: &names(with, "returning"),
        },
    );
    made.map_err(|why| bad_input(&why))
}

fn updated(with: &Map<String, Value>, dialect: Dialect) -> Result<Statement, Fault> {
    let object = |name: &str| match given(with, name) {
        Some(Value::Object(object)) => Ok(object),
        _ => Err(bad_input(&format!(
            "`{name}` is not an object of column and value"
        ))),
    };
    let made = update(
        dialect,
        &Update {
            table: &table(with),
            set: object("set")?,
            filter: object("where")?,
            returning: &names(with, "returning"),
        },
    );
    made.map_err(|why| bad_input(&why))
}

fn table(with: &Map<String, Value>) -> String {
    given(with, "table")
        .map(text)
        .unwrap_or_default()
        .into_owned()
}

/// A list of names, or one text with commas.
fn names(with: &Map<String, Value>, field: &str) -> Vec<String> {
    match given(with, field) {
        Some(Value::Array(items)) => items.iter().map(|item| text(item).into_owned()).collect(),
        Some(Value::String(written)) => {
            let parts = written.split(',').map(|part| part.trim().to_owned());
            parts.filter(|part| !part.is_empty()).collect()
        }
        _ => Vec::new(),
    }
}

/// On save: what is surely wrong.
pub(super) fn complete(verb: Verb, with: &Map<String, Value>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut problem = |path: &str, message: String| problems.push(Problem::new(path, message));
    if let Some(Value::String(sql)) = with.get("sql") {
        let word = first_word(sql);
        if word.is_empty() || (verb == Verb::Query && !is_reading(sql)) {
            problem("/sql", not_reading(sql));
        }
        if is_template(sql)
            && with
                .get("params")
                .is_some_and(|params| *params != json!([]))
        {
            problem("/params", BOTH.into());
        }
    }
    if let Some(rows) = with.get("max_rows")
        && !rows
            .as_u64()
            .is_some_and(|rows| (1..=MOST_ROWS).contains(&rows))
    {
        problem(
            "/max_rows",
            format!("is a whole number from 1 to {MOST_ROWS}"),
        );
    }
    for field in ["table", "keys", "returning"] {
        if with
            .get(field)
            .is_some_and(|name| is_template(&name.to_string()))
        {
            let message =
                "names of tables and columns are written out: only values come from `{{ }}`";
            problem(&format!("/{field}"), message.into());
        }
    }
    match with.get("on_conflict").map(|choice| choice.as_str()) {
        None | Some(Some("ignore" | "update")) => {}
        Some(_) => problem("/on_conflict", "is `ignore` or `update`".into()),
    }
    if verb == Verb::Insert && with.contains_key("values") == with.contains_key("rows") {
        problem(
            "/values",
            "an insert needs either `values` or `rows`".into(),
        );
    }
    problems
}

pub(super) fn bad_input(message: &str) -> Fault {
    Code::BadInput.because(message)
}
