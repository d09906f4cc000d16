//! Each change as one line a person reads: short values whole, long ones by their beginning.

use super::steps::{Step, Steps};
use serde_json::Value;

/// Characters of a value that are shown.
const SHOWN: usize = 60;

pub(super) fn added(step: &Step) -> String {
    format!("step `{}` added{}", line(&step.id), what(step))
}

pub(super) fn removed(step: &Step) -> String {
    format!("step `{}` removed{}", line(&step.id), what(step))
}

pub(super) fn moved(old: &Step, new: &Step, after: &Steps) -> String {
    let id = line(&new.id);
    if old.place != new.place {
        let (from, to) = (line(&old.place), line(&new.place));
        return format!("step `{id}` moved from `{from}` to `{to}`");
    }
    let list = after.steps.iter().filter(|step| step.place == new.place);
    let before = list.take_while(|step| step.id != new.id).last();
    match before {
        Some(before) => format!("step `{id}` moved behind `{}`", line(&before.id)),
        None => format!("step `{id}` moved to the front of `{}`", line(&new.place)),
    }
}

pub(super) fn changed(
    step: Option<&str>,
    field: &str,
    old: Option<&Value>,
    new: Option<&Value>,
) -> String {
    let field = line(field);
    let (subject, is) = match (step, field.as_str(), field.strip_prefix("where.")) {
        (Some(step), ..) => (format!("step `{}`: {field}", line(step)), ""),
        (None, "on", _) => ("trigger".to_owned(), ":"),
        (None, _, Some(filter)) => (format!("filter `{filter}`"), ":"),
        (None, ..) => (field, ":"),
    };
    match (old, new) {
        (Some(Value::Array(old)), Some(Value::Array(new))) => {
            format!("{subject}{is} {}", members(old, new))
        }
        (Some(old), Some(new)) => format!("{subject}{is} {} → {}", shown(old), shown(new)),
        (None, Some(new)) => format!("{subject} set to {}", shown(new)),
        (Some(old), None) => format!("{subject} removed (was {})", shown(old)),
        (None, None) => subject,
    }
}

/// What came and what went, where the lists are sets of words; else both.
fn members(old: &[Value], new: &[Value]) -> String {
    let came = new.iter().filter(|value| !old.contains(value));
    let went = old.iter().filter(|value| !new.contains(value));
    let signed = came
        .map(|value| ("+", value))
        .chain(went.map(|value| ("−", value)));
    let signed: Vec<String> = signed
        .map(|(sign, value)| format!("{sign} {}", bare(value)))
        .collect();
    if signed.is_empty() || signed.len() > 5 {
        return format!("{} → {}", list(old), list(new));
    }
    signed.join(", ")
}

fn list(values: &[Value]) -> String {
    cut(&Value::Array(values.to_vec()).to_string())
}

/// The kind of a step, in brackets.
fn what(step: &Step) -> String {
    let own = &step.own;
    let action = own.get("do").and_then(Value::as_str);
    let with = |name: &str| own.get("with").and_then(|with| with.get(name)?.as_str());
    let text = match (action, own.keys().find(|name| *name != "note")) {
        (Some(action), _) => {
            let parts = [Some(action), with("method"), with("url")];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        (None, Some(kind)) => kind.clone(),
        (None, None) => return String::new(),
    };
    format!(" ({})", cut(&line(&text)))
}

fn shown(value: &Value) -> String {
    cut(&value.to_string())
}

fn bare(value: &Value) -> String {
    match value {
        Value::String(text) => cut(&line(text)),
        other => shown(other),
    }
}

fn line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
