//! Schemas as people write them: what is refused and where, what models are told, and what is taken from their answers.

use super::*;
use proptest::prelude::*;

fn flaws(schema: Value) -> Vec<String> {
    let flaws = Schema::read(&schema).err().unwrap_or_default();
    flaws
        .into_iter()
        .map(|flaw| format!("{} {}", flaw.path, flaw.message))
        .collect()
}

fn lead() -> Value {
    json!({
        "type": "object",
        "properties": {
            "name": { "type": "string", "minLength": 1 },
            "budget": { "type": "number", "minimum": 0, "description": "In dollars." },
            "plan": { "enum": ["basic", "pro"] },
            "contact": { "$ref": "#/$defs/contact", "description": "Who to call." }
        },
        "required": ["name"],
        "$defs": { "contact": { "type": "object", "properties": { "phone": { "type": ["string", "null"] } }, "required": ["phone"] } }
    })
}

#[test]
fn what_is_no_schema_is_refused_with_its_place() {
    let told = flaws(
        json!({ "type": "object", "properties": { "a": { "type": "strng" }, "b": { "required": "yes" } } }),
    );
    assert!(
        told.iter()
            .any(|flaw| flaw.starts_with("/properties/a/type ")),
        "{told:?}"
    );
    assert!(
        told.iter()
            .any(|flaw| flaw.starts_with("/properties/b/required ")),
        "{told:?}"
    );
    for (schema, says) in [
        (json!("object"), " a schema is an object"),
        (
            json!({ "$schema": "https://example.com/mine" }),
            "/$schema is no draft",
        ),
        (json!({ "pattern": "(" }), "/pattern"),
        (json!({ "pattern": "(?=a)b" }), ""),
        (
            json!({ "$ref": "https://example.com/schema" }),
            "/$ref leads outside",
        ),
        (
            json!({ "$ref": "file:///etc/passwd" }),
            "/$ref leads outside",
        ),
        (json!({ "$ref": "#/$defs/a" }), "/$ref leads nowhere"),
        (json!({ "$ref": "#" }), "/$ref leads back"),
        (
            json!({ "properties": { "a/b": { "$dynamicRef": "#x" } } }),
            "/properties/a~1b/$dynamicRef is not known",
        ),
    ] {
        let told = flaws(schema.clone());
        assert!(
            told.first().is_some_and(|flaw| flaw.starts_with(says)),
            "{schema}: {told:?}"
        );
    }
}

#[test]
fn a_small_schema_cannot_become_a_large_one() {
    let mut defs = serde_json::Map::new();
    for level in 0..12 {
        let next = json!({ "$ref": format!("#/$defs/d{}", level + 1) });
        defs.insert(format!("d{level}"), json!({ "anyOf": [next, next] }));
    }
    defs.insert("d12".into(), json!({ "type": "string" }));
    let told = flaws(json!({ "$ref": "#/$defs/d0", "$defs": defs }));
    assert_eq!(told.len(), 1, "{told:?}");
    let tree = json!({ "$ref": "#/$defs/t", "$defs": { "t": { "properties": { "t": { "$ref": "#/$defs/t" } } } } });
    assert!(flaws(tree)[0].contains("leads back to itself"));
    let deep = (0..100).fold(json!({}), |inner, _| json!({ "items": inner }));
    assert!(flaws(deep)[0].contains("nested too deep"));
    assert!(flaws(json!({ "description": "x".repeat(70_000) }))[0].contains("bytes"));
    let wide: serde_json::Map<_, _> = (0..3_000).map(|n| (format!("p{n}"), json!({}))).collect();
    assert!(flaws(json!({ "properties": wide }))[0].contains("too large"));
}

#[test]
fn models_are_told_the_subset_that_vendors_enforce() {
    let schema = Schema::read(&lead()).unwrap();
    let told = schema.strict().unwrap();
    assert_eq!(
        told,
        &json!({
            "type": "object",
            "properties": {
                "name": { "type": "string", "description": "Must fit {\"minLength\":1}." },
                "budget": { "type": ["number", "null"], "description": "In dollars. Must fit {\"minimum\":0}." },
                "plan": { "enum": ["basic", "pro", null], "type": ["string", "null"] },
                "contact": { "type": ["object", "null"], "properties": { "phone": { "type": ["string", "null"] } },
                    "required": ["phone"], "description": "Who to call.", "additionalProperties": false }
            },
            "required": ["name", "budget", "plan", "contact"],
            "additionalProperties": false
        })
    );
}

#[test]
fn nulls_of_what_may_be_left_out_are_left_out() {
    let schema = Schema::read(&lead()).unwrap();
    let answer =
        json!({ "name": "Ada", "budget": null, "plan": null, "contact": { "phone": null } });
    assert_eq!(
        schema.take(answer),
        Ok(json!({ "name": "Ada", "contact": { "phone": null } }))
    );
    let faults = schema
        .take(json!({ "name": null, "budget": -1 }))
        .unwrap_err();
    assert!(
        faults.iter().any(|fault| fault.starts_with("/name: ")),
        "{faults:?}"
    );
    assert!(
        faults.iter().any(|fault| fault.starts_with("/budget: ")),
        "{faults:?}"
    );
    let list =
        Schema::read(&json!({ "type": "array", "items": lead()["$defs"]["contact"] })).unwrap();
    assert_eq!(
        list.take(json!({ "value": [{ "phone": "1" }] })),
        Ok(json!([{ "phone": "1" }]))
    );
    assert_eq!(list.take(json!([])), Ok(json!([])));
    assert_eq!(list.asked()["required"], json!(["value"]));
}

#[test]
fn a_format_is_held_to() {
    let day = Schema::read(
        &json!({ "type": "object", "properties": { "day": { "type": "string", "format": "date" } }, "required": ["day"] }),
    );
    let day = day.unwrap();
    assert!(day.take(json!({ "day": "2026-11-20" })).is_ok());
    assert!(day.take(json!({ "day": "next Friday" })).is_err());
}

#[test]
fn what_the_subset_cannot_say_is_not_told_as_strict() {
    for schema in [
        json!({ "type": "object" }),
        json!({ "type": "object", "properties": { "a": {} } }),
        json!({ "type": "object", "properties": { "a": { "type": "array" } } }),
        json!({ "type": "object", "properties": { "a": { "not": { "type": "string" } } } }),
        json!({ "type": "object", "properties": { "a": { "type": "string" } }, "patternProperties": { "^x": {} } }),
        json!({ "type": "object", "properties": { "a": { "type": "string" } }, "required": ["b"] }),
        json!({ "type": "object", "properties": { "a": { "enum": [{}] } } }),
    ] {
        let read = Schema::read(&schema).unwrap();
        assert_eq!(read.strict(), None, "{schema}");
        assert_eq!(read.asked(), &schema);
    }
}

fn any_schema() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!({ "type": "string" })),
        Just(json!({ "type": "integer", "minimum": 0 })),
        Just(json!({ "type": "boolean" })),
        Just(json!({ "enum": ["a", "b"] })),
        Just(json!({ "const": 3 })),
        Just(json!({ "type": ["string", "null"] })),
        Just(json!({ "type": "number", "description": "n" })),
        Just(json!({ "$ref": "#/$defs/x" })),
    ];
    leaf.prop_recursive(4, 30, 5, |inner| {
        prop_oneof![
            inner
                .clone()
                .prop_map(|items| json!({ "type": "array", "items": items })),
            prop::collection::vec(inner.clone(), 1..4)
                .prop_map(|options| json!({ "anyOf": options })),
            (prop::collection::vec(inner, 1..5), 0usize..5).prop_map(|(parts, needed)| {
                let named: serde_json::Map<_, _> = parts
                    .into_iter()
                    .enumerate()
                    .map(|(n, part)| (format!("p{n}"), part))
                    .collect();
                let required: Vec<_> = named.keys().take(needed).cloned().collect();
                json!({ "type": "object", "properties": named, "required": required })
            }),
        ]
    })
}

/// A value that fits what a model is told, all of it null that may be.
fn sparse(schema: &Value) -> Value {
    if nulls::takes_null(schema) {
        return Value::Null;
    }
    if let Some(values) = schema["enum"].as_array() {
        return values[0].clone();
    }
    if let Some(options) = schema["anyOf"].as_array() {
        return sparse(&options[0]);
    }
    match schema["type"].as_str() {
        Some("string") => "s".into(),
        Some("integer" | "number") => 1.into(),
        Some("boolean") => true.into(),
        Some("array") => json!([sparse(&schema["items"])]),
        _ => {
            let named = schema["properties"].as_object().unwrap().iter();
            named
                .map(|(name, part)| (name.clone(), sparse(part)))
                .collect()
        }
    }
}

proptest! {
    #[test]
    fn what_fits_what_a_model_is_told_fits_the_schema(mut schema in any_schema()) {
        schema["$defs"] = json!({ "x": { "type": "string", "maxLength": 9 } });
        let schema = Schema::read(&schema).unwrap();
        let told = schema.strict().unwrap();
        let answer = sparse(told);
        prop_assert!(jsonschema::is_valid(told, &answer), "{told} {answer}");
        prop_assert!(schema.take(answer.clone()).is_ok(), "{told} {answer}");
    }
}
