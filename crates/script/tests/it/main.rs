//! Code as users write it, and as attackers would.
#![allow(clippy::unwrap_used)]

mod attacks;
mod mistakes;
mod values;

use script::{Answer, Stopped, Why};
use serde_json::{Value, json};
use std::time::Duration;

const LIMIT: Duration = Duration::from_millis(300);

fn run(source: &str) -> Result<Answer, Stopped> {
    with(source, json!({}))
}

fn with(source: &str, inputs: Value) -> Result<Answer, Stopped> {
    script::run(source, &inputs, LIMIT)
}

#[track_caller]
fn value(source: &str) -> Value {
    run(source).unwrap().value
}

#[track_caller]
fn why(source: &str) -> Why {
    run(source).unwrap_err().why
}
