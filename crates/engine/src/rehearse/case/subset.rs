//! Whether a value has everything that is expected of it: objects may have more members, lists may not.

use super::Difference;
use serde_json::Value;

pub(super) fn subset(expected: &Value, got: &Value, at: &str, found: &mut Vec<Difference>) {
    match (expected, got) {
        (Value::Object(members), Value::Object(has)) => {
            for (name, member) in members {
                let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                subset(member, has.get(name).unwrap_or(&Value::Null), &at, found);
            }
        }
        (Value::Array(items), Value::Array(has)) if items.len() == has.len() => {
            for (number, (item, has)) in items.iter().zip(has).enumerate() {
                subset(item, has, &format!("{at}/{number}"), found);
            }
        }
        _ if equal(expected, got) => {}
        _ => found.push(Difference {
            path: at.to_owned(),
            expected: expected.clone(),
            got: got.clone(),
            note: String::new(),
        }),
    }
}

/// Numbers by size: 5 is 5.0.
fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        _ => a == b,
    }
}

/// Names of headers in lower case, as they are shown.
pub(super) fn plain(headers: &Value) -> Value {
    match headers {
        Value::Object(headers) => {
            let lower = headers
                .iter()
                .map(|(name, value)| (name.to_lowercase(), value.clone()));
            lower.collect()
        }
        other => other.clone(),
    }
}
