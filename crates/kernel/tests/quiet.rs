//! When an agent is quiet: facts over calls by the hour.
#![allow(clippy::unwrap_used)]

use kernel::Timestamp;
use kernel::quiet::{Hours, hour, judge, usual};
use std::time::Duration;

/// A Monday.
const START: &str = "2026-10-26T00:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// So many calls in each hour from 8 to 17 on working days, from the start until then.
fn office(calls: u64, until: Timestamp) -> Hours {
    let start = hour(at(START));
    let hours = (start..hour(until)).filter(|hour| {
        let (day, of_day) = ((hour - start) / 24, (hour - start) % 24);
        day % 7 < 5 && (8..17).contains(&of_day)
    });
    hours.map(|hour| (hour, calls)).collect()
}

/// The same, with nothing any more from then on.
fn silent_since(calls: u64, since: &str, now: &str) -> Option<kernel::quiet::Quiet> {
    judge(&office(calls, at(since)), at(now))
}

#[test]
fn an_agent_of_40_calls_an_hour_is_quiet_after_a_quarter_of_an_hour_without() {
    let quiet = |now| silent_since(40, "2026-11-25T11:00:00Z", now);
    assert_eq!(quiet("2026-11-25T11:13:00Z"), None);
    let told = quiet("2026-11-25T11:15:00Z").unwrap();
    assert_eq!((told.since, told.usual), (at("2026-11-25T11:00:00Z"), 40));
    assert_eq!(quiet("2026-11-25T13:00:00Z").unwrap().expected, 80);
}

#[test]
fn an_agent_of_one_call_an_hour_is_given_a_day() {
    let quiet = |now| silent_since(1, "2026-11-25T08:00:00Z", now);
    assert_eq!(quiet("2026-11-25T17:00:00Z"), None);
    assert_eq!(quiet("2026-11-26T09:20:00Z").unwrap().usual, 1);
}

#[test]
fn nobody_is_expected_at_night_or_on_weekends() {
    // Friday evening to Monday morning.
    for now in [
        "2026-11-20T17:59:59Z",
        "2026-11-21T12:00:00Z",
        "2026-11-23T07:59:00Z",
    ] {
        assert_eq!(silent_since(40, "2026-11-20T17:00:00Z", now), None, "{now}");
    }
    // In the first two weeks too, when there are only days to compare with.
    let saturday = "2026-10-31T12:00:00Z";
    assert_eq!(silent_since(40, "2026-10-30T17:00:00Z", saturday), None);
    assert!(silent_since(40, "2026-10-30T10:00:00Z", "2026-10-30T10:30:00Z").is_some());
}

#[test]
fn the_hour_in_which_an_agent_begins_is_counted_once_it_is_over() {
    let quiet = |now| silent_since(1_000, "2026-11-24T17:00:00Z", now);
    assert_eq!(quiet("2026-11-25T08:59:59Z"), None);
    assert!(quiet("2026-11-25T09:00:00Z").is_some());
}

#[test]
fn however_many_calls_are_usual_some_minutes_without_are_nothing() {
    let quiet = |now| silent_since(100_000, "2026-11-25T11:00:00Z", now);
    assert_eq!(quiet("2026-11-25T11:14:00Z"), None);
    assert!(quiet("2026-11-25T11:15:00Z").is_some());
}

#[test]
fn a_call_ends_it_and_an_agent_without_history_is_never_quiet() {
    let now = at("2026-11-25T15:30:00Z");
    let mut calls = office(40, at("2026-11-25T11:00:00Z"));
    assert!(judge(&calls, now).is_some());
    calls.insert(hour(now), 1);
    assert_eq!(judge(&calls, now), None);
    assert_eq!(judge(&Hours::new(), now), None);
    // A campaign of two days is over, and nobody expects a third.
    let campaign = (24..72).map(|ago| (hour(now) - ago, 500));
    assert_eq!(judge(&campaign.collect(), now), None);
}

#[test]
fn one_campaign_or_one_holiday_changes_nothing_of_what_is_usual() {
    let now = at("2026-11-25T11:30:00Z");
    let mut calls = office(40, at("2026-11-25T11:00:00Z"));
    calls.insert(hour(now) - 168, 9_000);
    assert_eq!(usual(&calls, hour(now)), Some(40));
    calls.insert(hour(now) - 336, 0);
    assert_eq!(usual(&calls, hour(now)), Some(40));
    // Calls at night, once in four weeks, are expected on no other night.
    calls.insert(hour(now) - 168 + 12, 9_000);
    assert_eq!(usual(&calls, hour(now) + 12), Some(0));
}

#[test]
fn what_is_silent_for_weeks_is_the_new_usual() {
    let calls = office(40, at("2026-11-09T17:00:00Z"));
    let days = |n: u64| at("2026-11-09T18:00:00Z") + Duration::from_secs(n * 86_400);
    assert!(judge(&calls, days(2)).is_some());
    assert!(judge(&calls, days(7)).is_some());
    assert_eq!(judge(&calls, days(28)), None);
}
