//! What is found out about a call, by whom and how it went: what people see of it, and what the call keeps so that a platform's
//! word and ours never wipe each other out. Data alone: how they are put together is the fold's.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Analysis {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub success: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentiment: Option<String>,
    /// What templates see as `outcome.*`.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub structured: Map<String, Value>,
    /// Key question → answer, what templates see as `answers.*`.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub answers: Map<String, Value>,
    /// By the name of a variable, by the question, or `disposition`: the words that say it (`quote`), their `turn`, a `flag`;
    /// `by` says `platform` where a value was taken from one.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub evidence: Map<String, Value>,
    /// Required variables that the call does not say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// What has analysed it, where that was done here: `model`, `rules`, `platform` (brought to the agent's types) or `flow`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Of a call that is analysed here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// Why the last try failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Pending,
    Done,
    Failed,
}

impl State {
    pub fn name(self) -> &'static str {
        match self {
            State::Pending => "pending",
            State::Done => "done",
            State::Failed => "failed",
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Failure {
    pub message: String,
    pub run_id: String,
}

impl Analysis {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether there is anything beside how it stands.
    pub fn says_something(&self) -> bool {
        self.summary.is_some()
            || self.success.is_some()
            || self.sentiment.is_some()
            || !self.structured.is_empty()
            || !self.answers.is_empty()
    }
}

/// How far the analysis of a call is that is made here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    #[default]
    None,
    /// The call has ended, and what is to be read has not come yet.
    Waits,
    Begun,
    Over,
}

/// What a platform has said, while our own analysis stands before it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Theirs {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disposition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub analysis: Option<Analysis>,
}

/// One analysis that was made here, as it was made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Version {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disposition: Option<String>,
    pub analysis: Analysis,
    pub work: Work,
}

/// Which run has made it, and what that took.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Work {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_id: Option<String>,
    /// The flow has given up instead: why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
    /// By a flow of somebody's own: the analysis that the call's agent wants is still to come.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub aside: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_tokens: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_tokens: Option<u64>,
    /// In the currency of the connection's prices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
}
