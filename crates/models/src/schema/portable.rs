//! A schema in the subset that vendors enforce: every object closed, every property required, what may be left out null
//! instead, bounds said in words. What that subset cannot say makes it none.

use serde_json::{Map, Value, json};

/// Words for people, which nobody enforces.
const WORDS: [&str; 9] = [
    "$schema",
    "$comment",
    "title",
    "default",
    "examples",
    "readOnly",
    "writeOnly",
    "deprecated",
    "additionalProperties",
];
/// Bounds that the subset does not know: they are said, and held against the answer afterwards.
const BOUNDS: [&str; 13] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minItems",
    "maxItems",
    "uniqueItems",
    "maxProperties",
];

pub(super) fn portable(schema: &Value) -> Option<Value> {
    let schema = schema.as_object()?;
    let mut made = Map::new();
    let mut bounds = Map::new();
    for (key, value) in schema {
        match key.as_str() {
            "type" | "required" | "description" | "enum" => {
                made.insert(key.clone(), value.clone());
            }
            "const" => {
                made.insert("enum".into(), json!([value]));
            }
            // Answers are held against the schema as it was written: more than one may fit here.
            "anyOf" | "oneOf" if !made.contains_key("anyOf") => {
                let options: Option<Vec<_>> = value.as_array()?.iter().map(portable).collect();
                made.insert("anyOf".into(), options?.into());
            }
            "properties" => {
                let named = value.as_object()?.iter();
                let named: Option<Map<_, _>> = named
                    .map(|(name, part)| Some((name.clone(), portable(part)?)))
                    .collect();
                made.insert("properties".into(), named?.into());
            }
            "items" => {
                made.insert("items".into(), portable(value)?);
            }
            bound if BOUNDS.contains(&bound) => {
                bounds.insert(key.clone(), value.clone());
            }
            words if WORDS.contains(&words) => {}
            _ => return None,
        }
    }
    if !made.contains_key("type") && made.contains_key("properties") {
        made.insert("type".into(), "object".into());
    }
    if !bounds.is_empty() {
        let said = made
            .get("description")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let said = format!("{said} Must fit {}.", Value::Object(bounds));
        made.insert("description".into(), said.trim_start().into());
    }
    if let Some(Value::Array(values)) = made.get("enum") {
        let kinds = kinds(values)?;
        made.entry("type").or_insert(kinds);
        return Some(Value::Object(made));
    }
    if is(&made, "object") {
        close(&mut made)?;
    }
    let whole = match is(&made, "array") {
        true => made.contains_key("items"),
        false => made.contains_key("type") || made.contains_key("anyOf"),
    };
    whole.then_some(Value::Object(made))
}

/// The types of plain values, which vendors want to hear.
fn kinds(values: &[Value]) -> Option<Value> {
    let mut kinds: Vec<&str> = Vec::new();
    for value in values {
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::String(_) => "string",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) => "integer",
            Value::Array(_) | Value::Object(_) => return None,
        };
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    match kinds.as_slice() {
        [] => None,
        [one] => Some(json!(one)),
        several => Some(json!(several)),
    }
}

fn is(schema: &Map<String, Value>, kind: &str) -> bool {
    match schema.get("type") {
        Some(Value::String(one)) => one == kind,
        Some(Value::Array(several)) => several.iter().any(|one| one == kind),
        _ => false,
    }
}

/// Names every property as required; those that were not may be null.
fn close(object: &mut Map<String, Value>) -> Option<()> {
    let required = match object.remove("required") {
        Some(Value::Array(names)) => names,
        _ => Vec::new(),
    };
    // Without properties it takes any: closed, it would take none.
    let properties = object
        .get_mut("properties")?
        .as_object_mut()
        .filter(|named| !named.is_empty())?;
    let known = |name: &Value| {
        name.as_str()
            .is_some_and(|name| properties.contains_key(name))
    };
    if !required.iter().all(known) {
        return None;
    }
    for (name, part) in properties.iter_mut() {
        if !required.iter().any(|required| required == name) {
            allow_null(part);
        }
    }
    let names: Vec<Value> = properties.keys().map(|name| name.as_str().into()).collect();
    object.insert("required".into(), names.into());
    object.insert("additionalProperties".into(), false.into());
    Some(())
}

fn allow_null(schema: &mut Value) {
    if super::nulls::takes_null(schema) {
        return;
    }
    if let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        values.push(Value::Null);
    }
    if let Some(options) = schema.get_mut("anyOf").and_then(Value::as_array_mut) {
        options.push(json!({ "type": "null" }));
    }
    match schema.get_mut("type") {
        Some(kind @ Value::String(_)) => *kind = json!([kind, "null"]),
        Some(Value::Array(kinds)) => kinds.push("null".into()),
        _ => {}
    }
}
