//! Comparisons of two values. Nothing is ordered with null; `!=` is exactly what `==` is not.

use super::number::Number;
use super::value::text;
use regex::{Regex, RegexBuilder};
use serde_json::Value;
use std::cmp::Ordering;

/// Each is kept ready and may take a megabyte.
pub(super) const MAX_PATTERNS: usize = 16;
/// What it costs to prepare a pattern that is known only now.
pub(super) const PATTERN_WORK: usize = 1 << 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Equal,
    Unequal,
    More,
    Least,
    Less,
    Most,
    In,
    Contains,
    StartsWith,
    EndsWith,
    Matches,
}

impl Relation {
    pub fn named(operator: &str) -> Option<Relation> {
        Some(match operator {
            "==" => Relation::Equal,
            "!=" => Relation::Unequal,
            ">" => Relation::More,
            ">=" => Relation::Least,
            "<" => Relation::Less,
            "<=" => Relation::Most,
            "in" => Relation::In,
            "contains" => Relation::Contains,
            "starts_with" => Relation::StartsWith,
            "ends_with" => Relation::EndsWith,
            "matches" => Relation::Matches,
            _ => return None,
        })
    }

    pub fn holds(self, left: &Value, right: &Value) -> Result<bool, String> {
        let ordered = |wanted: fn(Ordering) -> bool| order(left, right).is_some_and(wanted);
        Ok(match self {
            Relation::Equal => equal(left, right),
            Relation::Unequal => !equal(left, right),
            Relation::More => ordered(Ordering::is_gt),
            Relation::Least => ordered(Ordering::is_ge),
            Relation::Less => ordered(Ordering::is_lt),
            Relation::Most => ordered(Ordering::is_le),
            Relation::In => contains(right, left)?,
            _ if left.is_null() || right.is_null() => false,
            Relation::Contains => contains(left, right)?,
            Relation::StartsWith => text(left)?.starts_with(&*text(right)?),
            Relation::EndsWith => text(left)?.ends_with(&*text(right)?),
            Relation::Matches => pattern(&text(right)?)?.is_match(&text(left)?),
        })
    }
}

pub(super) fn equal(left: &Value, right: &Value) -> bool {
    match (Number::of(left), Number::of(right)) {
        (Some(a), Some(b)) => a.compare(b).is_eq(),
        _ => left == right,
    }
}

/// Numbers, and texts that are numbers, by size; other texts by code point; nothing else has an order.
fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (Number::of(left), Number::of(right)) {
        (Some(a), Some(b)) => Some(a.compare(b)),
        _ => Some(left.as_str()?.cmp(right.as_str()?)),
    }
}

/// An item of a list, a key of an object, a part of a text.
fn contains(whole: &Value, part: &Value) -> Result<bool, String> {
    Ok(match whole {
        Value::Array(items) => items.iter().any(|item| equal(item, part)),
        Value::Object(map) => part.as_str().is_some_and(|key| map.contains_key(key)),
        Value::Null => false,
        _ if part.is_null() => false,
        _ => memchr::memmem::find(text(whole)?.as_bytes(), text(part)?.as_bytes()).is_some(),
    })
}

/// Linear-time patterns, bounded in length, nesting and memory.
pub(super) fn pattern(source: &str) -> Result<Regex, String> {
    if source.len() > 1000 {
        return Err("a pattern may have at most 1000 bytes".to_owned());
    }
    RegexBuilder::new(source)
        .nest_limit(32)
        .size_limit(1 << 20)
        .dfa_size_limit(1 << 20)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => format!("the pattern `{source}` is too large"),
            _ => format!("`{source}` is not a pattern"),
        })
}
