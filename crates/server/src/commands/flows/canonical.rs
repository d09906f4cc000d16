//! The one order in which a flow is written: what a person looks for first stands first, and a change of one thing changes
//! its lines only. What has no order of its own (headers, bodies, names) stays as people wrote it.

use kernel::flow::fields;
use serde_json::{Map, Value};

const LISTS: &[&str] = &["steps", "then", "else", "try", "catch", "on_failure"];

/// The same document in the order that is written.
pub fn flow(document: Value) -> Value {
    let Value::Object(members) = document else {
        return document;
    };
    let mut members = ordered(members, fields::FLOW);
    if let Some(Value::Object(filters)) = members.get_mut("where") {
        *filters = ordered(std::mem::take(filters), fields::WHERE);
    }
    inside(&mut members);
    Value::Object(members)
}

fn step(value: &mut Value) {
    let Value::Object(members) = value else {
        return;
    };
    let kind = fields::KINDS
        .iter()
        .find(|(kind, _)| members.contains_key(*kind));
    let order = kind.map_or(&[][..], |(_, order)| order);
    *members = ordered(std::mem::take(members), order);
    inside(members);
}

fn inside(members: &mut Map<String, Value>) {
    for (name, value) in members.iter_mut() {
        let Value::Array(items) = value else {
            continue;
        };
        match name.as_str() {
            name if LISTS.contains(&name) => items.iter_mut().for_each(step),
            "parallel" => items
                .iter_mut()
                .filter_map(Value::as_array_mut)
                .flatten()
                .for_each(step),
            "switch" => items
                .iter_mut()
                .filter_map(Value::as_object_mut)
                .for_each(|case| {
                    *case = ordered(std::mem::take(case), fields::CASE);
                    inside(case);
                }),
            _ => {}
        }
    }
}

/// Without members that are null, which is the same as absent.
fn ordered(mut members: Map<String, Value>, order: &[&str]) -> Map<String, Value> {
    let known: Vec<_> = order
        .iter()
        .filter_map(|name| members.shift_remove_entry(*name))
        .collect();
    let all = known.into_iter().chain(members);
    all.filter(|(_, value)| !value.is_null()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_flow_is_written_in_one_way() {
        let written = flow(
            json!({ "steps": [{ "timeout_s": 5, "with": { "url": "u", "method": "POST" }, "note": null, "do": "http.request", "id": "a" },
            { "else": [], "switch": [{ "steps": [{ "set": {}, "id": "c" }], "if": "x" }], "id": "b" }],
            "on": ["call.ended"], "name": "n", "where": { "if": "x", "agents": ["b", "a"] }, "key": "k" }),
        );
        assert_eq!(
            written.to_string(),
            r#"{"key":"k","name":"n","on":["call.ended"],"where":{"agents":["b","a"],"if":"x"},"steps":[{"id":"a","do":"http.request","with":{"url":"u","method":"POST"},"timeout_s":5},{"id":"b","switch":[{"if":"x","steps":[{"id":"c","set":{}}]}],"else":[]}]}"#
        );
        assert_eq!(flow(written.clone()).to_string(), written.to_string());
    }
}
