//! An event with another content, in the form in which it would be sent: what somebody changes of it before a run is done again. Only
//! what differs is read and taken; all else stays as it was, also what no sender can tell.

use crate::{Event, Snapshot, Tool, generic, samples};
use kernel::problem::{Problem, below};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// So many places that differ are told.
const MOST: usize = 50;

/// A change of these would make another event of it, or one of another call.
const FIXED: [&str; 4] = ["/id", "/kind", "/provider", "/call/provider_call_id"];

/// The event with what `wanted` says otherwise than `samples::told` of it, and the places that differ (JSON Pointers, the first 50);
/// none differs where it says the same.
pub fn edited(event: &Event, wanted: Value) -> Result<(Event, Vec<String>), Vec<Problem>> {
    let refused = |path: &str, why: &str| vec![Problem::new(path, why)];
    if event.kind.watches() {
        let why =
            "tells of a run, a flow or a destination, and cannot be edited: replay it as it was";
        return Err(refused("", why));
    }
    let was = samples::told(event);
    let Value::Object(mut wanted) = wanted else {
        return Err(refused("", "expected an object with `call`"));
    };
    for name in ["id", "kind", "at", "provider"] {
        wanted.entry(name).or_insert_with(|| was[name].clone());
    }
    // It follows from the numbers.
    if let Some(call) = wanted.get_mut("call").and_then(Value::as_object_mut) {
        let derived = call.entry("phone_type");
        derived.or_insert_with(|| was["call"]["phone_type"].clone());
    }
    let wanted = Value::Object(wanted);
    let read = read(event, &was, &wanted)?;
    let mut merge = Merge::default();
    let mut whole = was.clone();
    whole["call"] = written(&*event.call);
    merge.take(&mut whole, [&was, &wanted, &read], "");
    for path in FIXED {
        if differ(was.pointer(path), wanted.pointer(path)) {
            let told = was.pointer(path).unwrap_or(&Value::Null);
            let problem = Problem::new(path, format!("the run began with {told}: leave it"));
            merge.problems.retain(|other| other.path != problem.path);
            merge.problems.push(problem);
        }
    }
    if !merge.problems.is_empty() {
        return Err(merge.problems);
    }
    merge.changed.truncate(MOST);
    Ok((event_of(event, &whole), merge.changed))
}

/// What is understood of those members that differ: the others may be longer than a sender's.
fn read(event: &Event, was: &Value, wanted: &Value) -> Result<Value, Vec<Problem>> {
    let changed = |was: &Value, wanted: &Value| -> Map<String, Value> {
        let members = wanted.as_object().into_iter().flatten();
        let changed = members.filter(|(name, value)| differ(was.get(*name), Some(value)));
        changed
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    };
    let mut asked = changed(was, wanted);
    let call = match wanted.get("call") {
        Some(call @ Value::Object(_)) => {
            let mut call = changed(&was["call"], call);
            call.insert("provider_call_id".into(), "the same".into());
            call.into()
        }
        other => other.cloned().unwrap_or_default(),
    };
    asked.insert("call".into(), call);
    for path in FIXED {
        asked.shift_remove(&path[1..]);
    }
    asked.insert("kind".into(), event.kind.name().into());
    let told = generic::read(asked.into())?;
    let mut read = json!({ "call": written(&told.call), "script_step": told.script_step });
    if let Some(at) = told.at {
        read["at"] = at.to_string().into();
    }
    if let Some(tool) = &told.tool {
        read["tool"] = written(tool);
    }
    Ok(read)
}

#[derive(Default)]
struct Merge {
    changed: Vec<String>,
    problems: Vec<Problem>,
}

impl Merge {
    /// Takes over into `whole` where `wanted` differs from `was`, as it was read. A list is taken as a whole.
    fn take(&mut self, whole: &mut Value, [was, wanted, read]: [&Value; 3], at: &str) {
        let Value::Object(whole) = whole else { return };
        let names = |value| Value::as_object(value).into_iter().flat_map(Map::keys);
        let added = names(wanted).filter(|name| was.get(*name).is_none());
        for name in names(was).chain(added) {
            let [old, new, understood] = [was, wanted, read].map(|value| &value[name]);
            if !differ(Some(old), Some(new)) {
                continue;
            }
            let at = below(at, name);
            match (whole.get_mut(name), new) {
                (Some(inner @ Value::Object(_)), Value::Object(_)) => {
                    self.take(inner, [old, new, understood], &at);
                    continue;
                }
                // The same in other words, as a time with or without its milliseconds.
                (_, new)
                    if !new.is_object() && says(old) && !differ(Some(old), Some(understood)) =>
                {
                    continue;
                }
                _ if understood.is_null() && says(new) => {
                    let why = "changes nothing: no event has it, or it is worked out from others";
                    self.problems.push(Problem::new(at, why));
                    continue;
                }
                _ if understood.is_null() => whole.shift_remove(name),
                _ => whole.insert(name.clone(), understood.clone()),
            };
            self.changed.push(at);
        }
    }
}

fn event_of(event: &Event, whole: &Value) -> Event {
    let call: Snapshot = took(whole["call"].clone());
    let tool: Option<Tool> = took(whole["tool"].clone());
    let at = whole["at"].as_str().and_then(|at| at.parse().ok());
    let step = &whole["script_step"];
    Event {
        at: at.unwrap_or(event.at),
        call: Arc::new(call),
        tool,
        script_step: (!step.is_null()).then(|| step.clone()),
        ..event.clone()
    }
}

/// What is null is not there.
fn differ(was: Option<&Value>, wanted: Option<&Value>) -> bool {
    !are_same(was.unwrap_or(&Value::Null), wanted.unwrap_or(&Value::Null))
}

/// Numbers count by their value: a browser says `7` for `7.0`, and rounds large ones.
fn are_same(was: &Value, wanted: &Value) -> bool {
    match (was, wanted) {
        (Value::Number(was), Value::Number(wanted)) => was.as_f64() == wanted.as_f64(),
        (Value::Array(was), Value::Array(wanted)) => {
            let mut pairs = was.iter().zip(wanted);
            was.len() == wanted.len() && pairs.all(|(was, wanted)| are_same(was, wanted))
        }
        (Value::Object(was), Value::Object(wanted)) => {
            let mut names = was.keys().chain(wanted.keys());
            names.all(|name| !differ(was.get(name), wanted.get(name)))
        }
        _ => was == wanted,
    }
}

/// Empty lists, objects and texts say as little as nothing.
fn says(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(members) => !members.is_empty(),
        _ => true,
    }
}

fn written(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("our own types have text keys only")
}

fn took<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("it was put together of what the type has written")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
mod tests;
