//! What is counted: a table of meters, and what one call to the world has used. Counters are kept by the hour; what they cost
//! is said by `Prices`, and how much of them there may be by `Budget`.

pub mod attempts;
pub mod budget;
mod prices;

pub use attempts::Attempts;
pub use budget::Budget;
pub use prices::Prices;

use crate::Timestamp;
use std::time::Duration;

/// The most that one thing may count: what is told of more is a mistake, and sums stay far below what holds them.
const MOST: u64 = 1_000_000_000;

macro_rules! meters {
    ($($number:literal $meter:ident $name:literal $what:literal)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum Meter {
            $(#[doc = $what] $meter = $number,)*
        }

        impl Meter {
            pub const ALL: &[Meter] = &[$(Meter::$meter,)*];

            /// Under which people find it.
            pub fn name(self) -> &'static str {
                match self {
                    $(Meter::$meter => $name,)*
                }
            }

            pub fn what(self) -> &'static str {
                match self {
                    $(Meter::$meter => $what,)*
                }
            }
        }
    };
}

meters! {
    1 Events "events" "moments of calls that were told to flows"
    2 CallsBegun "calls_begun" "calls heard of for the first time"
    3 CallsEnded "calls_ended" "calls that came to their end"
    4 CallSeconds "call_seconds" "how long calls that ended were: their talk, or their duration where no talk is known"
    5 RunsBegun "runs_begun" "runs that began, children and replays among them"
    6 RunsSucceeded "runs_succeeded" "runs that succeeded"
    7 RunsFailed "runs_failed" "runs that failed"
    10 Actions "actions" "calls to the world that did what they should"
    11 SmsSegments "sms_segments" "segments of text messages"
    12 Mails "mails" "mails, by receivers"
    13 TokensIn "tokens_in" "tokens that language models read"
    14 TokensOut "tokens_out" "tokens that language models wrote"
    15 ModelCost "model_cost" "what language models cost, in millionths of a dollar, where prices are known"
    32 Within10Ms "within_10ms" "first actions that were done within 10 ms of what they answer"
    33 Within50Ms "within_50ms" "the same: within 50 ms, and not sooner"
    34 Within100Ms "within_100ms" "the same: within 100 ms, and not sooner"
    35 Within500Ms "within_500ms" "the same: within 500 ms, and not sooner"
    36 Within1S "within_1s" "the same: within a second, and not sooner"
    37 Within5S "within_5s" "the same: within 5 s, and not sooner"
    38 Within30S "within_30s" "the same: within 30 s, and not sooner"
    39 Later "later" "the same: later than 30 s"
}

/// Latencies by their upper ends, in milliseconds.
pub const LATENCIES: [(u64, Meter); 8] = [
    (10, Meter::Within10Ms),
    (50, Meter::Within50Ms),
    (100, Meter::Within100Ms),
    (500, Meter::Within500Ms),
    (1_000, Meter::Within1S),
    (5_000, Meter::Within5S),
    (30_000, Meter::Within30S),
    (u64::MAX, Meter::Later),
];

impl Meter {
    pub fn number(self) -> u16 {
        self as u16
    }

    pub fn from_number(number: u16) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|meter| meter.number() == number)
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|meter| meter.name() == name)
    }

    /// Where a first action is counted that was done so long after what it answers.
    pub fn of_latency(latency: Duration) -> Self {
        let ms = u64::try_from(latency.as_micros().div_ceil(1_000)).unwrap_or(u64::MAX);
        let mut latencies = LATENCIES.iter();
        let found = latencies.find(|(within, _)| ms <= *within);
        found.map_or(Meter::Later, |(_, meter)| *meter)
    }
}

/// The hour in which something is counted: whole hours since 1970.
pub fn hour(time: Timestamp) -> u32 {
    u32::try_from(time.as_second() / 3_600).unwrap_or(0)
}

/// What one call to the world has used beside the attempt itself, whether or not it has succeeded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Used(Vec<(Meter, u64)>);

impl Used {
    pub fn new(meter: Meter, amount: u64) -> Self {
        Self::default().and(meter, amount)
    }

    #[must_use]
    pub fn and(mut self, meter: Meter, amount: u64) -> Self {
        if amount > 0 {
            self.0.push((meter, amount.min(MOST)));
        }
        self
    }

    pub fn iter(&self) -> impl Iterator<Item = (Meter, u64)> + '_ {
        self.0.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_meter_has_a_number_and_a_name_of_its_own() {
        let numbers: BTreeSet<u16> = Meter::ALL.iter().map(|meter| meter.number()).collect();
        let names: BTreeSet<&str> = Meter::ALL.iter().map(|meter| meter.name()).collect();
        assert_eq!(
            (numbers.len(), names.len()),
            (Meter::ALL.len(), Meter::ALL.len())
        );
        for meter in Meter::ALL {
            assert_eq!(Meter::from_number(meter.number()), Some(*meter));
            assert_eq!(Meter::parse(meter.name()), Some(*meter));
        }
    }

    #[test]
    fn a_latency_is_counted_up_to_the_end_of_its_bucket() {
        let of = |micros| Meter::of_latency(Duration::from_micros(micros));
        assert_eq!(of(0), Meter::Within10Ms);
        assert_eq!(of(10_000), Meter::Within10Ms);
        assert_eq!(of(10_001), Meter::Within50Ms);
        assert_eq!(of(1_000_000), Meter::Within1S);
        assert_eq!(of(30_000_001), Meter::Later);
    }
}
