//! What was found out about a call, and on what grounds.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Extracted {
    /// Every variable that is wanted, `status` and `summary` among them; null: the call does not say.
    pub outcome: Map<String, Value>,
    /// Every key question.
    pub answers: Map<String, Value>,
    pub disposition: Option<String>,
    /// `positive`, `neutral` or `negative`.
    pub sentiment: Option<String>,
    /// By the name of a variable, by the question, or `disposition`.
    pub evidence: BTreeMap<String, Evidence>,
    /// Required variables that the call does not say.
    pub missing: Vec<String>,
    pub by: Source,
    /// Part of the call was not looked at: it was too long.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shortened: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Model,
    Rules,
    Platform,
}

/// Where a value was said; for one that was not taken, what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// The number of the turn, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flag: Option<Flag>,
    /// Of an amount of money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Who says so, where it was not read out of the transcript.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Source>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Null: no turn of a person has these words.
    NotSaid,
    /// Null: the words are addressed to whoever reads the transcript.
    Instruction,
    /// Null: the words say another value.
    Contradicted,
    /// Null: what was given is no value of the type.
    NotUnderstood,
    /// Taken, though code cannot read the value out of the words (another language, a name).
    Unchecked,
}

impl Evidence {
    pub(crate) fn flagged(flag: Flag, quote: &str, turn: Option<usize>) -> Self {
        Self {
            quote: Some(shortened(quote)).filter(|quote| !quote.is_empty()),
            turn,
            flag: Some(flag),
            ..Self::default()
        }
    }

    /// A value that a platform has found.
    pub(crate) fn delivered(currency: Option<&str>) -> Self {
        Self {
            currency: currency.map(str::to_owned),
            by: Some(Source::Platform),
            ..Self::default()
        }
    }

    pub(crate) fn said(quote: &str, turn: usize) -> Self {
        Self {
            quote: Some(shortened(quote)),
            turn: Some(turn),
            ..Self::default()
        }
    }
}

/// A quote as it is kept.
fn shortened(quote: &str) -> String {
    quote.chars().take(500).collect()
}
