//! The documented form of `kernel::run::Entry`: entries are stored as JSON and passed on as they are, these types only
//! describe them. A test compares the two.
#![allow(dead_code, reason = "schemas only")]

use jiff::Timestamp;
use serde_json::Value;
use utoipa::ToSchema;

/// One attempt of one step.
#[derive(ToSchema)]
pub struct Entry {
    /// Position in the run's journal, from 0.
    number: u32,
    /// Id of the step.
    step: String,
    /// The loops around the step, outermost first: the id of each and the round it was at, from 0.
    #[schema(value_type = Option<Vec<Value>>, required = false)]
    rounds: Vec<(String, u32)>,
    kind: EntryKind,
    /// Name of the action of a `do` step.
    action: Option<String>,
    /// From 1.
    attempt: u32,
    result: EntryResult,
    started_at: Timestamp,
    ended_at: Timestamp,
    /// How long the attempt waited for its turn.
    queued_us: u64,
    error: Option<Failure>,
    /// When the next attempt is due, if there is one.
    retry_at: Option<Timestamp>,
    #[schema(required = false)]
    warnings: Vec<String>,
    /// What the step decided: the branch taken, the values set, the reason of a stop.
    #[schema(value_type = Option<Value>, required = false)]
    detail: Value,
    exchange: Option<Exchange>,
}

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
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

#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum EntryResult {
    Ok,
    Failed,
    Skipped,
    /// Sent, but nobody knows whether it happened.
    Unknown,
}

#[derive(ToSchema)]
pub struct Failure {
    /// Stable code: `http_status`, `timeout`, `connect`, `dns`, `tls`, `reset`, `blocked`, `template`, …
    code: String,
    message: String,
    /// The step that failed.
    #[schema(required = false)]
    step: String,
    status: Option<u16>,
    output: Option<Output>,
    /// Whether another attempt could help: `yes`, `no`, `unknown`, `gone`, or how long the receiver asks to wait.
    retry: Value,
}

#[derive(ToSchema)]
pub struct Output {
    status: Option<u16>,
    /// Lower-case names.
    #[schema(value_type = Option<Value>, required = false)]
    headers: Value,
    /// JSON where it parses as such, else text.
    #[schema(value_type = Option<Value>, required = false)]
    body: Value,
}

/// The exact request and response of one attempt; secrets are masked.
#[derive(ToSchema)]
pub struct Exchange {
    request: Request,
    response: Option<Response>,
    timing: Timing,
}

#[derive(ToSchema)]
#[schema(as = ExchangeRequest)]
pub struct Request {
    method: String,
    url: String,
    /// Pairs of name and value.
    headers: Vec<Vec<String>>,
    body: Option<String>,
    /// The body is cut; the whole one was sent.
    #[schema(required = false)]
    truncated: bool,
}

#[derive(ToSchema)]
#[schema(as = ExchangeResponse)]
pub struct Response {
    status: u16,
    /// Pairs of name and value.
    headers: Vec<Vec<String>>,
    body: Option<String>,
    #[schema(required = false)]
    truncated: bool,
}

/// Where the time of an attempt went; a reused connection has no DNS, connect or TLS time.
#[derive(ToSchema)]
pub struct Timing {
    address: Option<String>,
    reused: bool,
    dns_us: Option<u64>,
    connect_us: Option<u64>,
    tls_us: Option<u64>,
    /// From the start of the exchange to the first byte of the answer.
    first_byte_us: Option<u64>,
    total_us: u64,
}
