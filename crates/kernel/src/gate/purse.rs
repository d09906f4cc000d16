//! The tokens that a node has taken of a rate and not spent. Each is spent at its time or soon after, or given up: saved ones
//! would come on top of what other nodes take meanwhile.

use super::{Chunk, Tick};
use std::time::Duration;

/// How late a token may be spent at least; one of a slow rate may be late by this part of the time to the next.
const SLACK: Duration = Duration::from_millis(250);
const PART: u32 = 4;

#[derive(Debug, Clone, Default)]
pub(super) struct Purse {
    held: Option<Held>,
    /// Tokens are on their way.
    is_asked: bool,
    not_before: Tick,
}

#[derive(Debug, Clone)]
struct Held {
    chunk: Chunk,
    base: Tick,
    arrived: Tick,
    /// How many are spent or given up.
    gone: u32,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Spend {
    Done,
    NotBefore(Tick),
    /// Tokens are to be taken; this is said once.
    Ask,
    /// They are on their way.
    Asked,
}

impl Purse {
    pub fn spend(&mut self, now: Tick) -> Spend {
        while let Some(held) = self
            .held
            .as_mut()
            .filter(|held| held.gone < held.chunk.count)
        {
            let at = held.next();
            if now < at {
                return Spend::NotBefore(at);
            }
            held.gone += 1;
            if now <= at + slack(held.chunk.step) {
                return Spend::Done;
            }
        }
        self.held = None;
        if now < self.not_before {
            return Spend::NotBefore(self.not_before);
        }
        match std::mem::replace(&mut self.is_asked, true) {
            true => Spend::Asked,
            false => Spend::Ask,
        }
    }

    pub fn fill(&mut self, chunk: Chunk, base: Tick, arrived: Tick) {
        self.is_asked = false;
        self.held = Some(Held {
            chunk,
            base,
            arrived,
            gone: 0,
        });
    }

    pub fn wait(&mut self, until: Tick) {
        self.is_asked = false;
        self.not_before = until;
    }
}

impl Held {
    fn next(&self) -> Tick {
        let base = i128::try_from(self.base.as_nanos()).unwrap_or(i128::MAX);
        let step = i128::try_from(self.chunk.step.as_nanos()).unwrap_or(i128::MAX);
        let at = base + self.chunk.first.as_nanos() + step.saturating_mul(i128::from(self.gone));
        let at = Duration::from_nanos(u64::try_from(at.max(0)).unwrap_or(u64::MAX));
        at.max(self.arrived)
    }
}

/// How late a token may be spent: else a busy node would give up one after the other of a slow rate.
fn slack(step: Duration) -> Duration {
    SLACK.max(step / PART)
}
