//! Where models must name every property, they give null for what there is not. Taken away where the author's schema lets the
//! property be left out and not be null.

use serde_json::Value;

pub(super) fn drop_optional(schema: &Value, value: &mut Value) {
    for key in ["anyOf", "oneOf", "allOf"] {
        let parts = schema.get(key).and_then(Value::as_array);
        parts
            .into_iter()
            .flatten()
            .for_each(|part| drop_optional(part, value));
    }
    match value {
        Value::Object(object) => {
            let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
                return;
            };
            let required = schema.get("required").and_then(Value::as_array);
            for (name, part) in properties {
                let needed = required.is_some_and(|names| names.iter().any(|known| known == name));
                match object.get_mut(name) {
                    Some(Value::Null) if !needed && !takes_null(part) => {
                        object.shift_remove(name);
                    }
                    Some(inner) => drop_optional(part, inner),
                    None => {}
                }
            }
        }
        Value::Array(list) => {
            if let Some(items) = schema.get("items") {
                list.iter_mut().for_each(|item| drop_optional(items, item));
            }
        }
        _ => {}
    }
}

/// Whether null may stand for it, as far as its own keywords say.
pub(super) fn takes_null(schema: &Value) -> bool {
    let Some(object) = schema.as_object() else {
        return schema != &Value::Bool(false);
    };
    let kind = match object.get("type") {
        Some(Value::String(kind)) => kind == "null",
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "null"),
        _ => true,
    };
    let listed = match object.get("enum").and_then(Value::as_array) {
        Some(values) => values.contains(&Value::Null),
        None => object.get("const").is_none_or(Value::is_null),
    };
    let optional = ["anyOf", "oneOf"].iter().all(|key| {
        let options = object.get(*key).and_then(Value::as_array);
        options.is_none_or(|options| options.iter().any(takes_null))
    });
    kind && listed && optional
}
