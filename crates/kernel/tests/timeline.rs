//! How a stretch of time is cut, and what is estimated from a histogram.
#![allow(clippy::unwrap_used)]

use jiff::tz::TimeZone;
use kernel::Timestamp;
use kernel::timeline::{Step, cut, quantile};
use std::time::Duration;

fn edges(from: &str, to: &str, step: Step, zone: &str) -> Result<Vec<String>, String> {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let cut = cut(at(from), at(to), step, &TimeZone::get(zone).unwrap());
    let cut = cut.map_err(|problem| format!("{}: {}", problem.path, problem.message))?;
    Ok(cut.iter().map(Timestamp::to_string).collect())
}

#[test]
fn parts_are_whole_hours_from_the_one_that_it_begins_in() {
    let hours = edges(
        "2026-11-26T08:20:00Z",
        "2026-11-26T10:00:01Z",
        Step::Hour,
        "UTC",
    );
    let expected = ["08", "09", "10", "11"].map(|hour| format!("2026-11-26T{hour}:00:00Z"));
    assert_eq!(hours.unwrap(), expected);
}

#[test]
fn the_whole_is_one_part() {
    let whole = |to| edges("2026-11-26T08:20:00Z", to, Step::Whole, "UTC").unwrap();
    let ends = |to| whole(to)[1].clone();
    assert_eq!(whole("2026-11-26T10:00:00Z").len(), 2);
    assert_eq!(ends("2026-11-26T10:00:00Z"), "2026-11-26T10:00:00Z");
    assert_eq!(ends("2026-11-26T10:00:01Z"), "2026-11-26T11:00:00Z");
}

#[test]
fn days_are_those_of_the_zone_also_where_the_clock_is_set_back() {
    let days = edges(
        "2026-10-24T12:00:00Z",
        "2026-10-26T12:00:00Z",
        Step::Day,
        "Europe/Berlin",
    );
    let expected = [
        "2026-10-23T22:00:00Z",
        "2026-10-24T22:00:00Z",
        "2026-10-25T23:00:00Z",
        "2026-10-26T23:00:00Z",
    ];
    assert_eq!(days.unwrap(), expected);
    let from = "2026-10-25T00:00:00Z";
    let hours = edges(from, "2026-10-25T03:00:00Z", Step::Hour, "Europe/Berlin");
    assert_eq!(hours.unwrap().len(), 4);
    let quarters = edges(
        from,
        "2026-10-25T08:00:00Z",
        Step::SixHours,
        "Europe/Berlin",
    );
    let expected = [
        "2026-10-24T22:00:00Z",
        "2026-10-25T05:00:00Z",
        "2026-10-25T11:00:00Z",
    ];
    assert_eq!(quarters.unwrap(), expected);
}

#[test]
fn where_clocks_are_half_an_hour_off_a_day_begins_with_the_hour_it_begins_in() {
    let days = edges(
        "2026-11-26T00:00:00Z",
        "2026-11-26T01:00:00Z",
        Step::Day,
        "Asia/Kolkata",
    );
    let expected = ["2026-11-25T18:00:00Z", "2026-11-26T18:00:00Z"];
    assert_eq!(days.unwrap(), expected);
}

#[test]
fn what_is_too_long_or_the_wrong_way_round_is_refused() {
    let refused = |from, to, step| edges(from, to, step, "UTC").unwrap_err();
    let (early, late) = ("2026-08-01T00:00:00Z", "2026-11-26T00:00:00Z");
    assert_eq!(refused(late, early, Step::Day), "to: is not after `from`");
    let long = refused(early, late, Step::Day);
    assert_eq!(long, "to: is more than 92 days after `from`");
    let fine = refused("2026-10-01T00:00:00Z", late, Step::Hour);
    assert_eq!(fine, "step: gives more than 800 parts: take a larger step");
}

#[test]
fn a_quantile_is_estimated_within_its_part_of_the_histogram() {
    let bounds = [100, 200, 500].map(Duration::from_millis);
    let ms = |counts: &[u64], share| quantile(&bounds, counts, share).map(|d| d.as_millis());
    assert_eq!(ms(&[0, 0, 0, 0], 0.5), None);
    assert_eq!(ms(&[10, 0, 0, 0], 0.5), Some(50));
    assert_eq!(ms(&[0, 10, 0, 0], 1.0), Some(200));
    assert_eq!(ms(&[5, 0, 5, 0], 0.95), Some(470));
    // Beyond the last bound nothing is known but that.
    assert_eq!(ms(&[1, 0, 0, 9], 0.95), Some(500));
}
