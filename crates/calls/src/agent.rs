//! An assistant as its operator describes it: who it is, what is to be found out in its calls, and what follows from them.
//! Settings alone: the flows that do it are made elsewhere.

mod action;
mod check;
mod extraction;
mod known;

pub use action::{Action, ActionKind, Answer, CallAction, Compare, Moment, When};
pub use check::SETTLE_WITHIN_S;
pub use extraction::{Extraction, Extracts};
pub use known::{Known, Roster};

use serde::{Deserialize, Serialize};

/// A clear error comes at the next one.
pub const MOST_ACTIONS: usize = 10;
pub const MOST_CALL_ACTIONS: usize = 100;
pub const MOST_VARIABLES: usize = 100;
pub const MOST_QUESTIONS: usize = 50;
pub const MOST_DISPOSITIONS: usize = 50;

/// What an agent's calls may end as, whatever its own list adds.
pub const DISPOSITIONS: [&str; 6] = [
    "Interested",
    "Not interested",
    "Call later",
    "DNC",
    "Voicemail",
    "Wrong number",
];

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Agent {
    pub name: String,
    /// As in BCP 47: `en`, `pt-BR`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// In E.164.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
    /// The voice platform, and the agent's id there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_agent_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system_prompt: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<Variable>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dispositions: Vec<String>,
    /// They are found out here, once a call has ended; else the platform does it, or nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extraction: Option<Extraction>,
    /// How long what follows a call waits for its analysis, from its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settle_within_s: Option<u32>,
    /// What follows each call once it is settled.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Webhooks at moments of calls.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub call_actions: Vec<CallAction>,
}

/// What is to be found out in a call.
impl Agent {
    /// Variables whose values are hidden, by all the names under which they come.
    pub fn confidential(&self) -> impl Iterator<Item = &String> {
        let variables = self.variables.iter();
        let confidential = variables.filter(|variable| variable.confidential);
        confidential.flat_map(|variable| [&variable.name].into_iter().chain(&variable.from))
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Variable {
    pub name: String,
    /// Names under which a platform delivers it, where that is another one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    #[serde(rename = "type")]
    pub kind: ValueType,
    /// What to look for, for whoever reads the transcript.
    pub description: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Its values are hidden from whoever may not see what is confidential.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub confidential: bool,
    /// Of a `choice`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Question {
    pub question: String,
    #[serde(rename = "type")]
    pub kind: ValueType,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    #[default]
    Text,
    Number,
    Boolean,
    Date,
    Time,
    Email,
    Phone,
    Money,
    Choice,
    List,
}

impl ValueType {
    /// A value of this type, for tests with sample data.
    pub fn sample(self, choices: &[String]) -> serde_json::Value {
        match self {
            ValueType::Text => "a few words".into(),
            ValueType::Number => 42.into(),
            ValueType::Boolean => true.into(),
            ValueType::Date => "2026-11-24".into(),
            ValueType::Time => "15:00".into(),
            ValueType::Email => "ada@example.com".into(),
            ValueType::Phone => "+14155552671".into(),
            ValueType::Money => "1200 USD".into(),
            ValueType::Choice => choices.first().map_or("first", String::as_str).into(),
            ValueType::List => vec!["one", "two"].into(),
        }
    }
}
