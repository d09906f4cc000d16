//! The checked-in document is fresh, and every operation says what it is and who may call it.

use super::*;

#[test]
fn openapi_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi.json");
    let fresh = openapi().to_pretty_json().unwrap() + "\n";
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
    let mut document = openapi();
    assert_eq!(serde_json::to_value(&document.openapi).unwrap(), "3.1.0");
    let mut ids = std::collections::BTreeSet::new();
    for (path, item) in &mut document.paths.paths {
        for operation in operations(item) {
            let id = operation.operation_id.clone().unwrap();
            assert!(
                operation.summary.as_ref().is_some_and(|s| s.len() > 3),
                "{path} {id}"
            );
            assert_eq!(
                operation.tags.as_ref().map(Vec::len),
                Some(1),
                "{path} {id}"
            );
            let permission = operation.extensions.as_ref().unwrap()["x-permission"]
                .as_str()
                .unwrap();
            assert!(
                ["public", "any", "read", "write", "ingest", "admin"].contains(&permission),
                "{path} {id} {permission}"
            );
            assert!(ids.insert(id.clone()), "{id} stands for two operations");
            let refused = operation
                .responses
                .responses
                .keys()
                .any(|status| status.starts_with(['4', '5']));
            assert!(refused, "{path} {id}");
        }
    }
}

#[test]
fn only_these_operations_are_open_to_everybody() {
    let mut document = openapi();
    let mut open = Vec::new();
    for (path, item) in &mut document.paths.paths {
        let public =
            operations(item).any(|o| o.extensions.as_ref().unwrap()["x-permission"] == "public");
        if public {
            open.push(path.as_str());
        }
    }
    open.sort_unstable();
    assert_eq!(
        open,
        [
            "/docs",
            "/docs/errors",
            "/healthz",
            "/openapi.json",
            "/readyz",
            "/sign-in",
            "/v1/in/{endpoint}"
        ]
    );
}
