//! When a flow that keeps failing is warned about, and when it is paused.
#![allow(clippy::unwrap_used)]

use kernel::Timestamp;
use kernel::health::{Limit, Pause, Streak, level, share};
use kernel::run::Status;
use serde_json::{Value, json};
use std::time::Duration;

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
    let levels = [0, 24, 25, 34, 35, 44, 45, 49, 50, 900].map(|n| level(streak(n), limit, later));
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
fn a_destination_is_warned_about_at_each_share_of_its_time_and_paused_at_its_end() {
    let five_days = Duration::from_secs(5 * 24 * 3600);
    let shares = [
        (0, 0),
        (49, 0),
        (50, 50),
        (69, 50),
        (70, 70),
        (89, 70),
        (90, 90),
        (99, 90),
        (100, 100),
        (5_000, 100),
    ];
    for (per_cent, expected) in shares {
        let lasted = five_days * per_cent / 100;
        assert_eq!(share(lasted, five_days), expected, "{per_cent} %");
    }
    let just_before = five_days - Duration::from_secs(1);
    assert_eq!(share(just_before, five_days), 90);
    assert_eq!(share(Duration::MAX, five_days), 100, "no time is too long");
    assert_eq!(share(Duration::ZERO, Duration::ZERO), 0);
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
