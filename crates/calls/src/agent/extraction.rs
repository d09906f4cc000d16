//! How what an agent wants to know is found out: by whom, and what a platform's own analysis means for that. Settings alone.

use serde::{Deserialize, Serialize};

/// How what is to be found out is read out of the transcript.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Extraction {
    /// Beside what the platform has found.
    #[serde(skip_serializing_if = "is_usual")]
    pub when: Extracts,
    /// To a language model; rules read where none is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
    /// Instead of the connection's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Asked when the first one fails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fallback_connection: Option<String>,
    /// In which days and times are meant: a name, or a template such as `{{ contact.time_zone }}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// How long one attempt may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout_s: Option<u32>,
}

/// When a transcript is read that a platform may have analysed itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extracts {
    /// For all that is wanted; what the platform says stands behind it.
    Always,
    /// For what the platform has not found.
    #[default]
    Missing,
    /// Not at all: what the platform has found is only brought to the agent's types.
    Never,
}

fn is_usual(when: &Extracts) -> bool {
    *when == Extracts::Missing
}
