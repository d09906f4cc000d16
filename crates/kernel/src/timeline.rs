//! A stretch of time in equal parts, as charts show it, and what a histogram says about times that were not kept one by one.
//! Every edge is a whole hour, since counters are kept by the hour.

use crate::{Problem, Timestamp};
pub use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span};
use std::time::Duration;

/// A longer stretch is refused.
pub const MOST_DAYS: i64 = 92;
/// More parts are refused.
pub const MOST_PARTS: usize = 800;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Hour,
    SixHours,
    Day,
    /// One part.
    Whole,
}

/// Cuts from `from` to `to`: the whole hours at which parts begin, and the one at which the last ends. The first part is the one
/// that `from` falls into, and the last the one before `to`. Days and quarters of days are those of the zone.
pub fn cut(
    from: Timestamp,
    to: Timestamp,
    step: Step,
    zone: &TimeZone,
) -> Result<Vec<Timestamp>, Problem> {
    if to <= from {
        return Err(Problem::new("to", "is not after `from`"));
    }
    if to.duration_since(from).as_secs() > MOST_DAYS * 24 * 3600 {
        let message = format!("is more than {MOST_DAYS} days after `from`");
        return Err(Problem::new("to", message));
    }
    let outside = || Problem::new("from", "is outside the calendar");
    let local = from.to_zoned(zone.clone());
    let in_zone = |hours: i64| {
        let begins = local.hour() / hours as i8 * hours as i8;
        let begins = local.date().at(begins, 0, 0, 0);
        move |n: i64| {
            let at = begins.checked_add(Span::new().hours(n * hours)).ok()?;
            zone.to_timestamp(at).ok()
        }
    };
    // A clock that is set back shows an hour twice: hours are counted, days and their quarters are read off the clock.
    let counted = |n: i64| {
        whole_hour(from)
            .checked_add(SignedDuration::from_hours(n))
            .ok()
    };
    let (quarters, days) = (in_zone(6), in_zone(24));
    let nth = |n: i64| match step {
        Step::Hour => counted(n),
        Step::SixHours => quarters(n),
        Step::Day => days(n),
        Step::Whole if n == 0 => counted(0),
        Step::Whole => counted(hours_up(to) - hours_down(from)),
    };
    let mut edges = Vec::new();
    for n in 0.. {
        let at = nth(n).map(whole_hour).ok_or_else(outside)?;
        edges.push(at);
        if at >= to {
            break;
        }
        if edges.len() > MOST_PARTS {
            let message = format!("gives more than {MOST_PARTS} parts: take a larger step");
            return Err(Problem::new("step", message));
        }
    }
    Ok(edges)
}

fn hours_down(at: Timestamp) -> i64 {
    at.as_second().div_euclid(3600)
}

fn hours_up(at: Timestamp) -> i64 {
    let is_whole = whole_hour(at) == at;
    hours_down(at) + i64::from(!is_whole)
}

fn whole_hour(at: Timestamp) -> Timestamp {
    Timestamp::from_second(hours_down(at) * 3600).unwrap_or(Timestamp::MIN)
}

/// The time that a share of all stays below, estimated: within a part of the histogram times are taken to be spread evenly.
/// `bounds` are the upper ends of its parts, and what is beyond the last counts as that one. `None`: nothing was counted.
pub fn quantile(bounds: &[Duration], counts: &[u64], share: f64) -> Option<Duration> {
    let all: u64 = counts.iter().sum();
    if all == 0 {
        return None;
    }
    let wanted = share.clamp(0.0, 1.0) * all as f64;
    let (mut below, mut low) = (0.0, Duration::ZERO);
    for (high, count) in bounds.iter().zip(counts) {
        let count = *count as f64;
        if count > 0.0 && below + count >= wanted {
            let part = ((wanted - below) / count).clamp(0.0, 1.0);
            return Some(low + (*high - low).mul_f64(part));
        }
        below += count;
        low = *high;
    }
    Some(low)
}
