//! Agents that should have had calls and had none: what an hour usually brings, and when silence is no chance any more.
//! Arithmetic over calls counted by the hour; whoever counts them and whoever is told are elsewhere.

use crate::Timestamp;
use std::collections::BTreeMap;
use std::time::Duration;

/// Calls begun in each hour, under the hours since 1970; an hour without calls may be left out.
pub type Hours = BTreeMap<i64, u64>;

/// So much of the past is looked at: the silence, and the weeks that it is compared with.
pub const LOOKED_AT: Duration = Duration::from_secs(35 * 24 * 3600);

/// Of calls that come independently, none comes where so many are expected less than once in 10,000 times: -ln(0.0001).
const BOUND: f64 = 9.21;
/// In hours. However many calls are usual, a pause of some minutes is nothing.
const LEAST: f64 = 0.25;
const WEEK: i64 = 168;
const DAY: i64 = 24;
/// An hour is compared with the same one of so many weeks, or of so many days while there are no two weeks yet.
const WEEKS: i64 = 4;
const DAYS: i64 = 7;
/// Two weeks say what is usual; two days may be a campaign of two days.
const ENOUGH_WEEKS: usize = 2;
const ENOUGH_DAYS: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quiet {
    /// When the last hour ended in which there were calls.
    pub since: Timestamp,
    /// Calls that were to be expected since.
    pub expected: u64,
    /// Calls in an hour, at these times of the week.
    pub usual: u64,
}

/// The hour that a time falls into.
pub fn hour(at: Timestamp) -> i64 {
    i64::from(crate::usage::hour(at))
}

/// Calls that an hour usually brings: the lower middle one of the same hours of the weeks before, so that neither a holiday nor
/// a single campaign counts. `None`: too little is known.
pub fn usual(calls: &Hours, hour: i64) -> Option<u64> {
    let first = *calls.keys().next()?;
    let counted = |at: i64| (at >= first).then(|| calls.get(&at).copied().unwrap_or(0));
    let weeks = (1..=WEEKS).filter_map(|n| counted(hour - n * WEEK));
    let weeks: Vec<u64> = weeks.collect();
    if weeks.len() >= ENOUGH_WEEKS {
        return Some(lower_middle(weeks));
    }
    let alike = (1..=DAYS).map(|n| hour - n * DAY);
    let alike = alike.filter(|at| is_weekend(*at) == is_weekend(hour));
    let days: Vec<u64> = alike.filter_map(counted).collect();
    (days.len() >= ENOUGH_DAYS).then(|| lower_middle(days))
}

/// Whether an agent is quiet: it has had calls, and none in a time that would usually have brought enough of them.
pub fn judge(calls: &Hours, now: Timestamp) -> Option<Quiet> {
    let this = hour(now);
    let (last, _) = calls.iter().rfind(|(_, count)| **count > 0)?;
    let usually = |hour: i64| usual(calls, hour).unwrap_or(0) as f64;
    let (mut expected, mut lasted) = (0.0, 0.0);
    for silent in (last + 1).max(this - WEEK)..this {
        let calls = usually(silent);
        if calls > 0.0 {
            expected += calls;
            lasted += 1.0;
        }
    }
    if *last >= this {
        return None;
    }
    // Of the hour that runs a part has passed; and who usually begins or ends in it is not late yet.
    let part = now.as_second().rem_euclid(3600) as f64 / 3600.0;
    let running = usually(this).min(usually(this - 1));
    if running > 0.0 {
        expected += running * part;
        lasted += part;
    }
    let is_quiet = expected >= BOUND && lasted >= LEAST;
    let since = Timestamp::from_second((last + 1) * 3600).ok()?;
    is_quiet.then(|| Quiet {
        since,
        expected: expected.round() as u64,
        usual: (expected / lasted).round().max(1.0) as u64,
    })
}

fn lower_middle(mut counts: Vec<u64>) -> u64 {
    counts.sort_unstable();
    let middle = counts.len().saturating_sub(1) / 2;
    counts.get(middle).copied().unwrap_or(0)
}

/// In UTC. 1970 began with a Thursday.
fn is_weekend(hour: i64) -> bool {
    matches!(hour.div_euclid(DAY).rem_euclid(7), 2 | 3)
}
