//! Answers as an NCCO, a list of actions. Keys and speech that were asked for want one too: an empty list changes nothing.

use crate::reply::NO_ASSISTANT;
use crate::{Answer, Reply, asked};
use calls::Observation;
use serde_json::{Value, json};

pub fn reply(read: &[Observation], answer: &Answer) -> Reply {
    let event = read.first().map(|told| told.provider_event.as_str());
    match (asked(read), event) {
        (Some(_), _) => Reply::json(&actions(answer.only())),
        (None, Some("input")) => Reply::json(&json!([])),
        (None, _) => Reply::empty(),
    }
}

fn actions(given: Option<Value>) -> Value {
    let text = match given {
        Some(list @ Value::Array(_)) => return list,
        Some(action @ Value::Object(_)) if action["action"].is_string() => return json!([action]),
        Some(Value::String(text)) if !text.trim().is_empty() => text,
        _ => NO_ASSISTANT.into(),
    };
    json!([{ "action": "talk", "text": text }])
}
