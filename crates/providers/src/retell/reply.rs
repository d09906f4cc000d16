//! The answer while a number rings. An empty one lets the call go on as if nobody had been asked.

use crate::Reply;
use crate::reply::{apart, merge};
use serde_json::{Map, Value, json};

const OWN_WORDS: [&str; 5] = [
    "override_agent_id",
    "override_agent_version",
    "dynamic_variables",
    "metadata",
    "agent_override",
];

pub fn incoming(given: Option<Value>) -> Reply {
    let given = match given {
        Some(Value::Object(mut answer)) => match answer.shift_remove("call_inbound") {
            Some(inner) => Some(inner),
            None => Some(Value::Object(answer)),
        },
        other => other,
    };
    let (mut answer, variables) = apart(given, &OWN_WORDS);
    merge(&mut answer, "dynamic_variables", variables);
    match answer.get_mut("dynamic_variables") {
        Some(Value::Object(variables)) if !variables.is_empty() => texts(variables),
        _ => {
            answer.shift_remove("dynamic_variables");
        }
    }
    Reply::json(&json!({ "call_inbound": answer }))
}

/// Retell takes texts only.
fn texts(variables: &mut Map<String, Value>) {
    for value in variables.values_mut() {
        let text = match &*value {
            Value::String(_) => continue,
            Value::Null => String::new(),
            other => other.to_string(),
        };
        *value = text.into();
    }
}
