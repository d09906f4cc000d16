//! Our own recorded requests, one file each: the request as `providers check` takes it and what comes out of it.

use crate::world::{json_file, now};
use providers::{all, check};
use serde_json::Value;
use std::path::Path;

#[test]
fn every_fixture_is_checked_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    // The generic form is tested where it is made.
    for provider in all().iter().filter(|provider| provider.name() != "custom") {
        let mut checked = 0;
        let files = std::fs::read_dir(folder.join(provider.name())).unwrap();
        for file in files.map(|entry| entry.unwrap().path()) {
            let fixture = json_file(&file);
            let found = check(provider.name(), &fixture["request"], now()).unwrap();
            contains(&found, &fixture["expect"], &file.display().to_string());
            checked += 1;
        }
        assert!(checked > 0, "{} has no fixture", provider.name());
    }
}

/// Members that a fixture does not name are not asserted; lists have as many items as it names.
fn contains(found: &Value, expected: &Value, place: &str) {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            for (name, value) in expected {
                contains(
                    found.get(name).unwrap_or(&Value::Null),
                    value,
                    &format!("{place}/{name}"),
                );
            }
        }
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "{place}: {found:?}");
            for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
                contains(found, expected, &format!("{place}/{index}"));
            }
        }
        _ => assert_eq!(found, expected, "{place}"),
    }
}
