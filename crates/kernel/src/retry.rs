//! When to try a failed step again. Jitter comes from a seed, so that the same failure always gets the same schedule.

use serde::{Deserialize, Serialize};
use std::time::Duration;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Retry {
    /// How many attempts in all, the first included.
    pub attempts: u32,
    pub schedule: Schedule,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Schedule {
    /// `first × factor^(n-1)`, at most `max`, ±20 %.
    Exponential {
        first: Duration,
        factor: f64,
        max: Duration,
    },
    /// The wait after attempt n is the n-th entry (the last one repeats), ±20 %.
    Fixed(Vec<Duration>),
}

const JITTER: f64 = 0.2;

/// How long a receiver may put off the next attempt when the step's own wait is shorter, and its whole lane.
pub(crate) const LONGEST_ASKED: Duration = Duration::from_secs(3_600);

impl Default for Retry {
    /// What a step has unless it or its action says otherwise: 5 attempts over about 3 minutes.
    fn default() -> Self {
        let schedule = Schedule::Exponential {
            first: Duration::from_secs(2),
            factor: 4.0,
            max: Duration::from_secs(600),
        };
        Self {
            attempts: 5,
            schedule,
        }
    }
}

/// How long to wait after failed attempt `attempt` (1-based), or `None` when there is no further one.
pub fn next_attempt(retry: &Retry, attempt: u32, seed: u64) -> Option<Duration> {
    if attempt >= retry.attempts {
        return None;
    }
    let before = attempt.saturating_sub(1);
    let wait = match &retry.schedule {
        Schedule::Exponential { first, factor, max } => {
            let grown = first.as_secs_f64() * factor.powf(f64::from(before));
            Duration::try_from_secs_f64(grown).map_or(*max, |wait| wait.min(*max))
        }
        Schedule::Fixed(waits) => *waits.get(before as usize).or(waits.last())?,
    };
    Some(jittered(wait, seed))
}

/// A wait, ±20 %.
pub(crate) fn jittered(wait: Duration, seed: u64) -> Duration {
    let share = 1.0 - JITTER + 2.0 * JITTER * unit(seed);
    Duration::try_from_secs_f64(wait.as_secs_f64() * share).unwrap_or(wait)
}

/// The wait that the receiver asked for (`Retry-After`), within bounds: never sooner than the step's own wait, never
/// later than an hour, or than its own wait where that is longer.
pub fn asked_for(asked: Duration, own: Duration) -> Duration {
    asked.clamp(own, own.max(LONGEST_ASKED))
}

/// A number in 0..1 from a seed, spread evenly even for seeds in a row (the finaliser of SplitMix64).
fn unit(seed: u64) -> f64 {
    let z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}
