//! Where the reconciler of an endpoint stands, as a document under the endpoint's id, and what follows from a look: from when on
//! the next one asks, when it comes, and when people are told. Pure but for `handle` and `gone`; time comes in as an argument.

mod gone;
mod handle;

#[cfg(test)]
mod tests;

use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A platform may list a call a while after it began.
const OVERLAP: Duration = Duration::from_secs(15 * 60);
/// A look that takes longer begins anew, so that none reaches further back than calls that are gone are remembered.
const LONGEST_LOOK: Duration = Duration::from_secs(24 * 3600);
const LONGEST_WAIT: Duration = Duration::from_secs(3600);
/// So many failures in a row are no accident.
const TOLD_AFTER: u32 = 3;

/// Fields are only ever added.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reconciled {
    /// Whatever began before is over, and known here.
    pub until: Option<Timestamp>,
    /// A look that is not over: it goes on where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub look: Option<Look>,
    pub last_at: Option<Timestamp>,
    pub next_at: Option<Timestamp>,
    /// By the last look that is over.
    pub found: Found,
    /// By all of them.
    pub backfilled: u64,
    pub failing_since: Option<Timestamp>,
    /// In a row.
    pub failures: u32,
    pub error: Option<String>,
}

/// A look at the platform's list, page by page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Look {
    pub from: Timestamp,
    pub to: Timestamp,
    /// What asks for the next page; `None`: the first.
    #[serde(default)]
    pub next: Option<String>,
    /// When the earliest call began that must be looked at again.
    #[serde(default)]
    pub open_since: Option<Timestamp>,
    #[serde(default)]
    pub found: Found,
    /// It has got on since it last failed.
    #[serde(default)]
    pub moved: bool,
}

/// How many calls were found, and what they were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Found {
    pub listed: u64,
    /// Their end is known already.
    pub known: u64,
    pub backfilled: u64,
    /// They go on.
    pub live: u64,
    /// They have ended just now: their webhooks may be on the way.
    pub waiting: u64,
    pub refused: u64,
}

/// Why a look could not go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setback {
    pub error: String,
    /// The platform asks for this much time.
    pub wait: Option<Duration>,
    /// A person has to do something about it.
    pub is_lasting: bool,
}

impl Look {
    pub fn over(from: Timestamp, to: Timestamp) -> Self {
        Self {
            from: from.min(to),
            to,
            next: None,
            open_since: None,
            found: Found::default(),
            moved: false,
        }
    }

    /// A call that began then must be looked at again.
    pub fn keep_open(&mut self, began: Option<Timestamp>) {
        let began = began.unwrap_or(self.from);
        self.open_since = Some(self.open_since.map_or(began, |since| since.min(began)));
    }
}

impl Reconciled {
    /// The look that is due: the one that is not over, else one from where everything before is known, at most so far back.
    pub fn begin(&self, now: Timestamp, look_back: Duration, no_earlier: Timestamp) -> Look {
        let earliest = back(now, look_back);
        let too_far = back(earliest, LONGEST_LOOK);
        if let Some(look) = self.look.as_ref().filter(|look| look.from >= too_far) {
            return look.clone();
        }
        let from = self.until.unwrap_or(no_earlier);
        Look::over(from.max(earliest), now)
    }

    /// A look is over.
    pub fn finish(&mut self, look: &Look, now: Timestamp, every: Duration) {
        let until = look.open_since.unwrap_or(look.to);
        let until = until.min(back(look.to, OVERLAP));
        // Never back before what the look was about.
        self.until = Some(until.max(look.from));
        self.look = None;
        self.found = look.found;
        self.last_at = Some(now);
        self.next_at = Some(after(now, every));
        self.is_well();
    }

    /// A look has done its share for now, and goes on soon.
    pub fn pause(&mut self, look: Look, now: Timestamp, wait: Duration) {
        self.look = Some(look);
        self.last_at = Some(now);
        self.next_at = Some(after(now, wait));
        self.is_well();
    }

    /// A look has failed on the way; it goes on where it was. Each failure at the same place doubles the wait.
    pub fn fail(&mut self, look: Look, setback: &Setback, now: Timestamp, every: Duration) {
        if look.moved {
            self.failures = 0;
        }
        let look = Look {
            moved: false,
            ..look
        };
        // A list may forget where somebody was in it: then it begins anew.
        self.look = Some(look).filter(|_| self.failures == 0);
        let doubled = every.saturating_mul(1 << self.failures.min(12));
        let longest = LONGEST_WAIT.max(every);
        let wait = doubled.min(longest).max(setback.wait.unwrap_or_default());
        self.failures = self.failures.saturating_add(1);
        self.failing_since = self.failing_since.or(Some(now));
        self.error = Some(setback.error.clone());
        self.last_at = Some(now);
        self.next_at = Some(after(now, wait));
    }

    /// Whether people are to be told.
    pub fn is_trouble(&self, setback: &Setback) -> bool {
        setback.is_lasting || self.failures >= TOLD_AFTER
    }

    fn is_well(&mut self) {
        self.failing_since = None;
        self.failures = 0;
        self.error = None;
    }
}

pub fn back(at: Timestamp, by: Duration) -> Timestamp {
    at.checked_sub(by).unwrap_or(Timestamp::MIN)
}

fn after(at: Timestamp, wait: Duration) -> Timestamp {
    at.checked_add(wait).unwrap_or(Timestamp::MAX)
}
