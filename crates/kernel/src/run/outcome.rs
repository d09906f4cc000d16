//! What came of one call to the world: its result, and the exchange as it was on the wire with secrets masked.

use crate::Timestamp;
use crate::usage::Used;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::time::Duration;

#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub result: Result<Output, Failure>,
    pub exchange: Option<Exchange>,
    /// What is counted of it beside the attempt.
    pub used: Used,
    pub started_at: Timestamp,
    pub ended_at: Timestamp,
    /// How long the step waited for its turn before it started.
    pub queued: Duration,
}

/// What a step that succeeded gives to `save` and to later steps.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Output {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Lower-case names.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub headers: Value,
    /// JSON where it parses as such, else text.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub body: Value,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// Stable code: `http_status`, `timeout`, `connect`, `dns`, `tls`, `reset`, `blocked`, `template`, `output_too_large`, …
    pub code: String,
    pub message: String,
    /// The step that failed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub step: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<Output>,
    pub retry: Retriable,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Retriable {
    Yes,
    /// The receiver said how long to wait (bounded by the caller of `next_attempt`).
    After(Duration),
    No,
    /// Nobody knows whether it happened (time-out or lost connection after the request left).
    Unknown,
    /// 410: the receiver will never want this again.
    Gone,
}

/// The exact request and response of one attempt, for people. Bodies are cut to the entry's cap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    pub request: Request,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Response>,
    pub timing: Timing,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    pub method: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub truncated: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub truncated: bool,
}

/// Where the time of an attempt went, in microseconds; a reused connection has no DNS, connect or TLS time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timing {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(default)]
    pub reused: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dns_us: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connect_us: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls_us: Option<u64>,
    /// From the start of the exchange to the first byte of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_byte_us: Option<u64>,
    pub total_us: u64,
}
