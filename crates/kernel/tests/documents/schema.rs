//! The JSON Schema of a flow is what is read: every kind of step and every field, and nothing else.

use super::*;
use kernel::flow::{self, fields};

fn schema() -> Value {
    serde_json::from_str(flow::JSON_SCHEMA).unwrap()
}

fn names(value: &Value) -> BTreeSet<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

/// Objects that are no steps, and the fields that their readers know.
const PARTS: [(&str, &[&str]); 8] = [
    ("", fields::FLOW),
    ("/properties/pause_after/oneOf/3", fields::PAUSE),
    ("/$defs/where", fields::WHERE),
    ("/$defs/case", fields::CASE),
    ("/$defs/wait/properties/wait", fields::WAIT_OBJECT),
    ("/$defs/window", fields::WINDOW),
    ("/$defs/stop/properties/stop/oneOf/1", fields::STOP_OBJECT),
    ("/$defs/retry", fields::RETRY),
];
/// Of test cases, which the engine reads: its own test compares them.
const CASES: [&str; 2] = ["/$defs/test", "/$defs/answer"];

#[test]
fn the_json_schema_names_the_fields_that_the_reader_knows_and_no_others() {
    fn objects(value: &Value, at: String, found: &mut BTreeSet<String>) {
        if value.get("additionalProperties") == Some(&Value::Bool(false)) {
            found.insert(at.clone());
        }
        let parts: Vec<(String, &Value)> = match value {
            Value::Object(members) => members.iter().map(|(n, v)| (n.clone(), v)).collect(),
            Value::Array(items) => items
                .iter()
                .enumerate()
                .map(|(n, v)| (n.to_string(), v))
                .collect(),
            _ => Vec::new(),
        };
        for (name, part) in parts {
            objects(part, format!("{at}/{name}"), found);
        }
    }
    let schema = schema();
    let steps = fields::KINDS
        .iter()
        .map(|(kind, known)| (format!("/$defs/{kind}"), *known));
    let parts = PARTS.iter().map(|(at, known)| ((*at).to_owned(), *known));
    let mut compared = BTreeSet::new();
    for (at, known) in steps.chain(parts) {
        let object = schema.pointer(&at).unwrap_or_else(|| panic!("{at}"));
        let known: BTreeSet<&str> = known.iter().copied().collect();
        assert_eq!(names(&object["properties"]), known, "{at}");
        compared.insert(at);
    }
    let mut found = BTreeSet::new();
    objects(&schema, String::new(), &mut found);
    found.retain(|at| !CASES.iter().any(|of_cases| at.starts_with(of_cases)));
    assert_eq!(found, compared, "every object is compared");
}

#[test]
fn the_json_schema_has_every_kind_of_step_that_the_reader_knows_and_no_others() {
    let schema = schema();
    let step = &schema["$defs"]["step"];
    let offered = step["oneOf"].as_array().unwrap().iter();
    let offered: BTreeSet<&str> = offered
        .map(|kind| {
            kind["$ref"]
                .as_str()
                .unwrap()
                .trim_start_matches("#/$defs/")
        })
        .collect();
    let known: BTreeSet<&str> = fields::KINDS.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(offered, known);
    for kind in known {
        let said = step["description"].as_str().unwrap();
        assert!(said.contains(&format!("`{kind}`")), "{kind}");
        // What makes it that kind is needed.
        let needed = schema["$defs"][kind]["required"].as_array().unwrap();
        assert!(needed.contains(&json!(kind)), "{kind}");
    }
}

#[test]
fn the_words_in_the_json_schema_are_read_and_others_are_not() {
    let schema = schema();
    let flow = |step: Value| json!({"name": "f", "on": ["call.ended"], "steps": [step]});
    let called = |field: &str, word: &Value| json!({"id": "a", "do": "http.request", "with": {"url": "https://a.example/"}, field: word});
    let stopped = |_: &str, word: &Value| json!({"id": "a", "stop": word});
    let waited = |_: &str, word: &Value| json!({"id": "a", "wait": {"window": {"zone": "Europe/Berlin", "days": [word]}}});
    type Make<'m> = &'m dyn Fn(&str, &Value) -> Value;
    let fields: [(&str, &str, Make<'_>); 5] = [
        ("/$defs/do/properties/on_error/enum", "on_error", &called),
        (
            "/$defs/do/properties/on_unknown/enum",
            "on_unknown",
            &called,
        ),
        ("/$defs/run_when/enum", "run_when", &called),
        ("/$defs/stop_status/enum", "stop", &stopped),
        ("/$defs/window/properties/days/items/enum", "days", &waited),
    ];
    for (at, field, make) in fields {
        for word in schema.pointer(at).unwrap().as_array().unwrap() {
            assert_eq!(
                problems(&flow(make(field, word))),
                [""; 0],
                "{field} {word}"
            );
        }
        assert_ne!(
            problems(&flow(make(field, &json!("never")))),
            [""; 0],
            "{field}"
        );
    }
}

#[test]
fn the_example_in_the_json_schema_is_a_flow() {
    assert_eq!(problems(&schema()["examples"][0]), [""; 0]);
}
