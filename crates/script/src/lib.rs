//! A user's JavaScript: a value in, a value out, within limits of time, memory, stack and output. It opens nothing and knows
//! nothing of flows; each run has an engine of its own, so that nothing is left behind.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod answer;
mod clock;
mod console;
mod engine;
mod place;
mod pool;

pub use engine::{check, run};
pub use pool::{Busy, Pool};

use serde_json::Value;
use std::time::Duration;

/// No source may be longer, in bytes.
pub const LONGEST_SOURCE: usize = 64 << 10;
/// The longest JSON text of what code returns, in bytes.
pub const LARGEST_ANSWER: usize = 1 << 20;

/// How much longer a run may last than it may compute: a busy node cuts nobody short.
pub const PATIENCE: u32 = 3;

const MEMORY: usize = 32 << 20;
const STACK: usize = 512 << 10;

/// What code came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub value: Value,
    pub log: Vec<String>,
}

/// Why there is no answer, and what was logged until then.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{why}")]
pub struct Stopped {
    pub why: Why,
    pub log: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Why {
    /// It cannot be read, or threw.
    #[error("{0}")]
    Wrong(Mistake),
    #[error("the code took longer than {} s: it may loop without end; raise `timeout_s` (10 at most) or do less", .0.as_secs_f64())]
    Time(Duration),
    #[error("the code needed more than {} MiB of memory: keep less at once", MEMORY >> 20)]
    Memory,
    #[error("what the code returned has more than {} KiB as JSON: return less", LARGEST_ANSWER >> 10)]
    Answer,
    /// Neither the code's fault nor its limits.
    #[error("the code could not be run: {0}")]
    Engine(String),
}

/// What is wrong with code, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub message: String,
    /// Line and column, from 1.
    pub at: Option<(u32, u32)>,
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.at {
            Some((line, column)) => write!(f, "line {line}, column {column}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}
