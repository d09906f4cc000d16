//! Which times are free, beside what repeats and over a change of clocks.

use super::*;

#[tokio::test]
async fn free_times_leave_out_what_is_taken_also_over_a_change_of_clocks() {
    let server = server();
    let office = office(&server);
    for (uid, lines) in [
        (
            "weekly",
            "DTSTART;TZID=Europe/Berlin:20260302T100000\r\nDTEND;TZID=Europe/Berlin:20260302T110000\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:Stand-up",
        ),
        (
            "once",
            "DTSTART:20260323T130000Z\r\nDURATION:PT30M\r\nSUMMARY:Once",
        ),
        (
            "free",
            "DTSTART:20260323T080000Z\r\nDURATION:PT1H\r\nTRANSP:TRANSPARENT\r\nSUMMARY:Free",
        ),
        (
            "off",
            "DTSTART:20260323T080000Z\r\nDURATION:PT1H\r\nSTATUS:CANCELLED\r\nSUMMARY:Off",
        ),
        (
            "day",
            "DTSTART;VALUE=DATE:20260324\r\nDTEND;VALUE=DATE:20260330\r\nSUMMARY:Away",
        ),
        (
            "later",
            "DTSTART:20260423T130000Z\r\nDURATION:PT30M\r\nSUMMARY:Later",
        ),
    ] {
        server
            .put("work", &format!("{uid}.ics"), &event(uid, lines))
            .unwrap();
    }
    let with = json!({
        "from": "2026-03-23", "to": "2026-03-30", "zone": "Europe/Berlin", "duration_min": 60, "limit": 200,
        "window": { "from": "09:00", "to": "15:00", "days": ["mon", "fri"] }
    });
    let found = done(&office, "calendar.free", with).await;
    let starts: Vec<&str> = found["slots"]
        .as_array()
        .unwrap()
        .iter()
        .map(|slot| slot["start"].as_str().unwrap())
        .collect();
    let at = |day: &str, hours: &[&str], offset: &str| -> Vec<String> {
        hours
            .iter()
            .map(|hour| format!("2026-03-{day}T{hour}:00:00{offset}[Europe/Berlin]"))
            .collect()
    };
    let wanted = [
        at("23", &["09", "11", "12", "13"], "+01:00"),
        at("30", &["09", "11", "12", "13", "14"], "+02:00"),
    ]
    .concat();
    assert_eq!(starts, wanted);
    let busy: Vec<&str> = found["busy"]
        .as_array()
        .unwrap()
        .iter()
        .map(|busy| busy["start"].as_str().unwrap())
        .collect();
    assert_eq!(
        busy,
        [
            "2026-03-23T10:00:00+01:00[Europe/Berlin]",
            "2026-03-23T14:00:00+01:00[Europe/Berlin]",
            "2026-03-24T00:00:00+01:00[Europe/Berlin]",
            "2026-03-30T10:00:00+02:00[Europe/Berlin]",
        ]
    );
    assert!(!found.to_string().contains("Stand-up"));
    // What was found can be booked, and is taken then.
    let book = json!({ "title": "t", "start": starts[0], "duration_min": 60 });
    assert_eq!(
        done(&office, "calendar.create", book).await["start"],
        starts[0]
    );
    let next = json!({ "from": "2026-03-23", "to": "2026-03-23", "zone": "Europe/Berlin", "duration_min": 60, "limit": 1 });
    assert_eq!(
        done(&office, "calendar.free", next).await["slots"][0]["start"],
        starts[1]
    );
}

#[tokio::test]
async fn what_repeats_is_neither_changed_nor_guessed() {
    let server = server();
    let office = office(&server);
    let weekly = event(
        "weekly",
        "DTSTART:20260302T100000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:Stand-up",
    );
    for name in ["weekly.ics", "other-name.ics"] {
        server.put("work", name, &weekly).unwrap();
        let no = refused(&office, "calendar.cancel", json!({ "uid": "weekly" })).await;
        assert!(no.message.contains("the event repeats"), "{}", no.message);
    }
    let dull = found(
        "/c/1.ics",
        &format!("<C:calendar-data>{weekly}</C:calendar-data>"),
    );
    let receiver = Receiver::start(vec![vec![calendar()], vec![dull]]).await;
    let with = json!({ "from": "2026-11-24", "to": "2026-11-25", "zone": "UTC" });
    let no = refused(
        &office_at(&receiver.url("/c/"), json!({})),
        "calendar.free",
        with,
    )
    .await;
    assert_eq!((&*no.code, no.retry), ("bad_response", Retriable::No));
    assert!(no.message.contains("`Stand-up` repeats"), "{}", no.message);
}
