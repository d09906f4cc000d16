//! From where on a look asks, when the next one comes, and when people are told.
#![allow(clippy::unwrap_used, reason = "a test fails where its fact does")]

use super::*;

const EVERY: Duration = Duration::from_secs(300);
const DAY: Duration = Duration::from_secs(86_400);

fn at(text: &str) -> Timestamp {
    format!("2026-11-20T{text}Z").parse().unwrap()
}

#[test]
fn a_look_asks_from_where_everything_is_known_and_overlaps() {
    let mut stand = Reconciled::default();
    let made = at("09:00:00");
    let look = stand.begin(at("12:00:00"), DAY, made);
    assert_eq!((look.from, look.to), (made, at("12:00:00")));
    stand.finish(&look, at("12:00:05"), EVERY);
    assert_eq!(stand.until, Some(at("11:45:00")));
    assert_eq!(stand.next_at, Some(at("12:05:05")));
    assert_eq!(stand.begin(at("12:05:05"), DAY, made).from, at("11:45:00"));
}

#[test]
fn a_call_that_goes_on_is_looked_at_again_however_long_it_lasts() {
    let mut stand = Reconciled {
        until: Some(at("03:00:00")),
        ..Reconciled::default()
    };
    let mut look = stand.begin(at("12:00:00"), DAY, at("00:00:00"));
    look.keep_open(Some(at("04:30:00")));
    look.keep_open(Some(at("11:00:00")));
    stand.finish(&look, at("12:00:00"), EVERY);
    assert_eq!(stand.until, Some(at("04:30:00")));
    // But not further back than was asked for.
    let look = stand.begin(at("12:05:00"), Duration::from_secs(3600), at("00:00:00"));
    assert_eq!(look.from, at("11:05:00"));
}

#[test]
fn a_failed_look_goes_on_where_it_was_and_waits_longer_each_time() {
    let mut stand = Reconciled::default();
    let mut look = stand.begin(at("12:00:00"), DAY, at("09:00:00"));
    look.next = Some("page 7".into());
    let mut setback = Setback {
        error: "the receiver answered 500".into(),
        wait: None,
        is_lasting: false,
    };
    let mut waits = Vec::new();
    for _ in 0..6 {
        let now = at("12:00:00");
        stand.fail(look.clone(), &setback, now, EVERY);
        waits.push(stand.next_at.unwrap().duration_since(now).as_secs());
    }
    assert_eq!(waits, [300, 600, 1200, 2400, 3600, 3600]);
    assert!(stand.is_trouble(&setback) && stand.failures == 6);
    // The place in the list is tried once more, and not for ever.
    assert_eq!(stand.look, None);
    setback.wait = Some(Duration::from_secs(7200));
    stand.fail(look.clone(), &setback, at("12:00:00"), EVERY);
    assert_eq!(stand.next_at, Some(at("14:00:00")));
    stand.finish(&look, at("14:00:00"), EVERY);
    assert_eq!((stand.failures, stand.failing_since), (0, None));
    stand.fail(look.clone(), &setback, at("14:05:00"), EVERY);
    assert_eq!(stand.begin(at("14:10:00"), DAY, at("09:00:00")), look);
    assert!(!stand.is_trouble(&setback));
    setback.is_lasting = true;
    assert!(stand.is_trouble(&setback));
}

#[test]
fn a_look_that_gets_on_between_failures_keeps_its_place() {
    let mut stand = Reconciled::default();
    let setback = Setback {
        error: "the receiver answered 500".into(),
        wait: None,
        is_lasting: false,
    };
    let made = at("09:00:00");
    for page in ["2", "3", "4", "5"] {
        let mut look = stand.begin(at("12:00:00"), DAY, made);
        (look.next, look.moved) = (Some(page.into()), true);
        stand.fail(look, &setback, at("12:00:00"), EVERY);
        let look = stand.begin(at("12:05:00"), DAY, made);
        assert_eq!((look.next.as_deref(), look.moved), (Some(page), false));
        assert_eq!((stand.failures, stand.next_at), (1, Some(at("12:05:00"))));
    }
}
