//! A circuit breaker: failures in a row open it, after a while one call probes, and after a success more and more may go at
//! once until it is closed. What began before its last turn tells nothing any more.

use super::{State, Tick, Verdict};
use crate::retry::{LONGEST_ASKED, jittered};
use std::time::Duration;

#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// So many failures in a row open it.
    pub failures: u32,
    /// How long it is open first; twice as long each time that it opens again before it was closed.
    pub first: Duration,
    pub longest: Duration,
    /// A destination that has failed for so long is paused, and waits for a person.
    pub gives_up: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            failures: 10,
            first: Duration::from_secs(5),
            longest: Duration::from_secs(300),
            gives_up: Duration::from_secs(5 * 24 * 3_600),
        }
    }
}

/// A probe that has not come back after this no longer keeps others from going.
const PROBE: Duration = Duration::from_secs(30);
/// So many failures in a row open it again while it is closing.
const FAILURES_CLOSING: u32 = 3;
/// It doubles how many may go at once after this time, where so many do not come.
const GROWS: Duration = Duration::from_secs(30);
/// With so many at once it is closed.
const CLOSED: u32 = 64;

#[derive(Debug, Clone, Default)]
pub(super) struct Breaker {
    at: At,
    since: Tick,
    failures: u32,
    failing_since: Option<Tick>,
    /// How often it has opened since it was closed.
    opened: u32,
    turn: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum At {
    #[default]
    Closed,
    Open {
        until: Tick,
        is_asked: bool,
    },
    Probing {
        since: Option<Tick>,
    },
    /// So many may go at once; so many are; so many came back well at this width.
    Closing {
        width: u32,
        busy: u32,
        done: u32,
        since: Tick,
    },
}

impl Breaker {
    /// Whether a call may begin now, or when to ask again (`None`: when one has ended).
    pub fn allows(&mut self, now: Tick) -> Result<(), Option<Tick>> {
        if let At::Open { until, .. } = self.at
            && now >= until
        {
            self.turn_to(At::Probing { since: None }, now);
        }
        if let At::Closing { width, since, .. } = self.at
            && now >= since + GROWS
        {
            self.widen(width, now);
        }
        match self.at {
            At::Closed | At::Probing { since: None } => Ok(()),
            At::Open { until, .. } => Err(Some(until)),
            At::Probing { since: Some(since) } if now < since + PROBE => Err(Some(since + PROBE)),
            At::Probing { .. } => Ok(()),
            At::Closing { width, busy, .. } if busy < width => Ok(()),
            At::Closing { since, .. } => Err(Some(since + GROWS)),
        }
    }

    /// How many might begin now.
    pub fn room(&self) -> u32 {
        match self.at {
            At::Closed => u32::MAX,
            At::Open { .. } | At::Probing { .. } => 1,
            At::Closing { width, busy, .. } => width.saturating_sub(busy).max(1),
        }
    }

    /// A call begins that was allowed; gives what `end` wants back.
    pub fn begin(&mut self, now: Tick) -> u32 {
        match &mut self.at {
            At::Probing { since } => *since = Some(now),
            At::Closing { busy, .. } => *busy += 1,
            At::Closed | At::Open { .. } => {}
        }
        self.turn
    }

    pub fn end(&mut self, turn: u32, verdict: Verdict, now: Tick, settings: &Settings, seed: u64) {
        if turn != self.turn {
            return;
        }
        if let At::Closing { busy, .. } = &mut self.at {
            *busy = busy.saturating_sub(1);
        }
        match verdict {
            Verdict::Well | Verdict::Refused => self.went_well(now),
            Verdict::Failed => self.failed(now, settings, seed),
            Verdict::Asked(wait) => {
                self.failing_since.get_or_insert(now);
                let until = now + wait.min(LONGEST_ASKED);
                self.turn_to(
                    At::Open {
                        until,
                        is_asked: true,
                    },
                    now,
                );
            }
            Verdict::Nothing => {
                if let At::Probing { since } = &mut self.at {
                    *since = None;
                }
            }
        }
    }

    fn went_well(&mut self, now: Tick) {
        (self.failures, self.failing_since) = (0, None);
        match &mut self.at {
            At::Closed | At::Open { .. } => {}
            At::Probing { .. } => self.close_from(2, now),
            At::Closing { width, done, .. } => {
                *done += 1;
                if done >= width {
                    let width = *width;
                    self.widen(width, now);
                }
            }
        }
    }

    fn failed(&mut self, now: Tick, settings: &Settings, seed: u64) {
        self.failing_since.get_or_insert(now);
        self.failures += 1;
        let most = match self.at {
            At::Closed | At::Open { .. } => settings.failures,
            At::Probing { .. } => 1,
            At::Closing { .. } => FAILURES_CLOSING.min(settings.failures),
        };
        if self.failures >= most {
            let grown = settings.first.saturating_mul(1 << self.opened.min(16));
            let wait = jittered(grown.min(settings.longest), seed);
            self.opened = self.opened.saturating_add(1);
            self.turn_to(
                At::Open {
                    until: now + wait,
                    is_asked: false,
                },
                now,
            );
        } else if let At::Closing { done, .. } = &mut self.at {
            *done = 0;
        }
    }

    /// What was held back by a person goes on, not all at once.
    pub fn resume(&mut self, now: Tick) {
        (self.failures, self.opened) = (0, 0);
        self.close_from(1, now);
    }

    fn close_from(&mut self, width: u32, now: Tick) {
        self.failures = 0;
        self.turn_to(
            At::Closing {
                width,
                busy: 0,
                done: 0,
                since: now,
            },
            now,
        );
    }

    fn widen(&mut self, from: u32, now: Tick) {
        let wide = from.saturating_mul(2);
        if wide >= CLOSED {
            (self.at, self.since, self.opened) = (At::Closed, now, 0);
        } else if let At::Closing {
            width, done, since, ..
        } = &mut self.at
        {
            (*width, *done, *since) = (wide, 0, now);
        }
    }

    fn turn_to(&mut self, at: At, now: Tick) {
        (self.at, self.since, self.turn) = (at, now, self.turn.wrapping_add(1));
    }

    pub fn state(&self) -> State {
        match self.at {
            At::Closed => State::Closed,
            At::Open { is_asked: true, .. } => State::Limited,
            At::Open { .. } => State::Open,
            At::Probing { .. } | At::Closing { .. } => State::HalfOpen,
        }
    }

    pub fn since(&self) -> Tick {
        self.since
    }

    pub fn next_probe(&self) -> Option<Tick> {
        match self.at {
            At::Open { until, .. } => Some(until),
            _ => None,
        }
    }

    pub fn failing_since(&self) -> Option<Tick> {
        self.failing_since
    }

    pub fn is_plain(&self) -> bool {
        self.at == At::Closed && self.failures == 0
    }
}
