//! What filters take: a kind says what a literal argument must be when the expression is parsed, and the same readers
//! give the value when the filter runs.

use super::super::number::operand;
use super::super::path::descend;
use super::super::value::{self, excerpt};
use super::super::{MAX_OUTPUT, Path, Segment};
use serde_json::Value;
use std::borrow::Cow;

/// What an argument must be.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    Any,
    Text,
    /// A dotted path inside an item.
    Key,
    Number,
    /// A whole number that may count characters.
    Count,
    /// What this reader takes.
    Like(fn(&Value) -> Result<(), String>),
}

impl Kind {
    pub(super) fn check(self, value: &Value) -> Result<(), String> {
        match self {
            Kind::Any => Ok(()),
            Kind::Text => text(value).map(drop),
            Kind::Key => key(value).map(drop),
            Kind::Number => operand(value).map(drop),
            Kind::Count => count(value).map(drop),
            Kind::Like(read) => read(value),
        }
    }
}

/// A text, or a number or truth as one.
pub fn text(value: &Value) -> Result<Cow<'_, str>, String> {
    match value {
        Value::Null | Value::Array(_) | Value::Object(_) => {
            Err(format!("{} is not a text", excerpt(value)))
        }
        scalar => value::text(scalar),
    }
}

pub(super) fn count(value: &Value) -> Result<usize, String> {
    let number = operand(value)?.value()?;
    number
        .as_u64()
        .and_then(|count| usize::try_from(count).ok())
        .filter(|count| *count <= MAX_OUTPUT)
        .ok_or_else(|| {
            format!(
                "{} is not a whole number from 0 to {MAX_OUTPUT}",
                excerpt(value)
            )
        })
}

/// What is no dotted path is one key, as it is.
pub(super) fn key(value: &Value) -> Result<Path, String> {
    let text = text(value)?;
    let one = || Path {
        root: text.to_string(),
        rest: Vec::new(),
        view: false,
    };
    Ok(Path::dotted(&text).unwrap_or_else(one))
}

/// What a path leads to inside an item, or null.
pub(super) fn inside<'a>(item: &'a Value, key: &Path) -> Cow<'a, Value> {
    let first = [Segment::read(&key.root)];
    descend(Cow::Borrowed(item), &first)
        .and_then(|value| descend(value, &key.rest))
        .unwrap_or(Cow::Owned(Value::Null))
}
