//! JSON Schemas of their own, cut out of the OpenAPI document: a shape and all that it refers to, for editors and validators. What
//! a shape is, is said where the API is described, and only there.

use serde_json::{Map, Value, json};

const COMPONENTS: &str = "#/components/schemas/";

/// The schema that is served at `/schema/{file}.json`.
pub fn schema(document: &Value, file: &str, shape: &str) -> Value {
    let mut needed = Map::new();
    let mut open = vec![shape.to_owned()];
    while let Some(name) = open.pop() {
        if !needed.contains_key(&name) {
            let mut schema = document["components"]["schemas"][&name].clone();
            bring(&mut schema, &mut open);
            needed.insert(name, schema);
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("/schema/{file}.json"),
        "$ref": format!("#/$defs/{shape}"),
        "$defs": needed,
    })
}

/// Lets references lead to where the shapes are then, and says which are needed.
fn bring(value: &mut Value, open: &mut Vec<String>) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| bring(value, open)),
        Value::Object(members) => {
            if let Some(Value::String(to)) = members.get_mut("$ref")
                && let Some(name) = to.strip_prefix(COMPONENTS).map(str::to_owned)
            {
                *to = format!("#/$defs/{name}");
                open.push(name);
            }
            members.values_mut().for_each(|value| bring(value, open));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
