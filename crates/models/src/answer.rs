//! What a model answered, apart from the vendor's format.

use serde_json::Value;

#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub text: String,
    /// Where the server gave a value of its own (the input of a tool) instead of text.
    pub value: Option<Value>,
    /// The model that answered, by the server's name for it.
    pub model: Option<String>,
    pub usage: Usage,
    pub stop: Stop,
}

/// Tokens; `None`: the server does not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    pub input: Option<u64>,
    /// With those of thoughts that are not shown.
    pub output: Option<u64>,
}

/// Why the model stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// It had said all.
    End,
    /// The limit of tokens was reached: the answer is cut off.
    Length,
    /// It will not answer, or its vendor keeps the answer back: why, where that is said.
    Refused(String),
    /// The vendor's own word for something else.
    Other(String),
}

impl Stop {
    pub fn word(&self) -> &str {
        match self {
            Stop::End => "end",
            Stop::Length => "max_tokens",
            Stop::Refused(_) => "refused",
            Stop::Other(word) => word,
        }
    }
}

/// A successful answer that is none of the dialect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub String);

impl Usage {
    /// Both together; what one does not say is counted as far as the other says it.
    pub fn and(self, other: Usage) -> Usage {
        let sum = |a: Option<u64>, b: Option<u64>| match (a, b) {
            (Some(a), Some(b)) => Some(a.saturating_add(b)),
            (one, other) => one.or(other),
        };
        Usage {
            input: sum(self.input, other.input),
            output: sum(self.output, other.output),
        }
    }

    /// The sum of counts that stand under these names.
    pub(crate) fn counted(usage: &Value, names: &[&str]) -> Option<u64> {
        let counts = names.iter().filter_map(|name| usage.get(name)?.as_u64());
        counts.reduce(u64::saturating_add)
    }
}

/// A text at a place of the answer.
pub(crate) fn text_at(value: &Value, pointer: &str) -> Option<String> {
    value.pointer(pointer)?.as_str().map(str::to_owned)
}

/// The texts of a list of parts, joined; parts that are thoughts or anything else are left out.
pub(crate) fn joined(parts: &Value) -> String {
    let parts = parts.as_array().into_iter().flatten();
    let shown = parts.filter(|part| part.get("thought") != Some(&Value::Bool(true)));
    let texts = shown.filter(|part| part.get("type").is_none_or(|kind| kind == "text"));
    texts
        .filter_map(|part| part.get("text")?.as_str())
        .collect()
}
