//! One line of a run's journal: one attempt of one step. The journal that makes a run durable is the log people read.

use super::{Exchange, Failure};
use crate::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Position in the run's journal, from 0.
    pub number: u32,
    pub step: String,
    /// The loops around the step, outermost first, and the round that each was at, from 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rounds: Vec<(String, u32)>,
    pub kind: EntryKind,
    /// Name of the action of a `do` step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// 1-based.
    pub attempt: u32,
    pub result: EntryResult,
    pub started_at: Timestamp,
    pub ended_at: Timestamp,
    /// How long the attempt waited for its turn, in microseconds.
    #[serde(default)]
    pub queued_us: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Failure>,
    /// When the next attempt is due, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// What the step decided: the branch taken, the values set, the reason of a stop.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub detail: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Exchange>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    Do,
    If,
    Switch,
    Set,
    Wait,
    Try,
    ForEach,
    Parallel,
    Flow,
    Reply,
    Stop,
    /// The run itself: cancelled, refused to go on.
    Run,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryResult {
    Ok,
    Failed,
    Skipped,
    /// Sent, but nobody knows whether it happened.
    Unknown,
}
