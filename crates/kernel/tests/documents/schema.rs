//! The JSON Schema of a flow is what is read.

use super::*;
use kernel::flow::{self, fields};

#[test]
fn the_json_schema_names_the_fields_that_the_reader_knows() {
    let schema: Value = serde_json::from_str(flow::JSON_SCHEMA).unwrap();
    let named = |pointer: &str| -> BTreeSet<String> {
        schema
            .pointer(pointer)
            .unwrap_or_else(|| panic!("{pointer}"))
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect()
    };
    for (pointer, known) in [
        ("/properties", fields::FLOW),
        ("/$defs/where/properties", fields::WHERE),
        ("/$defs/do/properties", fields::DO),
        ("/$defs/if/properties", fields::IF),
        ("/$defs/switch/properties", fields::SWITCH),
        ("/$defs/case/properties", fields::CASE),
        ("/$defs/set/properties", fields::SET),
        ("/$defs/try/properties", fields::TRY),
        ("/$defs/for_each/properties", fields::EACH),
        ("/$defs/parallel/properties", fields::PARALLEL),
        ("/$defs/flow/properties", fields::CALL),
        ("/$defs/wait/properties", fields::WAIT),
        (
            "/$defs/wait/properties/wait/properties",
            fields::WAIT_OBJECT,
        ),
        ("/$defs/window/properties", fields::WINDOW),
        ("/$defs/reply/properties", fields::REPLY),
        ("/$defs/stop/properties", fields::STOP),
        (
            "/$defs/stop/properties/stop/oneOf/1/properties",
            fields::STOP_OBJECT,
        ),
        ("/$defs/retry/properties", fields::RETRY),
    ] {
        assert_eq!(
            named(pointer),
            known.iter().map(|name| (*name).to_owned()).collect(),
            "{pointer}"
        );
    }
}

#[test]
fn the_example_in_the_json_schema_is_a_flow() {
    let schema: Value = serde_json::from_str(flow::JSON_SCHEMA).unwrap();
    assert_eq!(problems(&schema["examples"][0]), [""; 0]);
}
