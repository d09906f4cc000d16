//! Messages. A schema of the subset that constrained output knows goes as `output_config`; another one, and an older model or
//! server, gets it as the input of a tool that must be called.

use super::no_part;
use crate::answer::{joined, text_at};
use crate::ask::system;
use crate::{Answer, Ask, By, Manner, Stop, Unreadable, Usage, Way, Wire};
use serde_json::{Value, json};

/// The API wants a limit.
const MOST: u32 = 8_192;
const TOOL: &str = "answer";

pub(super) fn request(ask: &Ask<'_>, manner: Manner) -> Wire {
    let messages: Vec<Value> = ask
        .turns
        .iter()
        .map(|turn| {
            let role = match turn.by {
                By::User => "user",
                By::Model => "assistant",
            };
            json!({ "role": role, "content": turn.text })
        })
        .collect();
    let mut body = json!({ "model": ask.model, "max_tokens": ask.max_tokens.unwrap_or(MOST), "messages": messages });
    let system = system(ask, manner.way == Way::Text);
    if !system.is_empty() {
        body["system"] = system.into();
    }
    if let Some(temperature) = ask.temperature {
        body["temperature"] = temperature.into();
    }
    match (ask.schema, manner.way) {
        (None, _) | (_, Way::Text) => {}
        (Some(schema), way) => match schema.strict().filter(|_| way == Way::Schema) {
            Some(strict) => {
                body["output_config"] =
                    json!({ "format": { "type": "json_schema", "schema": strict } });
            }
            None => {
                body["tools"] = json!([{ "name": TOOL, "description": "Gives the answer.", "input_schema": schema.asked() }]);
                body["tool_choice"] = json!({ "type": "tool", "name": TOOL });
            }
        },
    }
    Wire {
        path: "/messages".into(),
        body,
    }
}

pub(super) fn answer(body: &Value) -> Result<Answer, Unreadable> {
    let content = body.get("content").filter(|content| content.is_array());
    let content = content.ok_or_else(|| no_part("`content`"))?;
    let mut parts = content.as_array().into_iter().flatten();
    let value = parts.find(|part| part.get("type").is_some_and(|kind| kind == "tool_use"));
    let value = value.and_then(|part| part.get("input")).cloned();
    let text = joined(content);
    let stop = match body.get("stop_reason").and_then(Value::as_str) {
        Some("refusal") => Stop::Refused(text.clone()),
        Some("max_tokens" | "model_context_window_exceeded") => Stop::Length,
        Some("end_turn") | None => Stop::End,
        Some("tool_use") if value.is_some() => Stop::End,
        Some(other) => Stop::Other(other.to_owned()),
    };
    let usage = body.get("usage").unwrap_or(&Value::Null);
    let input = [
        "input_tokens",
        "cache_creation_input_tokens",
        "cache_read_input_tokens",
    ];
    Ok(Answer {
        text,
        value,
        model: text_at(body, "/model"),
        usage: Usage {
            input: Usage::counted(usage, &input),
            output: Usage::counted(usage, &["output_tokens"]),
        },
        stop,
    })
}
