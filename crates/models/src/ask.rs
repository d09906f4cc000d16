//! A question to a model, before it is written in any vendor's format.

use crate::Schema;
use serde_json::Value;

#[derive(Clone, Copy)]
pub struct Ask<'a> {
    pub model: &'a str,
    /// What the model is told about its task; empty: nothing.
    pub system: &'a str,
    /// What was said so far, the question last.
    pub turns: &'a [Turn],
    /// What the answer must fit; without one it is text.
    pub schema: Option<&'a Schema>,
    /// The most tokens of the answer; the model's own limit unless given.
    pub max_tokens: Option<u32>,
    pub temperature: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    pub by: By,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    User,
    Model,
}

impl Turn {
    pub fn user(text: impl Into<String>) -> Self {
        Self {
            by: By::User,
            text: text.into(),
        }
    }

    pub fn model(text: impl Into<String>) -> Self {
        Self {
            by: By::Model,
            text: text.into(),
        }
    }
}

/// A POST of JSON, apart from its key.
#[derive(Debug, Clone, PartialEq)]
pub struct Wire {
    /// After the base URL.
    pub path: String,
    pub body: Value,
}

/// What a model is told where its server cannot be told a schema.
pub(crate) fn told(schema: &Schema) -> String {
    format!(
        "Answer with one JSON value and nothing else: no other words, no code fence. It must fit this JSON Schema:\n{}",
        schema.asked()
    )
}

/// The task, and the schema where it must be said in words.
pub(crate) fn system(ask: &Ask<'_>, say_schema: bool) -> String {
    match ask.schema.filter(|_| say_schema) {
        Some(schema) if ask.system.is_empty() => told(schema),
        Some(schema) => format!("{}\n\n{}", ask.system, told(schema)),
        None => ask.system.to_owned(),
    }
}
