//! The per-call state machine: observations go in, moments and timers come out. Duplicates, any order and missing messages
//! lead to the same call and to each one-shot moment exactly once.

use crate::{Call, Kind, Observation, Snapshot, Tool};
use kernel::Timestamp;
use serde_json::Value;
use std::time::Duration;

/// How long to wait for what may still come; per provider.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// From a bare "ended" to `call.ended` without a complete report.
    pub grace: Duration,
    /// From the end to *settled* without an analysis.
    pub settle_within: Duration,
    /// From the first sight of a call to a synthetic end.
    pub watchdog: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            grace: Duration::from_secs(30),
            settle_within: Duration::from_secs(300),
            watchdog: Duration::from_secs(4 * 3600 + 600),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimerKind {
    Grace,
    Settle,
    Watchdog,
}

/// An event about to be told to flows.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    pub kind: Kind,
    pub at: Timestamp,
    /// `call.ended` offered for the second time, now that the call is settled (flows that read outcomes start on this one).
    pub settled: bool,
    /// Raised by a timer, not by a message.
    pub synthetic: bool,
    pub tool: Option<Tool>,
    pub script_step: Option<Value>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Folded {
    pub call: Call,
    pub moments: Vec<Moment>,
    /// The message was seen before: nothing but the duplicate count has changed.
    pub duplicate: bool,
}

/// Timers a call should have now, derived from its state: the engine sets and clears the difference.
pub fn timers(call: &Call) -> Vec<(TimerKind, Timestamp)> {
    let all = [
        (TimerKind::Grace, call.grace_until),
        (TimerKind::Settle, call.settle_by),
        (TimerKind::Watchdog, call.watchdog_at),
    ];
    all.into_iter()
        .filter_map(|(kind, at)| Some((kind, at?)))
        .collect()
}

/// Takes a message into a call (`None`: the first that is heard of it).
pub fn fold(
    call: Option<Call>,
    observation: &Observation,
    endpoint: &str,
    now: Timestamp,
    policy: &Policy,
) -> Folded {
    let _ = (observation, endpoint, now, policy, Snapshot::default());
    Folded {
        call: call.unwrap_or_default(),
        moments: Vec::new(),
        duplicate: false,
    }
}

/// A timer of the call has fired. A timer that no longer applies changes nothing.
pub fn expire(call: Call, timer: TimerKind, now: Timestamp, policy: &Policy) -> Folded {
    let _ = (timer, now, policy);
    Folded {
        call,
        moments: Vec::new(),
        duplicate: false,
    }
}
