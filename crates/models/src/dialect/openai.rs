//! Chat completions. `strict` holds only what its subset of JSON Schema can say; another schema is sent without it.

use super::no_part;
use crate::answer::{joined, text_at};
use crate::ask::system;
use crate::{Answer, Ask, By, Manner, Stop, Unreadable, Usage, Way, Wire};
use serde_json::{Value, json};

pub(super) fn request(ask: &Ask<'_>, manner: Manner) -> Wire {
    let mut messages = Vec::with_capacity(ask.turns.len() + 1);
    let system = system(ask, manner.way != Way::Schema);
    if !system.is_empty() {
        messages.push(json!({ "role": "system", "content": system }));
    }
    messages.extend(ask.turns.iter().map(|turn| {
        let role = match turn.by {
            By::User => "user",
            By::Model => "assistant",
        };
        json!({ "role": role, "content": turn.text })
    }));
    let mut body = json!({ "model": ask.model, "messages": messages });
    if let Some(most) = ask.max_tokens {
        let name = match manner.completion_tokens {
            true => "max_completion_tokens",
            false => "max_tokens",
        };
        body[name] = most.into();
    }
    if let Some(temperature) = ask.temperature {
        body["temperature"] = temperature.into();
    }
    match (ask.schema, manner.way) {
        (Some(schema), Way::Schema) => {
            body["response_format"] = json!({ "type": "json_schema", "json_schema": {
                "name": "answer", "strict": schema.strict().is_some(), "schema": schema.asked() } });
        }
        (Some(_), Way::Json) => body["response_format"] = json!({ "type": "json_object" }),
        _ => {}
    }
    Wire {
        path: "/chat/completions".into(),
        body,
    }
}

pub(super) fn answer(body: &Value) -> Result<Answer, Unreadable> {
    let choice = body
        .pointer("/choices/0")
        .ok_or_else(|| no_part("`choices`"))?;
    let message = choice.get("message").ok_or_else(|| no_part("`message`"))?;
    let text = match message.get("content") {
        Some(Value::String(text)) => text.clone(),
        Some(parts @ Value::Array(_)) => joined(parts),
        _ => String::new(),
    };
    let refusal = text_at(message, "/refusal").filter(|refusal| !refusal.is_empty());
    let stop = match (refusal, choice.get("finish_reason").and_then(Value::as_str)) {
        (Some(refusal), _) => Stop::Refused(refusal),
        (_, Some("content_filter")) => {
            Stop::Refused("its content filter kept the answer back".into())
        }
        (_, Some("length")) => Stop::Length,
        (_, Some("stop") | None) => Stop::End,
        (_, Some(other)) => Stop::Other(other.to_owned()),
    };
    let usage = body.get("usage").unwrap_or(&Value::Null);
    Ok(Answer {
        text,
        value: None,
        model: text_at(body, "/model"),
        usage: Usage {
            input: Usage::counted(usage, &["prompt_tokens"]),
            output: Usage::counted(usage, &["completion_tokens"]),
        },
        stop,
    })
}
