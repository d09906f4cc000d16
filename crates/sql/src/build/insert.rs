//! `insert`: one or more rows of the same columns, and what happens where one is there already.

use super::Writer;
use crate::{Dialect, Statement};
use serde_json::{Map, Value};

/// As many values as every database takes in one statement.
const MAX_VALUES: usize = 30_000;

pub struct Insert<'i> {
    pub table: &'i str,
    pub rows: &'i [&'i Map<String, Value>],
    pub conflict: Option<Conflict>,
    /// Columns that tell rows apart.
    pub keys: &'i [String],
    pub returning: &'i [String],
}

/// What happens to a row that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    /// It stays as it is.
    Ignore,
    /// It gets the new values.
    Update,
}

pub fn insert(dialect: Dialect, insert: &Insert<'_>) -> Result<Statement, String> {
    let columns = columns(insert.rows)?;
    let mut to = Writer::new(dialect, "insert into ");
    to.table(insert.table)?;
    to.push(" (");
    to.names(columns.iter().copied())?;
    to.push(") values ");
    for (position, row) in insert.rows.iter().enumerate() {
        to.push(if position == 0 { "(" } else { ", (" });
        for (position, column) in columns.iter().enumerate() {
            if position > 0 {
                to.push(", ");
            }
            to.value(&row[*column]);
        }
        to.push(")");
    }
    conflict(&mut to, insert, &columns)?;
    to.returning(insert.returning)?;
    Ok(Statement {
        text: to.text,
        values: to.values,
        writes: true,
    })
}

/// The columns of the first row, which all others must have as well.
fn columns<'r>(rows: &[&'r Map<String, Value>]) -> Result<Vec<&'r str>, String> {
    let Some(first) = rows.first() else {
        return Err("there is no row to insert".into());
    };
    let columns: Vec<&str> = first.keys().map(String::as_str).collect();
    if columns.is_empty() {
        return Err("a row needs at least one column".into());
    }
    if rows.len() * columns.len() > MAX_VALUES {
        return Err(format!(
            "{} rows of {} columns are more than the {MAX_VALUES} values of one statement: insert them in batches",
            rows.len(),
            columns.len()
        ));
    }
    for (position, row) in rows.iter().enumerate() {
        let missing = columns.iter().find(|column| !row.contains_key(**column));
        let more = row.keys().find(|key| !columns.contains(&key.as_str()));
        if let Some(column) = missing {
            return Err(format!(
                "row {position} has no `{column}`, which the first row has"
            ));
        }
        if let Some(column) = more {
            return Err(format!(
                "row {position} has a `{column}`, which the first row has not"
            ));
        }
    }
    Ok(columns)
}

fn conflict(to: &mut Writer, insert: &Insert<'_>, columns: &[&str]) -> Result<(), String> {
    let Some(conflict) = insert.conflict else {
        return Ok(());
    };
    let keys = insert.keys;
    if let Some(unknown) = keys.iter().find(|key| !columns.contains(&key.as_str())) {
        return Err(format!("the key `{unknown}` is no column of the rows"));
    }
    let changed = columns.iter().copied();
    let changed: Vec<&str> = match conflict {
        Conflict::Ignore => Vec::new(),
        Conflict::Update => changed
            .filter(|column| !keys.iter().any(|key| key == column))
            .collect(),
    };
    if conflict == Conflict::Update && keys.is_empty() {
        return Err("`on_conflict: update` needs `keys`, the columns that tell rows apart".into());
    }
    if to.dialect == Dialect::MySql {
        return on_duplicate(to, columns, &changed, keys);
    }
    to.push(" on conflict");
    if !keys.is_empty() {
        to.push(" (");
        to.names(keys.iter().map(String::as_str))?;
        to.push(")");
    }
    if changed.is_empty() {
        to.push(" do nothing");
        return Ok(());
    }
    to.push(" do update set ");
    for (position, column) in changed.iter().enumerate() {
        if position > 0 {
            to.push(", ");
        }
        to.name(column)?;
        to.push(" = excluded.");
        to.name(column)?;
    }
    Ok(())
}

/// MySQL says no index: the row that is met may be another one, which is not ours to change. A column that becomes what it is
/// changes nothing; `insert ignore` would hide other mistakes as well.
fn on_duplicate(
    to: &mut Writer,
    columns: &[&str],
    changed: &[&str],
    keys: &[String],
) -> Result<(), String> {
    to.push(" on duplicate key update ");
    if changed.is_empty() {
        to.name(columns[0])?;
        to.push(" = ");
        return to.name(columns[0]);
    }
    for (position, column) in changed.iter().enumerate() {
        if position > 0 {
            to.push(", ");
        }
        to.name(column)?;
        to.push(" = if(");
        for (position, key) in keys.iter().enumerate() {
            to.push(if position > 0 { " and " } else { "" });
            to.name(key)?;
            to.push(" <=> values(");
            to.name(key)?;
            to.push(")");
        }
        to.push(", values(");
        to.name(column)?;
        to.push("), ");
        to.name(column)?;
        to.push(")");
    }
    Ok(())
}
