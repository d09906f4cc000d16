//! `generateContent`. Tokens of thoughts are counted apart from those of the answer, and paid like them.

use super::no_part;
use crate::answer::{joined, text_at};
use crate::ask::system;
use crate::{Answer, Ask, By, Manner, Stop, Unreadable, Usage, Way, Wire};
use serde_json::{Map, Value, json};

pub(super) fn request(ask: &Ask<'_>, manner: Manner) -> Wire {
    let contents: Vec<Value> = ask
        .turns
        .iter()
        .map(|turn| {
            let role = match turn.by {
                By::User => "user",
                By::Model => "model",
            };
            json!({ "role": role, "parts": [{ "text": turn.text }] })
        })
        .collect();
    let mut body = json!({ "contents": contents });
    let system = system(ask, manner.way != Way::Schema);
    if !system.is_empty() {
        body["systemInstruction"] = json!({ "parts": [{ "text": system }] });
    }
    let mut config = Map::new();
    if let Some(most) = ask.max_tokens {
        config.insert("maxOutputTokens".into(), most.into());
    }
    if let Some(temperature) = ask.temperature {
        config.insert("temperature".into(), temperature.into());
    }
    if let Some(schema) = ask.schema.filter(|_| manner.way != Way::Text) {
        config.insert("responseMimeType".into(), "application/json".into());
        if manner.way == Way::Schema {
            config.insert("responseJsonSchema".into(), schema.asked().clone());
        }
    }
    if !config.is_empty() {
        body["generationConfig"] = config.into();
    }
    // A tuned model has a path of its own.
    let place = if ask.model.contains('/') {
        "/"
    } else {
        "/models/"
    };
    Wire {
        path: format!("{place}{}:generateContent", ask.model),
        body,
    }
}

pub(super) fn answer(body: &Value) -> Result<Answer, Unreadable> {
    let usage = body.get("usageMetadata").unwrap_or(&Value::Null);
    let usage = Usage {
        input: Usage::counted(usage, &["promptTokenCount"]),
        output: Usage::counted(usage, &["candidatesTokenCount", "thoughtsTokenCount"]),
    };
    let model = text_at(body, "/modelVersion");
    if let Some(why) = text_at(body, "/promptFeedback/blockReason") {
        let stop = Stop::Refused(format!("the question was blocked: {why}"));
        return Ok(Answer {
            text: String::new(),
            value: None,
            model,
            usage,
            stop,
        });
    }
    let candidate = body
        .pointer("/candidates/0")
        .ok_or_else(|| no_part("`candidates`"))?;
    let text = candidate
        .pointer("/content/parts")
        .map(joined)
        .unwrap_or_default();
    let stop = match candidate.get("finishReason").and_then(Value::as_str) {
        Some("STOP") | None => Stop::End,
        Some("MAX_TOKENS") => Stop::Length,
        Some(
            why @ ("SAFETY" | "RECITATION" | "BLOCKLIST" | "PROHIBITED_CONTENT" | "SPII"
            | "LANGUAGE"),
        ) => Stop::Refused(format!("the answer was kept back: {why}")),
        Some(other) => Stop::Other(other.to_lowercase()),
    };
    Ok(Answer {
        text,
        value: None,
        model,
        usage,
        stop,
    })
}
