//! Whether one more call to a destination may begin now: who paused it, its breaker, how many at once, its rate. Pure: time is a
//! `Tick` that comes in, and what must be known across nodes (tokens) is asked for, not fetched.

pub mod breaker;
pub mod bucket;
mod purse;
mod tally;
#[cfg(test)]
mod tests;
mod verdict;

pub use breaker::Settings;
pub use bucket::{Chunk, Rate};
pub use tally::Tally;
pub use verdict::Verdict;

use breaker::Breaker;
use purse::{Purse, Spend};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Time since some beginning, by a clock that never goes back.
pub type Tick = Duration;

/// What people have set for a destination.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Policy {
    pub rate: Option<Rate>,
    /// How many calls at once.
    pub at_once: Option<u32>,
    pub is_paused: bool,
}

/// Goes with a call that may begin, and comes back with what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ticket(u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Go(Ticket),
    Hold(Hold),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    pub why: Why,
    /// When to ask again, if not before because something has changed.
    pub until: Option<Tick>,
    /// So many tokens are to be taken (`bucket::take`) and handed in (`Gate::fill`).
    pub wants: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    Paused,
    /// The breaker is open, or lets one through at a time.
    Circuit,
    /// The rate is used up, or the receiver has asked for a pause.
    Rate,
    /// As many as may be are under way.
    Concurrency,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Closed,
    Open,
    HalfOpen,
    /// The receiver has asked for a pause.
    Limited,
    Paused,
}

/// One destination of one workspace, as one node knows it.
#[derive(Debug, Clone, Default)]
pub struct Gate {
    policy: Policy,
    breaker: Breaker,
    purse: Purse,
    tally: Tally,
    under_way: u32,
    used_at: Tick,
}

impl Gate {
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// What people have set has changed. What waited behind a pause resumes at the pace of a breaker that closes.
    pub fn set_policy(&mut self, policy: Policy, now: Tick) {
        if self.policy.rate != policy.rate {
            self.purse = Purse::default();
        }
        if self.policy.is_paused && !policy.is_paused {
            self.breaker.resume(now);
        }
        self.policy = policy;
    }

    /// Whether the first of `waiting` calls may begin.
    pub fn ask(&mut self, now: Tick, waiting: u32) -> Answer {
        self.used_at = now;
        let hold = |why, until| {
            Answer::Hold(Hold {
                why,
                until,
                wants: 0,
            })
        };
        if self.policy.is_paused {
            return hold(Why::Paused, None);
        }
        if let Err(until) = self.breaker.allows(now) {
            let is_asked = self.breaker.state() == State::Limited;
            return hold(if is_asked { Why::Rate } else { Why::Circuit }, until);
        }
        let free = self
            .policy
            .at_once
            .map_or(u32::MAX, |most| most.saturating_sub(self.under_way));
        if free == 0 {
            return hold(Why::Concurrency, None);
        }
        if let Some(rate) = self.policy.rate {
            match self.purse.spend(now) {
                Spend::Done => {}
                Spend::NotBefore(until) => return hold(Why::Rate, Some(until)),
                Spend::Asked => return hold(Why::Rate, None),
                Spend::Ask => {
                    let wants = waiting
                        .max(1)
                        .min(free)
                        .min(self.breaker.room())
                        .min(rate.most_at_once());
                    return Answer::Hold(Hold {
                        why: Why::Rate,
                        until: None,
                        wants,
                    });
                }
            }
        }
        self.under_way += 1;
        Answer::Go(Ticket(self.breaker.begin(now)))
    }

    /// Tokens of `rate` were taken, with times from `base`; they arrived at `now`.
    pub fn fill(&mut self, rate: Rate, chunk: Chunk, base: Tick, now: Tick) {
        if self.policy.rate == Some(rate) {
            self.purse.fill(chunk, base, now);
        }
    }

    /// No tokens before `until`.
    pub fn refill_at(&mut self, rate: Rate, until: Tick) {
        if self.policy.rate == Some(rate) {
            self.purse.wait(until);
        }
    }

    /// What became of a call that was let through.
    pub fn end(
        &mut self,
        ticket: Ticket,
        verdict: Verdict,
        now: Tick,
        settings: &Settings,
        seed: u64,
    ) {
        self.under_way = self.under_way.saturating_sub(1);
        self.tally.count(verdict, now);
        self.breaker.end(ticket.0, verdict, now, settings, seed);
    }

    pub fn state(&self) -> State {
        match self.policy.is_paused {
            true => State::Paused,
            false => self.breaker.state(),
        }
    }

    /// Since when its breaker is as it is.
    pub fn since(&self) -> Tick {
        self.breaker.since()
    }

    /// When the next probe may go out, while the breaker is open.
    pub fn next_probe(&self) -> Option<Tick> {
        self.breaker.next_probe()
    }

    /// The first failure after which nothing has succeeded.
    pub fn failing_since(&self) -> Option<Tick> {
        self.breaker.failing_since()
    }

    pub fn tally(&self, now: Tick) -> (u64, u64) {
        self.tally.sums(now)
    }

    /// When it was last asked.
    pub fn used_at(&self) -> Tick {
        self.used_at
    }

    /// Nothing is lost when it is forgotten.
    pub fn is_plain(&self) -> bool {
        self.policy == Policy::default() && self.under_way == 0 && self.breaker.is_plain()
    }
}
