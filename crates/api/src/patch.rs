//! JSON Merge Patch (RFC 7396): members that are given replace, null removes, objects are merged; the result is read like a
//! document that was sent whole.

use crate::body::parse;
use crate::errors::{Code, Error, Result};
use kernel::Problem;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub fn patched<T: Serialize + DeserializeOwned>(value: &T, changes: Value) -> Result<T> {
    if !changes.is_object() {
        let problem = Problem::new("", "send an object with the members to change");
        return Err(Error::invalid(Code::InvalidRequest, vec![problem]));
    }
    let mut document = serde_json::to_value(value).expect("our own types have text keys only");
    merge(&mut document, changes);
    parse(document.to_string().as_bytes())
}

fn merge(document: &mut Value, changes: Value) {
    let Value::Object(changes) = changes else {
        *document = changes;
        return;
    };
    if !document.is_object() {
        *document = Value::Object(Default::default());
    }
    let members = document.as_object_mut().expect("it is an object now");
    for (name, change) in changes {
        match change {
            Value::Null => _ = members.shift_remove(&name),
            change => merge(members.entry(name).or_insert(Value::Null), change),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_given_replaces_null_removes_and_objects_are_merged() {
        let document = json!({ "a": 1, "b": { "c": 1, "d": [1] }, "e": "x" });
        let changes = json!({ "a": null, "b": { "c": 2, "d": [2], "n": {"m": 1, "o": null} } });
        let wanted = json!({ "b": { "c": 2, "d": [2], "n": { "m": 1 } }, "e": "x" });
        assert_eq!(patched(&document, changes).unwrap(), wanted);
        assert!(patched(&document, json!([1])).is_err());
    }
}
