//! When a wait ends: stretches, moments, and windows of the week on days when the clock is put forward or back.
#![allow(clippy::unwrap_used)]

mod world;

use kernel::Timestamp;
use kernel::id::RunId;
use kernel::run::{Context, Input, Next, Run, Status, advance};
use serde_json::{Value, json};

/// Until when a run that comes to the wait at `now` sleeps; as it ends when it does not, and why it fails when it does.
fn until(wait: &Value, now: &str) -> String {
    let document = json!({ "name": "W", "on": ["call.ended"], "steps": [{ "wait": wait }] });
    let plan = world::plan(&document).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let event = world::object(json!({ "contact": { "at": 1_795_000_000, "zone": "Mars/Base" } }));
    let context = Context {
        plan: &plan,
        event: &event,
        now: now.parse().unwrap(),
    };
    let run = Run::new(RunId::new(1, 2, [3; 16]));
    let transition = advance(&context, run, Input::Started);
    match (transition.next, transition.run.failure) {
        (Next::Sleep { until }, _) => until.to_string(),
        (_, Some(failure)) => format!("{}: {}", failure.code, failure.message),
        _ => {
            assert_eq!(transition.run.status, Status::Succeeded);
            "now".to_owned()
        }
    }
}

fn problem(wait: Value) -> String {
    let steps = json!([{ "id": "w", "wait": wait }]);
    let problems = world::problems(&json!({ "name": "W", "on": ["call.ended"], "steps": steps }));
    assert_eq!(problems.len(), 1, "{problems:#?}");
    problems.into_iter().next().unwrap()
}

#[test]
fn a_wait_ends_after_a_stretch_or_at_a_moment() {
    let now = "2026-03-28T12:00:00Z";
    for (wait, ends) in [
        (json!({ "for": "10m" }), "2026-03-28T12:10:00Z"),
        (json!({ "for": "{{ 3 }} days" }), "2026-03-31T12:00:00Z"),
        (json!({ "for": "PT1H30M" }), "2026-03-28T13:30:00Z"),
        (json!({ "for": "0s" }), "now"),
        (
            json!({ "until": "2026-03-28T15:00:00+02:00" }),
            "2026-03-28T13:00:00Z",
        ),
        (
            json!({ "until": "{{ contact.at }}" }),
            "2026-11-18T11:06:40Z",
        ),
        (json!({ "until": "{{ now }}" }), "now"),
        (
            json!({ "until": "{{ contact.zone }}" }),
            "bad_time: `\"Mars/Base\"` is not a time",
        ),
        (
            json!({ "until": "{{ contact.none }}" }),
            "bad_time: `null` is not a time",
        ),
        (
            json!({ "until": "{{ '2040-01-01' | default(duration) }}" }),
            "wait_too_long: the wait would take longer than 366 days",
        ),
        (
            json!({ "for": "{{ contact.zone }}" }),
            "bad_time: `Mars/Base` is not a stretch of time such as `10m`, `2h 30m` or `3 days`",
        ),
        (
            json!({ "window": { "zone": "{{ contact.zone }}" } }),
            "bad_time: `Mars/Base` is not a time zone such as `Europe/Paris`",
        ),
    ] {
        assert_eq!(until(&wait, now), ends, "{wait}");
    }
}

#[test]
fn a_window_follows_the_clock_on_its_wall() {
    let office = json!({ "from": "09:00", "to": "17:00", "zone": "Europe/Berlin" });
    let night = json!({ "days": ["FRI"], "from": "22:00", "to": "6:00", "zone": "Europe/Berlin" });
    let gap = json!({ "days": ["sun"], "from": "02:10", "to": "02:50", "zone": "Europe/Berlin" });
    let all_day = json!({ "days": ["sun"], "zone": "Europe/Berlin" });
    for (window, now, opens) in [
        // Friday at noon, at the last second, and at five sharp.
        (&office, "2026-03-27T11:00:00Z", "now"),
        (&office, "2026-03-27T15:59:59Z", "now"),
        // The clock is put forward on the Sunday between: nine is an hour earlier then.
        (&office, "2026-03-27T16:00:00Z", "2026-03-30T07:00:00Z"),
        (&office, "2026-03-30T06:59:00Z", "2026-03-30T07:00:00Z"),
        // And put back in October.
        (&office, "2026-10-23T15:00:00Z", "2026-10-26T08:00:00Z"),
        (&night, "2026-03-27T12:00:00Z", "2026-03-27T21:00:00Z"),
        (&night, "2026-03-28T04:59:00Z", "now"),
        (&night, "2026-03-28T05:00:00Z", "2026-04-03T20:00:00Z"),
        // On the day when there is no 02:10 it is 03:10.
        (&gap, "2026-03-28T12:00:00Z", "2026-03-29T01:10:00Z"),
        // 25 hours long.
        (&all_day, "2026-10-24T12:00:00Z", "2026-10-24T22:00:00Z"),
        (&all_day, "2026-10-25T22:59:00Z", "now"),
        (&all_day, "2026-10-25T23:00:00Z", "2026-10-31T23:00:00Z"),
    ] {
        assert_eq!(
            until(&json!({ "window": window }), now),
            opens,
            "{window} at {now}"
        );
    }
    let both = json!({ "for": "2h", "window": office });
    assert_eq!(until(&both, "2026-03-27T15:00:00Z"), "2026-03-30T07:00:00Z");
    assert_eq!(until(&both, "2026-03-27T11:00:00Z"), "2026-03-27T13:00:00Z");
}

#[test]
fn every_hour_of_a_year_leads_into_the_window() {
    let window = json!({ "window": { "days": ["sat", "sun"], "from": "01:30", "to": "02:30", "zone": "America/New_York" } });
    let mut now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    for _ in 0..366 * 4 {
        let until = until(&window, &now.to_string());
        if let Ok(opens) = until.parse::<Timestamp>() {
            assert!(opens > now);
            let there = opens.in_tz("America/New_York").unwrap();
            assert_eq!((there.hour(), there.minute()), (1, 30), "{now} {there}");
        }
        now += std::time::Duration::from_secs(6 * 3600 + 61);
    }
}

#[test]
fn what_can_be_checked_on_save_is() {
    for (wait, message) in [
        (json!({}), ": `wait` needs `for`, `until` or `window`"),
        (
            json!({ "for": "1m", "until": "2026-01-01" }),
            ": `wait` has either `for` or `until`, not both",
        ),
        (
            json!({ "for": 600 }),
            "/for: `for` must be a text, not a number",
        ),
        (
            json!({ "for": "-5m" }),
            "/for: `-5m` is not a stretch of time such as `10m`, `2h 30m` or `3 days`",
        ),
        (
            json!({ "for": "2 months" }),
            "/for: `2 months` is not a stretch of time such as `10m`, `2h 30m` or `3 days`",
        ),
        (
            json!({ "for": "400 days" }),
            "/for: the wait would take longer than 366 days",
        ),
        (
            json!({ "until": "next week" }),
            "/until: `\"next week\"` is not a time",
        ),
        (
            json!({ "until": "{{ secrets.a }}" }),
            "/until: `secrets.a` may stand only in a field that leaves in a request (URL, query, headers, body, auth): here it would be stored",
        ),
        (
            json!({ "window": { "from": "09:00" } }),
            "/window/zone: a window needs a `zone` such as `Europe/Paris`",
        ),
        (
            json!({ "window": { "zone": "Europe/Berlinn" } }),
            "/window/zone: `Europe/Berlinn` is not a time zone such as `Europe/Paris`",
        ),
        (
            json!({ "window": { "zone": "UTC", "from": "9" } }),
            "/window/from: `9` is no time of day such as `09:00`",
        ),
        (
            json!({ "window": { "zone": "UTC", "to": "24:01" } }),
            "/window/to: `24:01` is no time of day such as `09:00`",
        ),
        (
            json!({ "window": { "zone": "UTC", "from": "09:00", "to": "09:00" } }),
            "/window/to: `to` must not be the same time as `from`",
        ),
        (
            json!({ "window": { "zone": "UTC", "days": ["monday"] } }),
            "/window/days/0: `monday` is no day: use mon, tue, wed, thu, fri, sat, sun",
        ),
        (
            json!({ "window": { "zone": "UTC", "days": [] } }),
            "/window/days: `days` must name at least one day",
        ),
    ] {
        assert_eq!(problem(wait), format!("/steps/0/wait{message}"));
    }
}
