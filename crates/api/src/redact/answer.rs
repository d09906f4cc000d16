//! Goes through an answer's JSON: hides fields of calls, events and contacts by where they stand, and what was copied out of calls by its
//! value. What is ours by its place (ids, kinds, times, names of steps) stays; everything else is looked through, whatever it is.

use super::known::{Sight, Subject};
use crate::errors::Result;
use actions::Masks;
use calls::confidential::MASK;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Members whose own members are ours again.
const OURS: [&str; 18] = [
    "data", "call", "calls", "related", "run", "runs", "event", "events", "entries", "flow",
    "part", "held", "moments", "analyses", "exchange", "timing", "response", "error",
];
/// Members whose texts never come from a call.
const PLAIN: [&str; 27] = [
    "id",
    "kind",
    "type",
    "at",
    "status",
    "run_status",
    "result",
    "step",
    "action",
    "code",
    "method",
    "provider",
    "provider_event",
    "direction",
    "answered_by",
    "ended_by",
    "by",
    "relation",
    "why",
    "next",
    "verdict",
    "version",
    "address",
    "state",
    "destination",
    "agent",
    "campaign",
];

/// Hides what is confidential.
pub async fn hide(answer: &mut Value, sight: Sight<'_>) -> Result<()> {
    by_place(answer, &sight);
    let mut last = None;
    match answer {
        Value::Array(items) => {
            for item in items {
                by_value(item, &sight, &mut last).await?;
            }
        }
        Value::Object(members) if members.get("data").is_some_and(Value::is_array) => {
            for item in members
                .values_mut()
                .filter_map(Value::as_array_mut)
                .flatten()
            {
                by_value(item, &sight, &mut last).await?;
            }
        }
        answer => by_value(answer, &sight, &mut last).await?,
    }
    Ok(())
}

fn by_place(value: &mut Value, sight: &Sight<'_>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| by_place(item, sight)),
        Value::Object(members) => {
            shapes(members, sight);
            members
                .values_mut()
                .for_each(|member| by_place(member, sight));
        }
        _ => {}
    }
}

/// Calls, their analyses, contacts, events and messages are known by what they always have.
fn shapes(members: &mut Map<String, Value>, sight: &Sight<'_>) {
    let confidential = sight.confidential;
    if members.contains_key("provider_call_id") || members.contains_key("analysis") {
        confidential.hide(members);
    }
    if members.contains_key("phone") && members.contains_key("columns") {
        confidential.hide_contact(members);
    }
    if let Some(Value::Object(tool)) = members.get_mut("tool") {
        confidential.hide_tool(tool);
    }
    if let Some(raw) = members.get_mut("raw")
        && confidential.hides_speech()
        && !raw.is_null()
    {
        *raw = MASK.into();
    }
    if members.contains_key("verdict") {
        arrival(members, sight);
    }
}

/// What came in at an endpoint: where it is nobody's call, or is told in a form of the platform's own, none of it is shown.
fn arrival(members: &mut Map<String, Value>, sight: &Sight<'_>) {
    let is_nobodys = members.get("call_id").is_none_or(Value::is_null);
    if !is_nobodys && !sight.confidential.hides_speech() {
        return;
    }
    let hide = |members: &mut Map<String, Value>, name: &str| {
        if let Some(value) = members.get_mut(name).filter(|value| !value.is_null()) {
            *value = MASK.into();
        }
    };
    if let Some(Value::Object(request)) = members.get_mut("request") {
        hide(request, "body");
        hide(request, "query");
    }
    hide(members, "reason");
}

async fn by_value(
    item: &mut Value,
    sight: &Sight<'_>,
    last: &mut Option<(BTreeSet<Subject>, Masks)>,
) -> Result<()> {
    let mut subjects = BTreeSet::new();
    let found = look(item, &mut subjects);
    if found.text {
        subjects.extend(found.own);
        if subjects.is_empty() {
            named(item, &mut subjects);
        }
        if subjects.is_empty() {
            subjects.extend(sight.of_path().await?);
        }
    }
    if subjects.is_empty() {
        return Ok(());
    }
    let masks = match last.take().filter(|(of, _)| *of == subjects) {
        Some((_, masks)) => masks,
        None => sight.masks(&subjects).await?,
    };
    mask(item, &masks);
    *last = Some((subjects, masks));
    Ok(())
}

/// Whatever is named anywhere in an item that does not say what it is about.
fn named(value: &Value, subjects: &mut BTreeSet<Subject>) {
    match value {
        Value::String(text) => subjects.extend(Subject::read(text)),
        Value::Array(items) => items.iter().for_each(|item| named(item, subjects)),
        Value::Object(members) => members.values().for_each(|member| named(member, subjects)),
        _ => {}
    }
}

/// What an item is about, and whether it has texts in which something of that could stand.
#[derive(Default)]
struct Found {
    own: BTreeSet<Subject>,
    text: bool,
}

/// What lists in it are about, if they have texts, goes to `subjects`: calls in lists are not read for nothing.
fn look(item: &Value, subjects: &mut BTreeSet<Subject>) -> Found {
    let mut found = Found::default();
    let Value::Object(members) = item else {
        found.text = !item.is_null();
        return found;
    };
    for (name, value) in members {
        match value {
            Value::String(text) => match Subject::read(text) {
                Some(subject) => drop(found.own.insert(subject)),
                None => found.text |= !is_plain(name) && !text.is_empty(),
            },
            Value::Array(items) if is_ours(name) => {
                for item in items {
                    let below = look(item, subjects);
                    match below.own.is_empty() {
                        true => found.text |= below.text,
                        false if below.text => subjects.extend(below.own),
                        false => {}
                    }
                }
            }
            Value::Object(_) if is_ours(name) => {
                let below = look(value, subjects);
                found.own.extend(below.own);
                found.text |= below.text;
            }
            Value::Array(items) => found.text |= !items.is_empty(),
            Value::Object(members) => found.text |= !members.is_empty(),
            _ => {}
        }
    }
    // As lists show them, calls are hidden by their places alone.
    if members.contains_key("provider_call_id") && !members.contains_key("snapshot") {
        found.text = false;
    }
    found
}

/// Numbers of ours are counts and times.
fn mask(value: &mut Value, masks: &Masks) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| mask(item, masks)),
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::Array(_) | Value::Object(_) if is_ours(name) => mask(value, masks),
                    Value::Array(_) | Value::Object(_) => masks.value(value),
                    Value::String(_) if !is_plain(name) => masks.value(value),
                    _ => {}
                }
            }
        }
        Value::String(_) => masks.value(value),
        _ => {}
    }
}

fn is_ours(name: &str) -> bool {
    OURS.contains(&name)
}

fn is_plain(name: &str) -> bool {
    PLAIN.contains(&name) || name.ends_with("_at") || name.ends_with("_id")
}
