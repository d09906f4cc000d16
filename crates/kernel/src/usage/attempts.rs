//! How attempts went, as they are counted by destination: those that succeeded by how long they took, and those that failed. Their
//! counters have numbers beside those of meters, and cost nothing. What left nobody's house is no attempt.

use super::LATENCIES;
use crate::gate::Verdict;
use crate::timeline::quantile;
use std::time::Duration;

/// The first of those that succeeded, by the parts of `LATENCIES`.
const SUCCEEDED: u16 = 64;
const FAILED: u16 = SUCCEEDED + LATENCIES.len() as u16;

/// Under which number an attempt is counted that took so long.
pub fn number(verdict: Verdict, took: Duration) -> Option<u16> {
    match verdict {
        Verdict::Nothing => None,
        Verdict::Refused | Verdict::Failed | Verdict::Asked(_) => Some(FAILED),
        Verdict::Well => {
            let ms = u64::try_from(took.as_micros().div_ceil(1_000)).unwrap_or(u64::MAX);
            let part = LATENCIES.partition_point(|(up_to, _)| *up_to < ms);
            Some(SUCCEEDED + part as u16)
        }
    }
}

pub fn numbers() -> impl Iterator<Item = u16> {
    SUCCEEDED..=FAILED
}

/// Sums of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attempts {
    pub failed: u64,
    by_time: [u64; LATENCIES.len()],
}

impl Attempts {
    pub fn add(&mut self, number: u16, amount: u64) {
        let part = number.checked_sub(SUCCEEDED).map(usize::from);
        match part.and_then(|part| self.by_time.get_mut(part)) {
            Some(count) => *count += amount,
            None if number == FAILED => self.failed += amount,
            None => {}
        }
    }

    pub fn succeeded(&self) -> u64 {
        self.by_time.iter().sum()
    }

    /// How long so large a share of those that succeeded took at most, estimated.
    pub fn time(&self, share: f64) -> Option<Duration> {
        let bounds = LATENCIES.map(|(ms, _)| Duration::from_millis(ms));
        let (_, bounds) = bounds.split_last()?;
        quantile(bounds, &self.by_time, share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usage::Meter;

    #[test]
    fn attempts_are_counted_beside_meters_and_what_never_left_is_not() {
        let ms = Duration::from_millis;
        let counted = [
            (Verdict::Well, ms(0)),
            (Verdict::Well, ms(100)),
            (Verdict::Well, ms(99_000)),
            (Verdict::Failed, ms(1)),
            (Verdict::Refused, ms(1)),
            (Verdict::Asked(ms(1)), ms(1)),
            (Verdict::Nothing, ms(1)),
        ];
        let mut attempts = Attempts::default();
        for (verdict, took) in counted {
            if let Some(number) = number(verdict, took) {
                assert!(numbers().any(|known| known == number));
                assert_eq!(Meter::from_number(number), None);
                attempts.add(number, 1);
            }
        }
        assert_eq!((attempts.succeeded(), attempts.failed), (3, 3));
        assert_eq!(attempts.time(1.0), Some(ms(30_000)));
        assert_eq!(attempts.time(0.2), Some(ms(6)));
    }
}
