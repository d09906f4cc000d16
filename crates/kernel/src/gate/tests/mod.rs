//! Facts about gates: what passes, what is held and until when.

#![allow(clippy::unwrap_used)]

mod breaker;
mod bucket;
mod passing;

use super::breaker::{Breaker, Settings};
use super::bucket::{Rate, take};
use super::{Answer, Gate, Policy, State, Tally, Tick, Ticket, Verdict, Why};
use crate::Timestamp;
use std::time::Duration;

fn s(seconds: u64) -> Tick {
    Duration::from_secs(seconds)
}

fn ms(millis: u64) -> Tick {
    Duration::from_millis(millis)
}

fn rate(count: u32, period: Duration, burst: u32) -> Rate {
    Rate {
        count,
        period,
        burst,
    }
}

fn settings() -> Settings {
    Settings {
        failures: 3,
        ..Settings::default()
    }
}

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(1_790_000_000_000 + ms).unwrap()
}
