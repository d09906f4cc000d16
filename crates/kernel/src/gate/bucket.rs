//! A rate as one timestamp (GCRA): until when what was taken has used the limit up. Tokens are taken in chunks, each with its
//! time, so that nodes that spend theirs at their times together keep the rate.

use crate::Timestamp;
use jiff::SignedDuration;
use std::time::Duration;

/// Tokens are taken so far ahead: what a node that dies may have taken and not spent.
pub const AHEAD: Duration = Duration::from_secs(1);

/// So many in so long; `burst` of them at once after a rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    pub count: u32,
    pub period: Duration,
    pub burst: u32,
}

/// Tokens that were taken: the n-th may be spent at `first + n × step` from when they were taken, none before that moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunk {
    pub count: u32,
    pub first: SignedDuration,
    pub step: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    pub chunk: Chunk,
    /// What is to be written over the one that was read.
    pub used_until: Timestamp,
}

impl Rate {
    /// The time from one to the next.
    pub fn step(&self) -> Duration {
        (self.period / self.count.max(1)).max(Duration::from_nanos(1))
    }

    /// How much of the future may be used up by a burst.
    fn tolerance(&self) -> Duration {
        self.step().saturating_mul(self.burst.saturating_sub(1))
    }

    /// More than these are never taken together.
    pub(super) fn most_at_once(&self) -> u32 {
        let ahead = (AHEAD.as_nanos() / self.step().as_nanos()).min(u128::from(u32::MAX)) as u32;
        ahead.saturating_add(self.burst).max(1)
    }
}

/// Takes up to `want` tokens of a limit that is used up until `used_until`; or says how long it takes until there is one.
pub fn take(
    rate: &Rate,
    used_until: Option<Timestamp>,
    now: Timestamp,
    want: u32,
) -> Result<Taken, Duration> {
    let signed = |time: Duration| SignedDuration::try_from(time).unwrap_or(SignedDuration::MAX);
    let (step, tolerance, ahead) = (signed(rate.step()), signed(rate.tolerance()), signed(AHEAD));
    let used = used_until.map_or(SignedDuration::ZERO, |until| until.duration_since(now));
    // Further than takers at this rate can have come: the clock went back, or the rate was lower. Then the burst is used up.
    let furthest = tolerance.saturating_add(ahead).saturating_add(step);
    let used = if used > furthest {
        tolerance
    } else {
        used.max(SignedDuration::ZERO)
    };
    let first = used.saturating_sub(tolerance);
    if first > ahead {
        return Err(first.unsigned_abs());
    }
    let fit = (ahead - first).as_nanos() / step.as_nanos().max(1) + 1;
    let count = want.max(1).min(u32::try_from(fit).unwrap_or(u32::MAX));
    let taken = step.saturating_mul(i32::try_from(count).unwrap_or(i32::MAX));
    // Stores keep microseconds: rounded up, for it is a limit.
    let until = now.as_nanosecond() + used.saturating_add(taken).as_nanos();
    let until = i64::try_from((until + 999).div_euclid(1000)).unwrap_or(i64::MAX);
    let chunk = Chunk {
        count,
        first,
        step: rate.step(),
    };
    Ok(Taken {
        chunk,
        used_until: Timestamp::from_microsecond(until).unwrap_or(Timestamp::MAX),
    })
}
