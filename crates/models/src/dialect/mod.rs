//! The wire formats, a file each. All three say the same things under other names.

mod anthropic;
mod gemini;
mod openai;

use crate::{Answer, Ask, Manner, Unreadable, Wire};
use serde_json::Value;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Chat completions, which many servers speak.
    OpenAi,
    /// Messages.
    Anthropic,
    /// `generateContent`.
    Gemini,
}

impl Dialect {
    pub fn request(self, ask: &Ask<'_>, manner: Manner) -> Wire {
        match self {
            Dialect::OpenAi => openai::request(ask, manner),
            Dialect::Anthropic => anthropic::request(ask, manner),
            Dialect::Gemini => gemini::request(ask, manner),
        }
    }

    /// Reads the body of a successful answer.
    pub fn answer(self, body: &Value) -> Result<Answer, Unreadable> {
        // Some relays report an upstream's failure with 200.
        if let Some(error) = body.get("error").filter(|error| !error.is_null()) {
            let message = crate::Trouble::read(200, body).message;
            let message = if message.is_empty() {
                error.to_string()
            } else {
                message
            };
            return Err(Unreadable(message.chars().take(500).collect()));
        }
        match self {
            Dialect::OpenAi => openai::answer(body),
            Dialect::Anthropic => anthropic::answer(body),
            Dialect::Gemini => gemini::answer(body),
        }
    }

    /// The header that carries the key, and what stands before the key.
    pub fn key_header(self) -> (&'static str, &'static str) {
        match self {
            Dialect::OpenAi => ("authorization", "Bearer "),
            Dialect::Anthropic => ("x-api-key", ""),
            Dialect::Gemini => ("x-goog-api-key", ""),
        }
    }

    /// Further headers of every request.
    pub fn headers(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Dialect::Anthropic => &[("anthropic-version", "2023-06-01")],
            Dialect::OpenAi | Dialect::Gemini => &[],
        }
    }

    /// Where the models are listed, and the names in such a list.
    pub fn listed(self, body: &Value) -> Vec<&str> {
        let (list, name) = match self {
            Dialect::OpenAi | Dialect::Anthropic => ("data", "id"),
            Dialect::Gemini => ("models", "name"),
        };
        let list = body.get(list).and_then(Value::as_array);
        let names = list
            .into_iter()
            .flatten()
            .filter_map(|model| model.get(name)?.as_str());
        names
            .map(|name| name.strip_prefix("models/").unwrap_or(name))
            .collect()
    }
}

fn no_part(what: &str) -> Unreadable {
    Unreadable(format!("the answer has no {what}"))
}

#[cfg(test)]
mod tests;
