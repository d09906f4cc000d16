//! A shape of the OpenAPI document in words: the type of a value, and a table of an object's members.

use super::text::{escape, inline};
use serde_json::Value;

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The type of a value, as HTML.
pub fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"]
        .as_str()
        .and_then(|path| path.rsplit('/').next())
    {
        return format!("<a href=\"#{0}\">{0}</a>", escape(name));
    }
    let choices = ["oneOf", "anyOf", "allOf"]
        .iter()
        .find(|key| schema[**key].is_array());
    if let Some(key) = choices {
        let joint = if *key == "allOf" { " and " } else { " or " };
        return list(&schema[*key])
            .map(kind)
            .collect::<Vec<_>>()
            .join(joint);
    }
    if schema["enum"].is_array() {
        return list(&schema["enum"])
            .map(|word| format!("<code>{}</code>", escape(&word.to_string())))
            .collect::<Vec<_>>()
            .join(" ");
    }
    match &schema["type"] {
        Value::String(name) if name == "array" => format!("list of {}", kind(&schema["items"])),
        Value::String(name) => schema["format"]
            .as_str()
            .map_or_else(|| escape(name), escape),
        Value::Array(names) => names
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(" or "),
        _ => "any".into(),
    }
}

/// The members of an object, or the type of anything else.
pub fn table(schema: &Value) -> String {
    let about = schema["description"]
        .as_str()
        .map(|text| format!("<p>{}</p>", inline(text)));
    let mut html = about.unwrap_or_default();
    let parts: Vec<&Value> = list(&schema["allOf"]).chain([schema]).collect();
    if !parts.iter().any(|part| part["properties"].is_object()) {
        return html + &format!("<p>{}</p>", kind(schema));
    }
    html += "<table>";
    for part in parts {
        if part["$ref"].is_string() {
            html += &format!("<tr><td colspan=\"3\">all of {}</td></tr>", kind(part));
        }
        for (name, member) in part["properties"].as_object().into_iter().flatten() {
            let needed = list(&part["required"]).any(|required| required == name);
            let mark = if needed {
                ""
            } else {
                " <span class=\"mild\">optional</span>"
            };
            let about = inline(member["description"].as_str().unwrap_or_default());
            html += &format!(
                "<tr><td><code>{}</code>{mark}</td><td>{}</td><td>{about}</td></tr>",
                escape(name),
                kind(member)
            );
        }
    }
    html + "</table>"
}
