//! Getters for foreign JSON: the first of several JSON Pointers that holds something usable, lenient about its type.
//! A value of the wrong type is as good as missing; nothing here fails.

use serde_json::{Map, Value};

/// The first text that is not empty; numbers and booleans count as their text (ids are sometimes numbers).
pub fn text(value: &Value, pointers: &[&str]) -> Option<String> {
    first(value, pointers, |found| match found {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    })
}

/// The first finite number, or text that is one.
pub fn number(value: &Value, pointers: &[&str]) -> Option<f64> {
    first(value, pointers, |found| match found {
        Value::String(text) => text.trim().parse().ok(),
        found => found.as_f64(),
    })
    .filter(|number: &f64| number.is_finite())
}

/// The first object that has something in it.
pub fn object<'a>(value: &'a Value, pointers: &[&str]) -> Option<&'a Map<String, Value>> {
    first(value, pointers, |found| {
        found.as_object().filter(|object| !object.is_empty())
    })
}

/// The first list that has something in it, else an empty one.
pub fn list<'a>(value: &'a Value, pointers: &[&str]) -> &'a [Value] {
    first(value, pointers, |found| {
        found.as_array().filter(|list| !list.is_empty())
    })
    .map_or(&[], Vec::as_slice)
}

fn first<'a, T>(
    value: &'a Value,
    pointers: &[&str],
    read: impl Fn(&'a Value) -> Option<T>,
) -> Option<T> {
    pointers
        .iter()
        .find_map(|pointer| read(value.pointer(pointer)?))
}

/// Arguments of a tool, which some platforms send as JSON and some as JSON inside a text.
pub fn arguments(value: &Value) -> Value {
    match value {
        Value::String(text) if text.trim().is_empty() => Value::Object(Map::new()),
        Value::String(text) => serde_json::from_str(text).unwrap_or_else(|_| value.clone()),
        Value::Null => Value::Object(Map::new()),
        value => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_first_usable_value_wins_and_wrong_types_count_as_missing() {
        let value = json!({"a": "  ", "b": [], "c": 12, "d": "1.5", "e": {"f": " x "}, "n": "NaN"});
        assert_eq!(
            text(&value, &["/zzz", "/a", "/b", "/e/f"]),
            Some("x".into())
        );
        assert_eq!(text(&value, &["/c"]), Some("12".into()));
        assert_eq!(number(&value, &["/a", "/d"]), Some(1.5));
        assert_eq!(number(&value, &["/n"]), None);
        assert!(list(&value, &["/b", "/c"]).is_empty());
        assert_eq!(object(&value, &["/c", "/e"]).map(Map::len), Some(1));
    }

    #[test]
    fn arguments_are_read_from_json_and_from_text() {
        assert_eq!(arguments(&json!({"a": 1})), json!({"a": 1}));
        assert_eq!(arguments(&json!("{\"a\": 1}")), json!({"a": 1}));
        assert_eq!(arguments(&json!("not json")), json!("not json"));
        assert_eq!(arguments(&json!("")), json!({}));
        assert_eq!(arguments(&Value::Null), json!({}));
    }
}
