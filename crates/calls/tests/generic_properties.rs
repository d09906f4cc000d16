//! Whatever stands where in an event, reading it gives an observation or problems with places that exist, and never ends
//! the process.
#![allow(clippy::unwrap_used)]

use calls::{Kind, Policy, fold, generic, samples};
use proptest::prelude::*;
use serde_json::{Value, json};

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        Just(json!("2026-11-20T17:30:05Z")),
        Just(json!("call.ended")),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z/~]{0,6}", inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

/// Every place in a value, as JSON Pointers.
fn places(value: &Value, at: String, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let key = key.replace('~', "~0").replace('/', "~1");
                places(value, format!("{at}/{key}"), out);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                places(value, format!("{at}/{index}"), out);
            }
        }
        _ => {}
    }
    out.push(at);
}

proptest! {
    #[test]
    fn an_event_with_anything_anywhere_is_read_or_refused_with_true_paths(
        kind in 0..Kind::MOMENTS.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any_value()), 1..4),
        in_cloud_event in any::<bool>(),
    ) {
        let mut event = samples::json(Kind::MOMENTS[kind]);
        for (place, value) in changes {
            let mut all = Vec::new();
            places(&event, String::new(), &mut all);
            let at: &String = place.get(&all);
            *event.pointer_mut(at).unwrap() = value;
        }
        if in_cloud_event {
            event = json!({"specversion": "1.0", "id": "1", "type": "call.ended", "data": event});
        }
        match generic::read(event.clone()) {
            Ok(told) => {
                let now = kernel::Timestamp::UNIX_EPOCH;
                let folded = fold(None, &told, "", now, &Policy::default());
                prop_assert_eq!(folded.call.snapshot.provider_call_id, told.call.provider_call_id);
            }
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    let parent = problem.path.rsplit_once('/').map_or("", |(parent, _)| parent);
                    prop_assert!(event.pointer(parent).is_some(), "{}", problem.path);
                }
            }
        }
    }
}
