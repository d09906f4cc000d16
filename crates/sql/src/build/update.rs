//! `update`: new values for the rows whose columns are equal to what is given. Never for all rows, and never by a value that
//! is missing.

use super::Writer;
use crate::{Dialect, Statement};
use serde_json::{Map, Value};

pub struct Update<'u> {
    pub table: &'u str,
    pub set: &'u Map<String, Value>,
    /// All must be equal.
    pub filter: &'u Map<String, Value>,
    pub returning: &'u [String],
}

pub fn update(dialect: Dialect, update: &Update<'_>) -> Result<Statement, String> {
    if update.set.is_empty() {
        return Err("`set` names no column".into());
    }
    if update.filter.is_empty() {
        return Err(
            "`where` names no column, and all rows of a table are not updated: say which".into(),
        );
    }
    if dialect == Dialect::MySql && !update.returning.is_empty() {
        return Err("MySQL and MariaDB return no rows of an update: leave `returning` out".into());
    }
    let mut to = Writer::new(dialect, "update ");
    to.table(update.table)?;
    to.push(" set ");
    for (position, (column, value)) in update.set.iter().enumerate() {
        if position > 0 {
            to.push(", ");
        }
        to.name(column)?;
        to.push(" = ");
        to.value(value);
    }
    for (position, (column, value)) in update.filter.iter().enumerate() {
        match value {
            Value::Null => {
                return Err(format!(
                    "`where.{column}` has no value, so it is not known which rows are meant: nothing was updated"
                ));
            }
            Value::Array(_) | Value::Object(_) => {
                return Err(format!(
                    "`where.{column}` is a list or an object: one value is needed"
                ));
            }
            _ => {}
        }
        to.push(if position == 0 { " where " } else { " and " });
        to.name(column)?;
        to.push(" = ");
        to.value(value);
    }
    to.returning(update.returning)?;
    Ok(Statement {
        text: to.text,
        values: to.values,
        writes: true,
    })
}
