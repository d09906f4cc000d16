//! The checked-in document is fresh, and every operation says what it is and who may call it.

use super::*;
use std::collections::BTreeSet;

/// Path, and the operation.
fn all(document: &Value) -> Vec<(&str, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    let operations = paths.flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().values();
        methods.map(move |operation| (path.as_str(), operation))
    });
    operations.collect()
}

#[test]
fn openapi_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi.json");
    let fresh = serde_json::to_string_pretty(&openapi()).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &fresh).unwrap();
    }
    let stored = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        stored == fresh,
        "openapi.json is stale: run UPDATE=1 cargo test -p api openapi_is_fresh"
    );
}

#[test]
fn every_operation_has_a_summary_a_tag_and_a_permission() {
    let document = openapi();
    assert_eq!(document["openapi"], "3.1.0");
    let mut ids = BTreeSet::new();
    for (path, operation) in all(&document) {
        let id = operation["operationId"].as_str().unwrap();
        assert!(
            operation["summary"].as_str().is_some_and(|s| s.len() > 3),
            "{path} {id}"
        );
        let tags = document["tags"].as_array().unwrap();
        assert!(
            tags.iter().any(|tag| tag["name"] == operation["tags"][0]),
            "{path} {id}"
        );
        assert_eq!(
            operation["tags"].as_array().map(Vec::len),
            Some(1),
            "{path} {id}"
        );
        let permission = operation["x-permission"].as_str().unwrap();
        let known = [
            "public", "any", "read", "operate", "write", "ingest", "admin",
        ];
        assert!(known.contains(&permission), "{path} {id} {permission}");
        assert!(ids.insert(id), "{id} stands for two operations");
        let mut statuses = operation["responses"].as_object().unwrap().keys();
        assert!(statuses.any(|status| status == "500"), "{path} {id}");
    }
}

#[test]
fn only_these_addresses_are_open_to_everybody() {
    let document = openapi();
    let open: BTreeSet<&str> = all(&document)
        .into_iter()
        .filter(|(_, operation)| operation["x-permission"] == "public")
        .map(|(path, _)| path)
        .collect();
    let expected = [
        "/docs",
        "/docs/errors",
        "/healthz",
        "/openapi.json",
        "/readyz",
        "/schema/event.json",
        "/schema/flow.json",
        "/schema/payload.json",
        "/schema/recipe.json",
        "/sign-in",
        "/v1/in/{endpoint}",
        "/v1/recordings/{id}/audio",
    ];
    assert_eq!(open, BTreeSet::from(expected));
}

#[test]
fn every_reference_in_the_document_leads_somewhere() {
    fn walk<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
        match value {
            Value::Array(values) => values.iter().for_each(|value| walk(value, found)),
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str));
                members.values().for_each(|value| walk(value, found));
            }
            _ => {}
        }
    }
    let document = openapi();
    let mut found = BTreeSet::new();
    walk(&document, &mut found);
    for path in found {
        assert!(document.pointer(&path[1..]).is_some(), "{path}");
    }
}
