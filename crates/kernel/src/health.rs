//! How well a flow does: how many of its runs have failed in a row, when that is worth a warning, and when no more are begun.
//! Arithmetic over what is given: what has ended is read elsewhere, and what is decided is carried out there too.

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
                if parts
                    .keys()
                    .any(|key| key != "failures" && key != "minutes")
                {
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
    let passed = WARNINGS.into_iter().rev();
    let mut passed = passed.filter(|level| share >= u64::from(*level));
    passed.next().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn streak(failures: u32) -> Option<Streak> {
        let since = at(1_000);
        (failures > 0).then_some(Streak { failures, since })
    }

    #[test]
    fn each_share_of_the_limit_has_its_level() {
        let limit = Limit::default();
        let later = at(1_000 + 600);
        let levels =
            [0, 24, 25, 34, 35, 44, 45, 49, 50, 900].map(|n| level(streak(n), limit, later));
        assert_eq!(levels, [0, 0, 50, 50, 70, 70, 90, 90, 100, 100]);
    }

    #[test]
    fn a_flow_is_warned_about_at_once_and_paused_only_after_a_while() {
        let limit = Limit::default();
        assert_eq!(level(streak(900), limit, at(1_000 + 599)), 90);
        assert_eq!(
            level(streak(900), limit, at(0)),
            90,
            "the clock jumped back"
        );
        assert_eq!(level(streak(50), limit, at(1_000 + 600)), 100);
    }

    #[test]
    fn failures_count_from_the_last_success_and_cancelled_runs_do_not() {
        use Status::{Cancelled, Failed, Succeeded};
        let of = |ended: &[Status]| {
            let ended = ended
                .iter()
                .zip(1..)
                .map(|(status, n)| (*status, at(100 - n)));
            Streak::of(ended, 3).map(|streak| (streak.failures, streak.since))
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[Succeeded, Failed]), None);
        assert_eq!(
            of(&[Failed, Cancelled, Failed, Succeeded, Failed]),
            Some((2, at(97)))
        );
        assert_eq!(of(&[Failed; 9]), Some((3, at(97))), "no further than asked");
    }

    #[test]
    fn pause_after_is_read_in_all_its_spellings_and_nothing_else() {
        let read = |value: Value| Pause::read(Some(&value), "/pause_after");
        let after = |failures, minutes: u64| {
            let at_least = Duration::from_secs(60 * minutes);
            Ok(Pause::After(Limit { failures, at_least }))
        };
        assert_eq!(read(json!(null)), Ok(Pause::Usual));
        assert_eq!(read(json!(false)), Ok(Pause::Never));
        assert_eq!(read(json!(20)), after(20, 10));
        assert_eq!(read(json!({"failures": 3, "minutes": 0})), after(3, 0));
        for wrong in [
            json!(true),
            json!(0),
            json!(1001),
            json!(1.5),
            json!("5"),
            json!({"minutes": 1}),
            json!({"failures": 1, "hours": 1}),
        ] {
            assert_eq!(read(wrong).unwrap_err().path, "/pause_after");
        }
    }

    #[test]
    fn a_flow_that_says_nothing_does_as_the_workspace_does() {
        let own = Pause::After(Limit {
            failures: 2,
            ..Limit::default()
        });
        assert_eq!(own.limit(Pause::Never).map(|limit| limit.failures), Some(2));
        assert_eq!(Pause::Usual.limit(own).map(|limit| limit.failures), Some(2));
        assert_eq!(Pause::Usual.limit(Pause::Usual), Some(Limit::default()));
        assert_eq!(Pause::Usual.limit(Pause::Never), None);
        assert_eq!(Pause::Never.limit(own), None);
    }
}
