//! An answer that nobody gave, for tests: judged as one that came is. It reaches nothing.

use crate::client::refusal;
use kernel::Timestamp;
use kernel::run::{Failure, Output};
use serde_json::{Map, Value};

/// What a step makes of an answer that somebody only imagines: its output, or the failure that such a status is.
pub fn imagined(
    status: u16,
    headers: &Map<String, Value>,
    body: Value,
    now: Timestamp,
) -> Result<Output, Box<Failure>> {
    let output = Output {
        status: Some(status),
        headers: Value::Object(headers.clone()),
        body,
    };
    let parsed = headers.iter().filter_map(|(name, value)| {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        Some((name.parse().ok()?, value.parse().ok()?))
    });
    let parsed: http::HeaderMap = parsed.collect();
    let status = http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::IM_A_TEAPOT);
    match refusal(status, &parsed, now) {
        Some(failure) => Err(Box::new(Failure {
            output: Some(output),
            ..failure
        })),
        None => Ok(output),
    }
}
