//! How a value reads as text, as a truth and as a size.

use super::output::Output;
use super::{MAX_OUTPUT, MAX_RENDERED};
use serde_json::Value;
use std::borrow::Cow;

/// Null is empty; lists and objects are their JSON text, within the bound.
pub(super) fn text(value: &Value) -> Result<Cow<'_, str>, String> {
    Ok(match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => Cow::Borrowed(text),
        Value::Bool(true) => Cow::Borrowed("true"),
        Value::Bool(false) => Cow::Borrowed("false"),
        Value::Number(number) => Cow::Owned(number.to_string()),
        Value::Array(_) | Value::Object(_) => Cow::Owned(json(value)?),
    })
}

pub(super) fn json(value: &Value) -> Result<String, String> {
    let mut output = Output::new(MAX_OUTPUT);
    output.json(value)?;
    Ok(output.finish())
}

/// Null, "", an empty list or object.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Not false, 0 or empty.
pub(super) fn is_true(value: &Value) -> bool {
    match value {
        Value::Bool(truth) => *truth,
        Value::Number(number) => number.as_f64() != Some(0.0),
        other => !is_empty(other),
    }
}

/// Takes what a copy of `value` weighs, about its length as JSON, out of `room`.
pub(super) fn weigh(value: &Value, room: &mut usize) -> Result<(), String> {
    let own = match value {
        Value::String(text) => text.len() + 2,
        Value::Object(map) => map.keys().map(|key| key.len() + 4).sum(),
        _ => 8,
    };
    *room = room.checked_sub(own).ok_or_else(too_much)?;
    match value {
        Value::Array(list) => list.iter().try_for_each(|item| weigh(item, room)),
        Value::Object(map) => map.values().try_for_each(|item| weigh(item, room)),
        _ => Ok(()),
    }
}

/// Whether a text of this many bytes may be put out: asked before it is built.
pub(super) fn within(bytes: usize) -> Result<(), String> {
    if bytes > MAX_OUTPUT {
        Err(too_much())
    } else {
        Ok(())
    }
}

pub(super) fn too_much() -> String {
    let mib = |bytes: usize| bytes >> 20;
    format!(
        "would put out too much: a filter or a list may put out {} MiB, a template {} MiB in all",
        mib(MAX_OUTPUT),
        mib(MAX_RENDERED)
    )
}

/// A value as a message shows it: short, whatever it holds.
pub(super) fn excerpt(value: &Value) -> String {
    match value {
        Value::String(text) if text.chars().count() <= 40 => format!("`{text}`"),
        Value::String(text) => format!("`{}…`", text.chars().take(40).collect::<String>()),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        other => format!("`{other}`"),
    }
}
