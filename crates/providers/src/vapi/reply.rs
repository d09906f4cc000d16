//! Answers in Vapi's formats. Where no flow answered, a neutral one of the same shape, so that the call goes on as if nobody had been asked.
//! A message that asks nothing, or that nobody can read, gets a plain 200.

use super::tool;
use crate::reply::{NO_ASSISTANT, NO_RESULT};
use crate::{Answer, Reply, field, number};
use serde_json::{Map, Value, json};

const NO_DESTINATION: &str = "Sorry, nobody is available to take the call right now.";

/// `body` is what is under `message`.
pub fn reply(body: &Value, answer: &Answer) -> Reply {
    let given = answer.results.first().cloned().flatten();
    let value = match body["type"].as_str().unwrap_or_default() {
        "assistant-request" => assistant(body, given),
        "campaign.predial" => json!({ "eligible": eligible(given) }),
        "tool-calls" => results(body, answer),
        "function-call" => json!({ "result": given.map_or(NO_RESULT.into(), single_line) }),
        "transfer-destination-request" => destination(given),
        "handoff-destination-request" => given.unwrap_or(json!({ "error": NO_DESTINATION })),
        "knowledge-base-request" => given.unwrap_or(json!({ "documents": [] })),
        _ => json!({}),
    };
    Reply::json(&value)
}

/// A flow answers in Vapi's own words, or with nothing but variables: `{"variables": {…}}` or the bare object.
fn assistant(body: &Value, given: Option<Value>) -> Value {
    let own_words = [
        "assistantId",
        "assistant",
        "squadId",
        "squad",
        "workflowId",
        "destination",
        "error",
    ];
    let mut answer = match given {
        Some(Value::Object(answer)) => answer,
        Some(Value::String(spoken)) => return json!({ "error": spoken }),
        _ => return json!({ "error": NO_ASSISTANT }),
    };
    let has_own_words = own_words.iter().any(|word| answer.contains_key(*word));
    let has_overrides = answer.contains_key("assistantOverrides");
    let variables = match answer.shift_remove("variables") {
        Some(Value::Object(variables)) => variables,
        _ if has_own_words || has_overrides => Map::new(),
        _ => std::mem::take(&mut answer),
    };
    if !has_own_words {
        let assigned = ["/call/assistantId", "/phoneNumber/assistantId"];
        match field::text(body, &assigned) {
            Some(id) => answer.insert("assistantId".into(), id.into()),
            None if variables.is_empty() && !has_overrides => {
                return json!({ "error": NO_ASSISTANT });
            }
            None => None,
        };
    }
    if !variables.is_empty() {
        merge_variables(&mut answer, variables);
    }
    Value::Object(answer)
}

fn merge_variables(answer: &mut Map<String, Value>, variables: Map<String, Value>) {
    let overrides = answer
        .entry("assistantOverrides")
        .or_insert_with(|| json!({}));
    if !overrides.is_object() {
        *overrides = json!({});
    }
    match &mut overrides["variableValues"] {
        Value::Object(known) => known.extend(variables),
        other => *other = variables.into(),
    }
}

fn eligible(given: Option<Value>) -> bool {
    let answer = match &given {
        Some(Value::Object(answer)) => answer.get("eligible"),
        other => other.as_ref(),
    };
    match answer {
        Some(Value::Bool(eligible)) => *eligible,
        Some(Value::String(text)) => !text.trim().eq_ignore_ascii_case("false"),
        _ => true,
    }
}

/// One result per call of the message, under exactly its id, always with 200: Vapi ignores every other status.
fn results(body: &Value, answer: &Answer) -> Value {
    let tools = tool::tools(body).into_iter().enumerate();
    let results = tools.map(|(index, tool)| {
        let mut result = Map::new();
        if let Some(id) = tool.id {
            result.insert("toolCallId".into(), id.into());
        }
        result.insert("name".into(), tool.name.into());
        let (word, text) = match answer.results.get(index).cloned().flatten() {
            None => ("error", NO_RESULT.into()),
            Some(given) => match given.get("error").and_then(Value::as_str) {
                Some(error) => ("error", single_line(error.into())),
                None => ("result", single_line(given)),
            },
        };
        result.insert(word.into(), text.into());
        Value::Object(result)
    });
    json!({ "results": results.collect::<Vec<_>>() })
}

/// Vapi takes text without line breaks; anything else is sent as the JSON it is.
fn single_line(value: Value) -> String {
    match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        value => value.to_string(),
    }
}

fn destination(given: Option<Value>) -> Value {
    match given {
        Some(Value::String(to)) if to.starts_with("sip:") || to.starts_with("sips:") => {
            json!({ "destination": { "type": "sip", "sipUri": to } })
        }
        Some(Value::String(to)) if !to.trim().is_empty() => {
            json!({ "destination": { "type": "number", "number": number::shown(&to) } })
        }
        Some(Value::Object(answer)) if answer.contains_key("type") => {
            json!({ "destination": answer })
        }
        Some(Value::Object(answer)) if !answer.is_empty() => Value::Object(answer),
        _ => json!({ "error": NO_DESTINATION }),
    }
}
