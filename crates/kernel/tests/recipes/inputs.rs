//! Inputs: what each type takes, and the JSON Schema that names them.

use super::*;
use kernel::recipe::{JSON_SCHEMA, Type, fields};
use serde_json::Map;
use std::collections::BTreeSet;

#[test]
fn inputs_are_checked_by_their_types_all_at_once() {
    let names = Type::names();
    let inputs: Vec<Value> = names
        .iter()
        .map(|kind| {
            let mut input =
                json!({ "name": kind, "label": kind, "type": kind, "required": *kind == "text" });
            match *kind {
                "choice" => input["choices"] = json!(["a", { "value": "b", "label": "Bee" }]),
                "connection" => input["kinds"] = json!(["smtp"]),
                _ => {}
            }
            input
        })
        .collect();
    let holes: Map<String, Value> = names
        .iter()
        .filter(|kind| !["connection", "condition"].contains(*kind))
        .map(|kind| ((*kind).to_owned(), json!({ "$input": kind })))
        .collect();
    let mut step = http(holes.into());
    step["connection"] = json!({ "$input": "connection" });
    step["if"] = json!({ "$input": "condition" });
    let world = World::new();
    let recipe = Recipe::check(&recipe(inputs.into(), step), &world).unwrap();
    let refusals = |given: Value| -> Vec<String> {
        let refused = recipe.install(given.as_object().unwrap(), &world);
        let refused = refused.err().unwrap_or_default().into_iter();
        refused
            .map(|problem| format!("{}: {}", problem.path, problem.message))
            .collect()
    };
    for (kind, good, bad) in [
        ("text", json!("a"), json!("a\nb")),
        ("long_text", json!("a\nb"), json!(5)),
        (
            "template",
            json!("{{ outcome.a }}"),
            json!("{{ outcome. }}"),
        ),
        ("condition", json!("duration > 5"), json!("duration >")),
        ("number", json!(-1.5), json!("5")),
        ("boolean", json!(false), json!("true")),
        ("choice", json!("b"), json!("Bee")),
        (
            "url",
            json!("http://localhost:8080"),
            json!("javascript:alert(1)"),
        ),
        ("phone", json!("+14155550100"), json!("4155550100")),
        (
            "email",
            json!("Ada <ada@example.com>"),
            json!("ada@example.com, b@example.com"),
        ),
        ("secret", json!("crm_key"), json!("crm-key")),
        ("connection", json!("Mail"), json!(["Mail"])),
        ("agents", json!(["Sarah"]), json!("Sarah")),
        ("campaigns", json!([]), json!([""])),
        ("json", json!([1, { "a": null }]), json!("x".repeat(70_000))),
    ] {
        let mut given = json!({ "text": "a" });
        given[kind] = good;
        assert_eq!(refusals(given.clone()), [""; 0], "{kind}");
        given[kind] = bad;
        let refused = refusals(given);
        assert!(
            refused.len() == 1 && refused[0].starts_with(&format!("/inputs/{kind}: ")),
            "{kind} {refused:?}"
        );
    }
    assert_eq!(
        refusals(json!({ "texts": 1, "url": "x" })),
        [
            "/inputs/texts: the recipe has no input `texts`; did you mean `text`?",
            "/inputs/text: is needed: text",
            "/inputs/url: `x` is no address such as `https://example.com/leads`",
        ]
    );
    assert_eq!(refusals(json!({ "text": "" })).len(), 1);
}

#[test]
fn the_json_schema_names_the_fields_that_the_reader_knows() {
    let schema: Value = serde_json::from_str(JSON_SCHEMA).unwrap();
    let names = |pointer: &str| -> BTreeSet<String> {
        match schema.pointer(pointer).unwrap() {
            Value::Object(members) => members.keys().cloned().collect(),
            Value::Array(items) => items
                .iter()
                .map(|item| item.as_str().unwrap().into())
                .collect(),
            other => panic!("{other}"),
        }
    };
    for (pointer, known) in [
        ("/properties", fields::RECIPE),
        ("/properties/category/enum", fields::CATEGORIES),
        ("/$defs/input/properties", fields::INPUT),
        ("/$defs/input/properties/type/enum", &Type::names()),
        ("/$defs/choice/properties", fields::CHOICE),
    ] {
        let known = known.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(names(pointer), known, "{pointer}");
    }
}
