//! What a platform's message says, before the call's state machine has judged it.

use crate::call::Work;
use crate::{Kind, Snapshot};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// The provider's folder name; `custom` (or what the sender says) for the generic form.
    pub provider: String,
    /// The platform's own name of the message, e.g. `end-of-call-report`.
    pub provider_event: String,
    /// The sender's de-duplication key, or one derived from the platform's ids; duplicates are scoped to call and endpoint.
    pub dedupe: String,
    /// The kinds this message claims; empty when it only enriches the call.
    pub claims: Vec<Kind>,
    /// When it happened by the sender's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// This message is the complete report of the call's end: `call.ended` need not wait for more.
    #[serde(default)]
    pub complete: bool,
    /// No analysis of this call will come later.
    #[serde(default)]
    pub no_analysis_to_come: bool,
    /// Its analysis is one that was made here, or could not be made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<Work>,
    /// Its turns are no transcript so far: they were just said, and go to what was said before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub adds_turns: bool,
    /// The message names no call, its id is made up: nobody waits for the end of such a call.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub made_up: bool,
    /// Another call of its session is the one that an agent had.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub leg: bool,
    /// Nobody sent it: it was made of what the platform answered when it was asked for its calls.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub backfilled: bool,
    /// Its de-duplication key is the same wherever it is told: in a message, and in a list that the platform answered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exact: bool,
    /// How many of our own deliveries, one caused by the other, have led to this message.
    #[serde(default)]
    pub hops: u8,
    /// What the message says about the call; `provider_call_id` is always there.
    pub call: Snapshot,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tool: Option<Tool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script_step: Option<Value>,
    /// The message itself, parsed.
    #[serde(skip)]
    pub raw: Arc<Value>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Tool {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub arguments: Value,
}
