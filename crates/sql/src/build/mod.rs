//! Statements that are made from names and values: an insert, an update. Names are checked and quoted, values are bound.

mod insert;
mod reading;
mod update;

pub use insert::{Conflict, Insert, insert};
pub use reading::{first_word, is_reading};
pub use update::{Update, update};

use crate::Dialect;
use serde_json::Value;

/// The longest name that a database knows has 64 signs.
const MAX_NAME: usize = 128;

/// Text and values that grow together.
struct Writer {
    dialect: Dialect,
    text: String,
    values: Vec<Value>,
}

impl Writer {
    fn new(dialect: Dialect, text: &str) -> Self {
        Self {
            dialect,
            text: text.to_owned(),
            values: Vec::new(),
        }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn name(&mut self, name: &str) -> Result<(), String> {
        check(name)?;
        self.text.push_str(&self.dialect.quote(name));
        Ok(())
    }

    /// A table, with the schema before it if need be.
    fn table(&mut self, table: &str) -> Result<(), String> {
        for (position, part) in table.split('.').enumerate() {
            if position > 0 {
                self.push(".");
            }
            self.name(part)?;
        }
        Ok(())
    }

    fn names<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) -> Result<(), String> {
        for (position, name) in names.into_iter().enumerate() {
            if position > 0 {
                self.push(", ");
            }
            self.name(name)?;
        }
        Ok(())
    }

    fn value(&mut self, value: &Value) {
        self.values.push(value.clone());
        let marker = self.dialect.marker(self.values.len());
        self.push(&marker);
    }

    fn returning(&mut self, columns: &[String]) -> Result<(), String> {
        if columns.is_empty() {
            return Ok(());
        }
        self.push(" returning ");
        match columns {
            [all] if all == "*" => self.push("*"),
            columns => self.names(columns.iter().map(String::as_str))?,
        }
        Ok(())
    }
}

fn check(name: &str) -> Result<(), String> {
    let shown: String = name.chars().take(40).collect();
    if name.is_empty() {
        return Err("a name is empty".into());
    }
    if name.len() > MAX_NAME {
        return Err(format!(
            "the name `{shown}…` has more than {MAX_NAME} bytes"
        ));
    }
    if name.chars().any(char::is_control) {
        return Err(format!("the name {shown:?} holds a control character"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
