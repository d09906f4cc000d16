//! What a statement gives back, within bounds: whole, or not at all.

use crate::Trouble;
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::time::Duration;

/// How much may come back, and how long the database may take.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    pub rows: usize,
    /// Of all rows as JSON.
    pub bytes: usize,
    pub time: Duration,
}

#[derive(Debug, Default, PartialEq)]
pub struct Answer {
    /// Objects of column and value.
    pub rows: Vec<Value>,
    /// Rows that came back, or that were changed.
    pub count: u64,
    /// The number that the database gave to the row (MySQL, MariaDB, SQLite).
    pub insert_id: Option<u64>,
}

/// Rows while they come in.
pub(crate) struct Rows {
    names: Vec<String>,
    rows: Vec<Value>,
    bytes: usize,
    bounds: Bounds,
}

impl Rows {
    /// Columns of the same name are told apart by `_2`, `_3`, ….
    pub(crate) fn new<'n>(columns: impl Iterator<Item = &'n str>, bounds: Bounds) -> Self {
        let mut taken = HashSet::new();
        let names = columns.map(|column| {
            let numbered = (2..).map(|number| format!("{column}_{number}"));
            let mut names = std::iter::once(column.to_owned()).chain(numbered);
            let free = names.find(|name| taken.insert(name.clone()));
            free.expect("names go on without end")
        });
        Self {
            names: names.collect(),
            rows: Vec::new(),
            bytes: 0,
            bounds,
        }
    }

    /// Values in the order of the columns.
    pub(crate) fn take(
        &mut self,
        mut value: impl FnMut(usize, &str) -> Result<Value, Trouble>,
    ) -> Result<(), Trouble> {
        let Bounds { rows, bytes, .. } = self.bounds;
        if self.rows.len() >= rows {
            return Err(Trouble::TooLarge(format!(
                "the answer has more than {rows} rows: ask for fewer with LIMIT, or raise `max_rows`"
            )));
        }
        let mut row = Map::with_capacity(self.names.len());
        for (position, name) in self.names.iter().enumerate() {
            let value = value(position, name)?;
            self.bytes += name.len() + weight(&value);
            row.insert(name.clone(), value);
        }
        if self.bytes > bytes {
            return Err(Trouble::TooLarge(format!(
                "the answer has more than {bytes} bytes: ask for fewer rows or columns"
            )));
        }
        self.rows.push(Value::Object(row));
        Ok(())
    }

    pub(crate) fn done(self) -> Vec<Value> {
        self.rows
    }
}

/// About as many bytes as the value takes as JSON.
fn weight(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len() + 4,
        Value::Array(_) | Value::Object(_) => value.to_string().len() + 4,
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const SMALL: Bounds = Bounds {
        rows: 2,
        bytes: 100,
        time: Duration::from_secs(1),
    };

    #[test]
    fn columns_of_one_name_are_told_apart() {
        let mut rows = Rows::new(["id", "id", "id_2", "id"].into_iter(), SMALL);
        rows.take(|position, _| Ok(position.into())).unwrap();
        let row = json!({ "id": 0, "id_2": 1, "id_2_2": 2, "id_3": 3 });
        assert_eq!(rows.done(), [row]);
    }

    #[test]
    fn more_rows_or_bytes_than_allowed_are_none() {
        let mut rows = Rows::new(["a"].into_iter(), SMALL);
        rows.take(|_, _| Ok(1.into())).unwrap();
        rows.take(|_, _| Ok(2.into())).unwrap();
        let refused = rows.take(|_, _| Ok(3.into())).unwrap_err();
        assert!(refused.to_string().contains("more than 2 rows"));
        let mut rows = Rows::new(["a"].into_iter(), SMALL);
        let refused = rows.take(|_, _| Ok("x".repeat(100).into())).unwrap_err();
        assert!(refused.to_string().contains("more than 100 bytes"));
    }
}
