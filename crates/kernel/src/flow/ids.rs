//! Ids for the steps that have none. Given once, on save; ids that are there are kept, so that a run in flight finds its
//! place after an edit.

use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};

const MAX_DEPTH: usize = 64;

/// Gives every step without an id one: the action's name with `_` (`http_request`, `http_request_2`), else `step1`, `step2`.
pub fn complete_ids(document: &mut Value) {
    let mut taken = HashSet::new();
    each_step(document, MAX_DEPTH, &mut |step| {
        if let Some(Value::String(id)) = step.get("id") {
            taken.insert(id.clone());
        }
    });
    let mut numbers: HashMap<String, usize> = HashMap::new();
    each_step(document, MAX_DEPTH, &mut |step| {
        if step.get("id").is_none_or(Value::is_null) {
            let base = base(step);
            let number = numbers.entry(base.clone()).or_insert(0);
            let id = loop {
                *number += 1;
                let id = numbered(&base, *number);
                if !taken.contains(&id) {
                    break id;
                }
            };
            step.shift_remove("id");
            step.shift_insert(0, "id".into(), Value::String(id));
        }
    });
}

fn base(step: &Map<String, Value>) -> String {
    let action = step.get("do").and_then(Value::as_str).unwrap_or_default();
    action
        .chars()
        .take(50)
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        })
        .collect()
}

fn numbered(base: &str, number: usize) -> String {
    match (base, number) {
        ("", n) => format!("step{n}"),
        (base, 1) => base.to_owned(),
        (base, n) => format!("{base}_{n}"),
    }
}

/// The fields that hold steps, of a flow, of a step and of a case of a `switch`.
pub(super) const LISTS: &[&str] = &[
    "steps",
    "switch",
    "then",
    "else",
    "try",
    "catch",
    "parallel",
    "on_failure",
];

/// Visits the steps in document order, a step before those nested in it.
fn each_step(value: &mut Value, depth: usize, visit: &mut dyn FnMut(&mut Map<String, Value>)) {
    let Some(object) = value.as_object_mut().filter(|_| depth > 0) else {
        return;
    };
    for name in LISTS {
        let items = object.get_mut(*name).and_then(Value::as_array_mut);
        for item in items.into_iter().flatten() {
            match item {
                // A branch of `parallel` is a list of steps, a case of a `switch` has one.
                Value::Array(branch) if *name == "parallel" => {
                    for step in branch {
                        visit_step(step, depth, visit);
                    }
                }
                _ if *name == "switch" => each_step(item, depth - 1, visit),
                _ => visit_step(item, depth, visit),
            }
        }
    }
}

fn visit_step(value: &mut Value, depth: usize, visit: &mut dyn FnMut(&mut Map<String, Value>)) {
    if let Some(step) = value.as_object_mut() {
        visit(step);
    }
    each_step(value, depth - 1, visit);
}
