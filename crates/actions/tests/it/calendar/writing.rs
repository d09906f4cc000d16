//! Appointments made, changed and called off: once, whatever is repeated, lost or done by others meanwhile.

use super::*;

#[tokio::test]
async fn an_appointment_is_made_once_however_often_the_step_is_repeated() {
    let server = server();
    let office = office(&server);
    let outcome = act(&office, "calendar.create", meeting()).await;
    let exchange = json!(outcome.exchange.clone().unwrap()).to_string();
    assert!(
        exchange.contains("BEGIN:VEVENT") && !exchange.contains("canary"),
        "{exchange}"
    );
    let made = outcome.result.unwrap().body;
    assert_eq!(made["uid"], UID);
    assert_eq!(made["url"], format!("{}/ada/work/{UID}.ics", server.url()));
    assert_eq!(made["start"], "2026-11-24T15:00:00-05:00[America/New_York]");
    assert_eq!(made["end"], "2026-11-24T15:45:00-05:00[America/New_York]");
    assert_eq!(
        (&made["sequence"], &made["found"]),
        (&json!(0), &json!(false))
    );
    assert!(made["etag"].as_str().unwrap().starts_with('"'));
    let again = done(&office, "calendar.create", meeting()).await;
    assert_eq!(
        (&again["found"], &again["etag"]),
        (&json!(true), &made["etag"])
    );
    let events = server.events("work").unwrap();
    assert_eq!(events.len(), 1);
    has(
        &events[0].1,
        &[
            "DTSTART:20261124T200000Z",
            "DTEND:20261124T204500Z",
            "SUMMARY:Meeting with Ada",
            "DESCRIPTION:Line 1\\nLine 2\\; more",
            "LOCATION:Room 5",
            "ORGANIZER;CN=Ada:mailto:ada@example.com",
            "ATTENDEE;CN=Bob;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:bob@example.com",
            "TRIGGER:-PT15M",
        ],
    );
}

#[tokio::test]
async fn a_change_touches_what_is_given_and_is_made_once() {
    let server = server();
    let office = office(&server);
    let theirs = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:their own/uid 1\r\nDTSTAMP:20261101T000000Z\r\n\
        DTSTART;TZID=Europe/Berlin:20261124T100000\r\nDURATION:PT20M\r\nSUMMARY:Theirs says canary-password\r\nX-COLOR:red\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    server
        .put(
            "work",
            "whatever.ics",
            &theirs.replace("their own/uid 1", "theirs-1"),
        )
        .unwrap();
    let change = json!({ "uid": "theirs-1", "start": "2026-11-25 11:00", "zone": "Europe/Berlin", "location": "Room 7" });
    let changed = done(&office, "calendar.update", change.clone()).await;
    assert_eq!(
        (&changed["sequence"], &changed["found"]),
        (&json!(1), &json!(false))
    );
    assert_eq!(changed["end"], "2026-11-25T11:20:00+01:00[Europe/Berlin]");
    let again = done(&office, "calendar.update", change).await;
    assert_eq!(
        (&again["sequence"], &again["found"]),
        (&json!(1), &json!(true))
    );
    let event = &server.events("work").unwrap()[0].1;
    // What is masked in entries is never written back.
    has(
        event,
        &[
            "X-COLOR:red",
            "SEQUENCE:1",
            "LOCATION:Room 7",
            "DTSTART:20261125T100000Z",
            "DTEND:20261125T102000Z",
            "SUMMARY:Theirs says canary-password",
        ],
    );
    let invite = json!({ "uid": "theirs-1", "start": "2026-11-25 12:00", "zone": "Europe/Berlin", "description": "Bring it",
        "attendees": ["Bob <bob@example.com>", "eve@example.com"], "reminder_min": 10 });
    for found in [false, true] {
        let invited = done(&office, "calendar.update", invite.clone()).await;
        assert_eq!(
            (&invited["sequence"], &invited["found"]),
            (&json!(2), &json!(found))
        );
    }
    let by_address = json!({ "url": changed["url"], "title": "Ours", "show_as": "free" });
    assert_eq!(
        done(&office, "calendar.update", by_address).await["sequence"],
        3
    );
    for (with, code, says) in [
        (
            json!({ "uid": "nobody" }),
            "event_missing",
            "no event with the uid `nobody`",
        ),
        (
            json!({ "url": "/ada/work/none.ics" }),
            "event_missing",
            "no event at http",
        ),
        (
            json!({ "url": "https://evil.example/a.ics" }),
            "bad_url",
            "is not at the server of connection `Bookings`",
        ),
        (
            json!({ "url": "http://169.254.169.254/a.ics" }),
            "bad_url",
            "is not at the server",
        ),
        (json!({}), "bad_input", "neither `uid` nor `url`"),
        (
            json!({ "uid": "theirs-1", "end": "2026-11-24T00:00Z" }),
            "bad_input",
            "before it begins",
        ),
    ] {
        let refused = refused(&office, "calendar.update", with.clone()).await;
        assert_eq!(
            (&*refused.code, refused.retry),
            (code, Retriable::No),
            "{with}: {}",
            refused.message
        );
        assert!(
            refused.message.contains(says),
            "{with}: {}",
            refused.message
        );
    }
}

#[tokio::test]
async fn what_came_out_empty_changes_nothing_unnoticed() {
    let server = server();
    let office = office(&server);
    done(&office, "calendar.create", meeting()).await;
    for (field, value) in [
        ("start", json!(null)),
        ("start", json!("")),
        ("end", json!(null)),
    ] {
        let with = json!({ "uid": UID, "title": "t", field: value });
        let no = refused(&office, "calendar.update", with).await;
        assert!(
            no.message.contains(&format!("`{field}` is empty")),
            "{}",
            no.message
        );
    }
    let nobody = json!({ "uid": UID, "attendees": [null, ""] });
    assert_eq!(
        done(&office, "calendar.update", nobody).await["found"],
        true
    );
    let none = json!({ "uid": UID, "attendees": [] });
    assert_eq!(done(&office, "calendar.update", none).await["sequence"], 1);
    assert!(!server.events("work").unwrap()[0].1.contains("ATTENDEE"));
    // A late repeat of the first step answers what is there by now.
    let moved = json!({ "uid": UID, "start": "2026-11-25T10:00Z" });
    done(&office, "calendar.update", moved).await;
    let late = done(&office, "calendar.create", meeting()).await;
    assert_eq!(
        (&late["found"], &late["sequence"], &late["start"]),
        (&json!(true), &json!(2), &json!("2026-11-25T10:00:00Z"))
    );
}

#[tokio::test]
async fn another_event_of_that_uid_is_not_taken_for_ours() {
    let server = server();
    let office = office(&server);
    let with = |start: &str| json!({ "title": "t", "start": start, "uid": "order-1" });
    done(&office, "calendar.create", with("2026-11-24T15:00Z")).await;
    assert_eq!(
        done(&office, "calendar.create", with("2026-11-24T16:00+01:00")).await["found"],
        true
    );
    let other = refused(&office, "calendar.create", with("2026-11-24T16:00Z")).await;
    assert_eq!(other.code, "event_conflict");
    assert!(
        other.message.contains("`order-1`") && other.message.contains("calendar.update"),
        "{}",
        other.message
    );
}

#[tokio::test]
async fn what_is_called_off_stays_marked_or_goes() {
    let server = server();
    let office = office(&server);
    done(&office, "calendar.create", meeting()).await;
    let uid = json!({ "uid": UID });
    for found in [false, true] {
        let off = done(&office, "calendar.cancel", uid.clone()).await;
        assert_eq!(
            (&off["sequence"], &off["found"]),
            (&json!(1), &json!(found))
        );
    }
    has(
        &server.events("work").unwrap()[0].1,
        &["STATUS:CANCELLED", "TRANSP:TRANSPARENT", "SEQUENCE:1"],
    );
    let revived = refused(
        &office,
        "calendar.update",
        json!({ "uid": UID, "title": "x" }),
    )
    .await;
    assert!(
        revived.message.contains("is called off"),
        "{}",
        revived.message
    );
    let remove = json!({ "uid": UID, "afterwards": "remove" });
    assert_eq!(
        done(&office, "calendar.cancel", remove.clone()).await["found"],
        false
    );
    assert_eq!(server.events("work").unwrap().len(), 0);
    assert_eq!(
        refused(&office, "calendar.cancel", remove.clone())
            .await
            .code,
        "event_missing"
    );
    let second = Perform {
        attempt: 2,
        ..slow("calendar.cancel", remove)
    };
    let body = open().perform(&second, &office).await.result.unwrap().body;
    assert_eq!((&body["found"], &body["uid"]), (&json!(true), &json!(UID)));
}

#[tokio::test]
async fn an_event_whose_time_cannot_be_read_is_called_off_all_the_same() {
    let server = server();
    let office = office(&server);
    let theirs = event(
        "odd-1",
        "DTSTART;TZID=Customized Time Zone:20261124T100000\r\nSUMMARY:Odd",
    );
    server.put("work", "odd-1.ics", &theirs).unwrap();
    let off = done(&office, "calendar.cancel", json!({ "uid": "odd-1" })).await;
    assert_eq!(
        (&off["start"], &off["end"], &off["found"]),
        (&json!(null), &json!(null), &json!(false))
    );
    has(&server.events("work").unwrap()[0].1, &["STATUS:CANCELLED"]);
}

#[tokio::test]
async fn a_write_without_an_answer_is_unknown_and_its_repeat_finds_it() {
    let receiver = Receiver::start(vec![vec![calendar()], vec![Act::Reset]]).await;
    let office = office_at(&receiver.url("/c/"), json!({}));
    let with = json!({ "title": "t", "start": "2026-11-24T15:00Z" });
    let lost = refused(&office, "calendar.create", with.clone()).await;
    assert_eq!((&*lost.code, lost.retry), ("reset", Retriable::Unknown));
    let put = receiver.received()[1].clone();
    assert_eq!(put.line, format!("PUT /c/{UID}.ics HTTP/1.1"));
    assert_eq!(
        (put.header("if-none-match"), put.header("content-type")),
        ("*", "text/calendar; charset=utf-8")
    );
    assert!(!put.body.contains("METHOD"));
    let there = Receiver::start(vec![
        vec![calendar()],
        vec![answer("412 Precondition Failed", "", "")],
        vec![answer("200 OK", "etag: \"7\"\r\n", &put.body)],
    ])
    .await;
    let body = done(
        &office_at(&there.url("/c/"), json!({})),
        "calendar.create",
        with,
    )
    .await;
    assert_eq!(
        (&body["found"], &body["etag"]),
        (&json!(true), &json!("\"7\""))
    );
}

#[tokio::test]
async fn a_change_by_somebody_else_meanwhile_is_kept() {
    let there = |summary: &str, etag: &str| {
        answer(
            "200 OK",
            &format!("etag: {etag}\r\n"),
            &event(
                "e-1",
                &format!("DTSTART:20261124T150000Z\r\nSUMMARY:{summary}"),
            ),
        )
    };
    let faster = answer("412 Precondition Failed", "", "");
    let receiver = Receiver::start(vec![
        vec![calendar()],
        vec![there("Old", "\"1\"")],
        vec![faster.clone()],
        // As a proxy that compresses leaves it.
        vec![there("Theirs", "W/\"2\"")],
        vec![answer("204 No Content", "etag: \"3\"\r\n", "")],
    ])
    .await;
    let with = json!({ "uid": "e-1", "location": "Room 7" });
    let body = done(
        &office_at(&receiver.url("/c/"), json!({})),
        "calendar.update",
        with.clone(),
    )
    .await;
    assert_eq!(body["etag"], "\"3\"");
    let put = receiver.received()[4].clone();
    assert_eq!(put.header("if-match"), "\"2\"");
    assert!(
        put.body.contains("SUMMARY:Theirs\r\n") && put.body.contains("LOCATION:Room 7\r\n"),
        "{}",
        put.body
    );
    let receiver = Receiver::start(vec![
        vec![calendar()],
        vec![there("A", "\"1\"")],
        vec![faster.clone()],
        vec![there("A", "\"1\"")],
        vec![faster.clone()],
        vec![there("A", "\"1\"")],
        vec![faster],
    ])
    .await;
    let no = refused(
        &office_at(&receiver.url("/c/"), json!({})),
        "calendar.update",
        with,
    )
    .await;
    assert_eq!((&*no.code, no.retry), ("event_conflict", Retriable::Yes));
}

#[tokio::test]
async fn a_time_that_the_clocks_skip_is_taken_and_said() {
    let server = server();
    let with = json!({ "title": "t", "start": "2027-03-28 02:30", "zone": "Europe/Berlin" });
    let body = done(&office(&server), "calendar.create", with).await;
    assert_eq!(body["start"], "2027-03-28T03:30:00+02:00[Europe/Berlin]");
    assert!(
        body["note"].as_str().unwrap().contains("03:30 was taken"),
        "{body}"
    );
}
