//! Goes through an answer's JSON: hides fields of calls, events and contacts by where they stand, and what was copied out of calls by its
//! value. What is ours by its place (ids, kinds, times, names of steps) stays; everything else is looked through, whatever it is.

use super::known::{Sight, Subject};
use super::values::beside;
use crate::errors::Result;
use actions::Masks;
use calls::confidential::MASK;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Members whose own members are ours again.
const OURS: [&str; 19] = [
    "data", "call", "calls", "related", "run", "runs", "event", "events", "entries", "flow",
    "part", "held", "moments", "analyses", "exchange", "timing", "request", "response", "error",
];
/// Members whose texts never come from a call.
const PLAIN: [&str; 26] = [
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
    "state",
    "destination",
    "agent",
    "campaign",
];

/// Members of an item that say whose they are, whatever has become of the rest.
const APART: [&str; 2] = ["call", "flow"];

/// Hides what is confidential.
pub async fn hide(answer: &mut Value, mut sight: Sight<'_>) -> Result<()> {
    by_place(answer, &sight);
    match answer {
        Value::Array(items) => {
            for item in items {
                by_value(item, &mut sight).await?;
            }
        }
        Value::Object(members) if members.get("data").is_some_and(Value::is_array) => {
            for item in members
                .values_mut()
                .filter_map(Value::as_array_mut)
                .flatten()
            {
                by_value(item, &mut sight).await?;
            }
        }
        answer => by_value(answer, &mut sight).await?,
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
    let confidential = sight.values.confidential;
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
    if !is_nobodys && !sight.values.confidential.hides_speech() {
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

async fn by_value(item: &mut Value, sight: &mut Sight<'_>) -> Result<()> {
    let mut subjects = BTreeSet::new();
    let found = look(item, &mut subjects);
    // Whether an item does not say itself what it is about.
    let mut by_others = false;
    if found.text {
        subjects.extend(found.own);
        if subjects.is_empty() {
            subjects.extend(sight.call.map(Subject::Call));
            by_others = !subjects.is_empty();
        }
        if subjects.is_empty() {
            named(item, &mut subjects);
        }
        if subjects.is_empty() {
            subjects = sight.of_path().await?;
            by_others = true;
        }
    }
    if subjects.is_empty() {
        return Ok(());
    }
    let found = sight.values.found(&subjects, Vec::new()).await?;
    let lost = match sight.succeeded {
        true => found.lost,
        false => BTreeSet::new(),
    };
    let is_whole = by_others && !lost.is_empty();
    let seen = Seen {
        masks: found.masks,
        whole: Masks::everything(MASK),
        lost,
    };
    let mut taken = item.take();
    let work = move || {
        seen.mask(&mut taken, is_whole);
        taken
    };
    *item = beside(found.is_slow, work).await?;
    Ok(())
}

/// Whatever is named anywhere in an item that does not say what it is about.
pub fn named(value: &Value, subjects: &mut BTreeSet<Subject>) {
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
    // What came in at an endpoint and has raised no event is one of its call's messages.
    if members.contains_key("verdict") && members.get("event_id").is_some_and(Value::is_null) {
        let call = members.get("call_id").and_then(Value::as_str);
        if let Some(Subject::Call(call)) = call.and_then(Subject::read) {
            found.own.insert(Subject::Messages(call));
        }
    }
    // As lists show them, calls are hidden by their places alone.
    let is_flat = |value: &Value| !value.is_array() && !value.is_object();
    if members.contains_key("provider_call_id") && members.values().all(is_flat) {
        found.text = false;
    }
    found
}

/// What is masked in an item: values, and all that is about something of which nobody knows any more what it told.
struct Seen {
    masks: Arc<Masks>,
    whole: Masks,
    lost: BTreeSet<Subject>,
}

impl Seen {
    /// Numbers of ours are counts and times.
    fn mask(&self, value: &mut Value, is_whole: bool) {
        let own = || look(value, &mut BTreeSet::new()).own;
        let is_whole = is_whole || self.is_lost(own);
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.mask(item, is_whole)),
            Value::Object(members) => {
                for (name, value) in members {
                    match value {
                        Value::Array(_) | Value::Object(_) if is_ours(name) => {
                            self.mask(value, is_whole && !APART.contains(&name.as_str()))
                        }
                        Value::Array(_) | Value::Object(_) => {
                            let within = || {
                                let mut within = BTreeSet::new();
                                named(value, &mut within);
                                within
                            };
                            let is_whole = is_whole || self.is_lost(within);
                            self.masks(is_whole).value(value);
                        }
                        Value::String(_) if !is_plain(name) => self.masks(is_whole).value(value),
                        _ => {}
                    }
                }
            }
            Value::String(_) => self.masks(is_whole).value(value),
            _ => {}
        }
    }

    fn masks(&self, is_whole: bool) -> &Masks {
        match is_whole {
            true => &self.whole,
            false => &self.masks,
        }
    }

    fn is_lost(&self, subjects: impl FnOnce() -> BTreeSet<Subject>) -> bool {
        !self.lost.is_empty() && !self.lost.is_disjoint(&subjects())
    }
}

fn is_ours(name: &str) -> bool {
    OURS.contains(&name)
}

pub fn is_plain(name: &str) -> bool {
    PLAIN.contains(&name) || name.ends_with("_at") || name.ends_with("_id")
}
