//! How well a flow does: how many of its runs have failed in a row, when that is worth a warning, and when no more are begun.
//! Arithmetic over what is given: what has ended is read elsewhere, and what is decided is carried out there too.

use crate::flow::fields::PAUSE;
use crate::run::Status;
use crate::{Problem, Timestamp};
use serde_json::Value;
use std::time::Duration;

/// The shares of a limit, in per cent, at which people are warned, each once in a row of failures.
pub const WARNINGS: [u8; 3] = [50, 70, 90];
/// All of a limit: the flow is paused.
pub const FULL: u8 = 100;
/// No limit counts further.
pub const MOST: u32 = 1_000;

/// When a flow that keeps failing is paused: after so many failed runs in a row, but not before so much time has passed since
/// the first of them. A receiver that is away for a minute fails many runs, and pausing would help nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    pub failures: u32,
    pub at_least: Duration,
}

impl Default for Limit {
    fn default() -> Self {
        Self {
            failures: 50,
            at_least: Duration::from_secs(600),
        }
    }
}

/// What a flow says about being paused, or a workspace about those of its flows that say nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Pause {
    /// As the workspace has it, or as everybody has it.
    #[default]
    Usual,
    Never,
    After(Limit),
}

impl Pause {
    /// `null`, `false`, a number of failures, or `{failures, minutes}`.
    pub fn read(value: Option<&Value>, at: &str) -> Result<Pause, Problem> {
        let wrong = || {
            let message = format!(
                "`pause_after` is a number of failed runs in a row, 1 to {MOST}, `{{\"failures\": 50, \"minutes\": 10}}`, or false for never"
            );
            Problem::new(at, message)
        };
        let count = |value: &Value, least: u64, most: u64| {
            let count = value.as_u64().filter(|n| (least..=most).contains(n));
            count.ok_or_else(wrong)
        };
        let usual = Limit::default();
        match value {
            None | Some(Value::Null) => Ok(Pause::Usual),
            Some(Value::Bool(false)) => Ok(Pause::Never),
            Some(Value::Object(parts)) => {
                if parts.keys().any(|key| !PAUSE.contains(&key.as_str())) {
                    return Err(wrong());
                }
                let failures = parts.get("failures").ok_or_else(wrong)?;
                let failures = count(failures, 1, u64::from(MOST))? as u32;
                let at_least = match parts.get("minutes") {
                    Some(minutes) => Duration::from_secs(60 * count(minutes, 0, 10_080)?),
                    None => usual.at_least,
                };
                Ok(Pause::After(Limit { failures, at_least }))
            }
            Some(number) => Ok(Pause::After(Limit {
                failures: count(number, 1, u64::from(MOST))? as u32,
                ..usual
            })),
        }
    }

    /// The limit that counts, given what stands behind this one; `None`: never paused.
    pub fn limit(self, behind: Pause) -> Option<Limit> {
        match (self, behind) {
            (Pause::After(limit), _) | (Pause::Usual, Pause::After(limit)) => Some(limit),
            (Pause::Usual, Pause::Usual) => Some(Limit::default()),
            (Pause::Never, _) | (Pause::Usual, Pause::Never) => None,
        }
    }
}

/// Failed runs in a row, and when the first of them ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Streak {
    pub failures: u32,
    pub since: Timestamp,
}

impl Streak {
    /// Of runs that have ended, newest first; at most `most` are counted. A cancelled run says nothing about its flow.
    pub fn of(ended: impl Iterator<Item = (Status, Timestamp)>, most: u32) -> Option<Streak> {
        let said = ended.filter(|(status, _)| *status != Status::Cancelled);
        let failed = said.take_while(|(status, _)| *status == Status::Failed);
        failed
            .take(most as usize)
            .fold(None, |streak, (_, at)| match streak {
                None => Some(Streak {
                    failures: 1,
                    since: at,
                }),
                Some(streak) => Some(Streak {
                    failures: streak.failures + 1,
                    since: at.min(streak.since),
                }),
            })
    }
}

/// The highest level that a row of failures has come to: 0, a warning, or [`FULL`].
pub fn level(streak: Option<Streak>, limit: Limit, now: Timestamp) -> u8 {
    let Some(streak) = streak else { return 0 };
    let share = u64::from(streak.failures) * 100 / u64::from(limit.failures.max(1));
    let lasted = Duration::try_from(now.duration_since(streak.since)).unwrap_or_default();
    if share >= u64::from(FULL) && lasted >= limit.at_least {
        return FULL;
    }
    passed(share)
}

/// How much of the time is up that something may fail for: 0, a warning, or [`FULL`].
pub fn share(lasted: Duration, whole: Duration) -> u8 {
    let share = lasted.as_secs().saturating_mul(100) / whole.as_secs().max(1);
    if share >= u64::from(FULL) {
        return FULL;
    }
    passed(share)
}

fn passed(share: u64) -> u8 {
    let passed = WARNINGS.into_iter().rev();
    let mut passed = passed.filter(|level| share >= u64::from(*level));
    passed.next().unwrap_or(0)
}
