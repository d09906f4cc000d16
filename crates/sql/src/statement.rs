//! One statement as it is sent: its text with a marker for every value, and the values in the order of the markers.

use serde_json::Value;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Postgres,
    /// MySQL and MariaDB.
    MySql,
    Sqlite,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    pub text: String,
    pub values: Vec<Value>,
    /// It may change something; one that may not runs where the database itself refuses changes.
    pub writes: bool,
}

impl Statement {
    /// A value is bound between each two texts.
    pub fn between(texts: &[&str], values: Vec<Value>, writes: bool, dialect: Dialect) -> Self {
        let mut text = String::new();
        for (position, part) in texts.iter().enumerate() {
            if position > 0 {
                text.push_str(&dialect.marker(position));
            }
            text.push_str(part);
        }
        Self {
            text,
            values,
            writes,
        }
    }
}

impl Dialect {
    /// What stands for the value at a position, counted from 1.
    pub fn marker(self, position: usize) -> String {
        match self {
            Dialect::Postgres => format!("${position}"),
            Dialect::MySql | Dialect::Sqlite => "?".into(),
        }
    }

    /// A name as a statement may hold it, whatever it is made of.
    pub(crate) fn quote(self, name: &str) -> String {
        let sign = match self {
            Dialect::MySql => '`',
            Dialect::Postgres | Dialect::Sqlite => '"',
        };
        let mut quoted = String::with_capacity(name.len() + 2);
        quoted.push(sign);
        for c in name.chars() {
            if c == sign {
                quoted.push(sign);
            }
            quoted.push(c);
        }
        quoted.push(sign);
        quoted
    }
}

pub(crate) fn miscounted(places: usize, given: usize) -> String {
    format!(
        "the statement has {places} places for values, and {given} values are given; a place inside quotes or a comment is none"
    )
}
