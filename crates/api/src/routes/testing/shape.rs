//! The documented form of `engine::Report`: these types only describe JSON. A test compares the two.
#![allow(dead_code, reason = "schemas only")]

use crate::errors::Wrong;
use crate::shapes::entry::{EntryKind, Failure, Request, Response};
use serde_json::Value;
use utoipa::ToSchema;

/// What a test of a flow shows.
#[derive(ToSchema)]
#[schema(as = FlowReport)]
pub struct Report {
    /// Whether the event starts the flow.
    matched: bool,
    /// Which filters refuse it, each with what it wanted and what it saw.
    #[schema(required = false)]
    why_not: Vec<Wrong>,
    status: Verdict,
    reason: Option<String>,
    steps: Vec<Step>,
    #[schema(value_type = Option<Value>)]
    reply: Option<Value>,
    /// What the flow has saved at its end.
    #[schema(value_type = Object)]
    saved: Value,
}

#[derive(ToSchema)]
#[schema(as = FlowVerdict, rename_all = "snake_case")]
pub enum Verdict {
    Succeeded,
    Failed,
    /// Cut short: too many steps, too many calls, or too slow.
    Stopped,
    /// The event does not start the flow.
    NotStarted,
}

#[derive(ToSchema)]
#[schema(as = TestedStep)]
pub struct Step {
    step: String,
    /// The step below the loops around it and their rounds.
    #[schema(example = "leads/2/tell")]
    path: String,
    /// The loops around the step, outermost first: the id of each and the round it was at, from 0.
    #[schema(value_type = Vec<Value>)]
    rounds: Vec<(String, u32)>,
    /// Name of the flow: sub-flows show their steps, too.
    flow: String,
    kind: EntryKind,
    action: Option<String>,
    result: Shown,
    request: Option<Request>,
    response: Option<Response>,
    #[schema(value_type = Option<Object>)]
    saved: Option<Value>,
    /// What the step decided: the branch taken, the counts of a loop, the reason of a stop.
    #[schema(value_type = Option<Value>, required = false)]
    detail: Value,
    error: Option<Failure>,
    warnings: Vec<String>,
    duration_ms: u64,
    /// How long a run would wait here.
    would_wait_s: Option<u64>,
}

#[derive(ToSchema)]
#[schema(as = TestedResult, rename_all = "snake_case")]
pub enum Shown {
    Ok,
    Failed,
    Skipped,
    /// Rendered, and not sent.
    WouldSend,
    /// A wait that passed at once.
    WouldWait,
    /// Sent, but nobody knows whether it happened.
    Unknown,
}
