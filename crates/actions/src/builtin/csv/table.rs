//! Rows as they are given, objects or lists, as a table: one line of names and cells in their order.

use super::super::input::given;
use serde_json::{Map, Value};
use std::collections::HashSet;

const MOST_ROWS: usize = 10_000;
const MOST_COLUMNS: usize = 500;

pub(super) struct Table<'w> {
    /// Empty where rows are lists and no names are given.
    pub(super) columns: Vec<&'w str>,
    pub(super) rows: Vec<Vec<&'w Value>>,
}

impl<'w> Table<'w> {
    pub(super) fn read(with: &'w Map<String, Value>) -> Result<Self, String> {
        let rows = match with.get("rows") {
            Some(Value::Array(rows)) if rows.len() <= MOST_ROWS => rows,
            Some(Value::Array(rows)) => {
                return Err(format!(
                    "`rows` has {} rows; at most {MOST_ROWS} make one table",
                    rows.len()
                ));
            }
            _ => return Err("`rows` is a list of objects or of lists".into()),
        };
        let named = names(with)?;
        let objects = rows.iter().all(Value::is_object);
        if !objects && let Some(at) = rows.iter().position(|row| !row.is_array()) {
            return Err(match rows[at].is_object() {
                true => format!("`rows`: row {at} is an object, where others are lists"),
                false => format!("`rows`: row {at} is neither an object nor a list"),
            });
        }
        let columns = match named {
            Some(named) => named,
            None if objects => all_names(rows),
            None => Vec::new(),
        };
        let widest = rows.iter().filter_map(Value::as_array).map(Vec::len).max();
        if columns.len().max(widest.unwrap_or_default()) > MOST_COLUMNS {
            return Err(format!("a table has at most {MOST_COLUMNS} columns"));
        }
        let cells = |(at, row): (usize, &'w Value)| match row {
            Value::Object(object) => Ok(columns
                .iter()
                .map(|name| object.get(*name).unwrap_or(&Value::Null))
                .collect()),
            Value::Array(list) if !columns.is_empty() && list.len() > columns.len() => {
                Err(format!(
                    "`rows`: row {at} has {} cells for {} columns",
                    list.len(),
                    columns.len()
                ))
            }
            Value::Array(list) => Ok(list.iter().collect()),
            _ => Ok(Vec::new()),
        };
        let rows: Result<_, String> = rows.iter().enumerate().map(cells).collect();
        Ok(Self {
            rows: rows?,
            columns,
        })
    }
}

fn names(with: &Map<String, Value>) -> Result<Option<Vec<&str>>, String> {
    let list = match given(with, "columns") {
        None => return Ok(None),
        Some(Value::Array(list)) if !list.is_empty() => list,
        Some(_) => return Err("`columns` is a list of names".into()),
    };
    let names: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
    let names = names.ok_or("`columns` is a list of names, each a text")?;
    Ok(Some(names))
}

/// In the order in which they come first.
fn all_names(rows: &[Value]) -> Vec<&str> {
    let mut known = HashSet::new();
    let objects = rows.iter().filter_map(Value::as_object);
    let names = objects.flat_map(Map::keys).map(String::as_str);
    names.filter(|name| known.insert(*name)).collect()
}
