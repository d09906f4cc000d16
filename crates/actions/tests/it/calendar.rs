//! The calendar's actions against a real server (Radicale), and against one that misbehaves: what stands in the calendar
//! afterwards, and what comes of refusals.

use crate::receiver::{Act, Receiver, answer};
use crate::world::{Names, Workspace, closed, completed, failure, nets, open, step};
use actions::{Actions, Config, World};
use kernel::run::{Failure, Outcome, Perform, Retriable};
use lab::CalendarServer;
use serde_json::{Value, json};
use std::time::Duration;

const PASSWORD: &str = "canary-password";
const UID: &str = "0123456789abcdef0123456789abcdef";

fn server() -> CalendarServer {
    CalendarServer::start(PASSWORD, &[("work", "Work")]).unwrap()
}

fn office_at(url: &str, more: Value) -> Workspace {
    let mut fields = json!({ "url": url, "user": "ada", "password": PASSWORD, "email": "Ada <ada@example.com>" });
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    Workspace::connected("Bookings", "caldav", fields)
}

fn office(server: &CalendarServer) -> Workspace {
    office_at(&server.url(), json!({}))
}

fn slow(action: &str, with: Value) -> Perform {
    Perform {
        timeout: Duration::from_secs(30),
        ..step(action, with)
    }
}

async fn act(office: &Workspace, action: &str, with: Value) -> Outcome {
    open().perform(&slow(action, with), office).await
}

async fn done(office: &Workspace, action: &str, with: Value) -> Value {
    act(office, action, with).await.result.unwrap().body
}

async fn refused(office: &Workspace, action: &str, with: Value) -> Failure {
    let outcome = act(office, action, with).await;
    let shown = format!("{outcome:?}");
    assert!(
        !shown.contains("canary") && !shown.contains("Y2FuYXJ5"),
        "{shown}"
    );
    failure(outcome)
}

fn meeting() -> Value {
    json!({
        "title": "Meeting with Ada", "start": "2026-11-24 15:00", "zone": "America/New_York", "duration_min": 45,
        "attendees": ["Bob <bob@example.com>", "", null], "description": "Line 1\nLine 2; more", "location": "Room 5",
        "reminder_min": 15
    })
}

fn has(event: &str, lines: &[&str]) {
    let event = event.replace("\r\n ", "").replace("\r\n", "\n");
    for line in lines {
        assert!(event.contains(&format!("{line}\n")), "{line}\n{event}");
    }
}

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
async fn a_calendar_is_found_from_any_address_of_its_server() {
    let server = server();
    for path in [
        "",
        "/",
        "/ada/",
        "/ada/work/",
        "/ada/work",
        "/.well-known/caldav",
    ] {
        let office = office_at(&format!("{}{path}", server.url()), json!({}));
        let uid = format!("at{}", path.replace('/', "-"));
        let made = done(
            &office,
            "calendar.create",
            json!({ "title": "t", "start": "2026-12-24", "uid": uid }),
        )
        .await;
        assert_eq!(
            made["url"],
            format!("{}/ada/work/{uid}.ics", server.url()),
            "{path}"
        );
    }
    has(
        &server.events("work").unwrap()[0].1,
        &["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261225"],
    );
}

#[tokio::test]
async fn of_several_calendars_one_is_named() {
    let server =
        CalendarServer::start(PASSWORD, &[("a1", "Work"), ("b2", "Zoë’s private")]).unwrap();
    let either = office(&server);
    let with = |calendar: &str| json!({ "title": "t", "start": "2026-12-24T10:00Z", "calendar": calendar });
    let unclear = refused(&either, "calendar.create", with("")).await;
    assert_eq!(
        (&*unclear.code, unclear.retry),
        ("calendar_missing", Retriable::No)
    );
    assert!(
        unclear.message.contains("`Work`") && unclear.message.contains("`Zoë’s private`"),
        "{}",
        unclear.message
    );
    let wrong = refused(&either, "calendar.create", with("Wrok")).await;
    assert!(
        wrong.message.contains("no calendar `Wrok`; there are: `"),
        "{}",
        wrong.message
    );
    done(&either, "calendar.create", with("zoë’s PRIVATE")).await;
    let named = office_at(&server.url(), json!({ "calendar": "a1" }));
    done(&named, "calendar.create", with("")).await;
    assert_eq!(
        (
            server.events("a1").unwrap().len(),
            server.events("b2").unwrap().len()
        ),
        (1, 1)
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

/// An event as another program writes it, with the zone's rules.
fn event(uid: &str, lines: &str) -> String {
    let zone = "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n\
        TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\n\
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{zone}BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

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
async fn what_is_wrong_with_an_account_is_said_with_what_to_do() {
    let server = server();
    let with = json!({ "title": "t", "start": "2026-11-24T15:00Z" });
    let wrong = office_at(&server.url(), json!({ "password": "canary-wrong" }));
    for action in ["calendar.create", "calendar.free"] {
        let with = match action {
            "calendar.free" => json!({ "from": "2026-11-24", "to": "2026-11-25", "zone": "UTC" }),
            _ => with.clone(),
        };
        let no = refused(&wrong, action, with).await;
        assert_eq!(
            (&*no.code, no.status, no.retry),
            ("sign_in", Some(401), Retriable::No)
        );
        assert!(
            no.message.contains("`Bookings`") && no.message.contains("app password"),
            "{}",
            no.message
        );
    }
    let page = Receiver::answering(
        "200 OK",
        "content-type: text/html\r\n",
        "<html>Hello</html>",
    )
    .await;
    let digest = Receiver::answering("401 No", "www-authenticate: Digest realm=x\r\n", "").await;
    let elsewhere =
        Receiver::answering("301 Moved", "location: https://evil.example/dav\r\n", "").await;
    let inside =
        Receiver::answering("301 Moved", "location: http://169.254.169.254/\r\n", "").await;
    let round = Receiver::answering("301 Moved", "location: /again\r\n", "").await;
    let other = Receiver::answering("405 No", "", "").await;
    let huge = Receiver::answering("207 Multi-Status", "", &"x".repeat(2 << 20)).await;
    let busy = Receiver::answering("503 Busy", "retry-after: 7\r\n", "").await;
    let gone = Receiver::start(vec![vec![Act::Reset]]).await;
    for (url, code, retry, says) in [
        (
            page.url("/"),
            "bad_response",
            Retriable::No,
            "is no calendar server (CalDAV)",
        ),
        (
            digest.url("/"),
            "sign_in",
            Retriable::No,
            "`Digest realm=x`",
        ),
        (
            elsewhere.url("/"),
            "bad_url",
            Retriable::No,
            "`https://evil.example/dav` is not at the server",
        ),
        (
            inside.url("/"),
            "bad_url",
            Retriable::No,
            "is not at the server",
        ),
        (
            round.url("/"),
            "calendar_missing",
            Retriable::No,
            "without end",
        ),
        (
            other.url("/"),
            "http_status",
            Retriable::No,
            "is no calendar server",
        ),
        (
            huge.url("/"),
            "output_too_large",
            Retriable::No,
            "1048576 bytes",
        ),
        (
            busy.url("/"),
            "http_status",
            Retriable::After(Duration::from_secs(7)),
            "503",
        ),
        (gone.url("/"), "reset", Retriable::Yes, "broke"),
        (
            "http://127.0.0.1:1/".into(),
            "connect",
            Retriable::Yes,
            "127.0.0.1",
        ),
    ] {
        let no = refused(&office_at(&url, json!({})), "calendar.create", with.clone()).await;
        assert_eq!(
            (&*no.code, no.retry),
            (code, retry),
            "{says}: {}",
            no.message
        );
        assert!(no.message.contains(says), "{says}: {}", no.message);
    }
    let silent = Receiver::start(vec![vec![Act::Hang]]).await;
    let mut late = step("calendar.create", with.clone());
    late.timeout = Duration::from_millis(300);
    let no = failure(
        open()
            .perform(&late, &office_at(&silent.url("/"), json!({})))
            .await,
    );
    assert_eq!((&*no.code, no.retry), ("timeout", Retriable::Yes));
    let blocked = failure(
        closed()
            .perform(&slow("calendar.create", with), &office(&server))
            .await,
    );
    assert_eq!((&*blocked.code, blocked.retry), ("blocked", Retriable::No));
}

fn found(href: &str, properties: &str) -> Act {
    let body = format!(
        "<D:multistatus xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><D:response><D:href>{href}</D:href>\
         <D:propstat><D:prop>{properties}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>"
    );
    answer(
        "207 Multi-Status",
        "content-type: application/xml\r\n",
        &body,
    )
}

fn calendar() -> Act {
    found(
        "/c/",
        "<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>",
    )
}

#[tokio::test]
async fn a_server_that_points_inside_is_not_followed() {
    for href in [
        "http://169.254.169.254/latest",
        "https://10.0.0.1/",
        "https://evil.example/",
        "file:///etc/passwd",
        "http://[::1]/",
    ] {
        let home = format!("<C:calendar-home-set><D:href>{href}</D:href></C:calendar-home-set>");
        let receiver = Receiver::start(vec![
            vec![found("/", &home)],
            vec![answer("404 No", "", "")],
        ])
        .await;
        let with = json!({ "title": "t", "start": "2026-11-24T15:00Z" });
        let no = refused(
            &office_at(&receiver.url("/"), json!({})),
            "calendar.create",
            with,
        )
        .await;
        assert_eq!(no.code, "bad_url", "{href}: {}", no.message);
        assert!(
            receiver
                .received()
                .iter()
                .all(|request| request.line.starts_with("PROPFIND"))
        );
    }
}

#[tokio::test]
async fn no_spelling_of_an_internal_address_is_asked_for_a_calendar() {
    let receiver = Receiver::ok().await;
    let port = receiver.port;
    for host in [
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "127.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "10.0.0.1",
        "169.254.169.254",
        "[fd00:ec2::254]",
    ] {
        let office = office_at(&format!("http://{host}:{port}/"), json!({}));
        for (action, with) in [
            (
                "calendar.create",
                json!({ "title": "t", "start": "2026-11-24T15:00Z" }),
            ),
            ("calendar.update", json!({ "url": "/a.ics", "title": "t" })),
            ("calendar.cancel", json!({ "uid": "a" })),
            (
                "calendar.free",
                json!({ "from": "2026-11-24", "to": "2026-11-25", "zone": "UTC" }),
            ),
        ] {
            let no = failure(closed().perform(&slow(action, with), &office).await);
            assert_eq!(
                (&*no.code, no.retry),
                ("blocked", Retriable::No),
                "{host}: {}",
                no.message
            );
        }
    }
    assert_eq!(receiver.connections(), 0);
}

#[tokio::test]
async fn a_neighbour_of_the_server_is_judged_by_its_address() {
    let home = |port: u16| {
        format!(
            "<C:calendar-home-set><D:href>http://inside.near.example:{port}/</D:href></C:calendar-home-set>"
        )
    };
    let inside = Receiver::ok().await;
    let receiver = Receiver::start(vec![vec![found("/", &home(inside.port))]]).await;
    let world = World::new(Config {
        allowed: nets(&["127.0.0.1/32"]),
        resolver: Some(Names::of(&[
            ("caldav.near.example", &[&["127.0.0.1"]]),
            ("inside.near.example", &[&["127.0.0.2"]]),
        ])),
        ..Config::default()
    });
    let office = office_at(
        &format!("http://caldav.near.example:{}/", receiver.port),
        json!({}),
    );
    let with = json!({ "title": "t", "start": "2026-11-24T15:00Z" });
    let no = failure(world.perform(&slow("calendar.create", with), &office).await);
    assert_eq!(
        (&*no.code, no.retry),
        ("blocked", Retriable::No),
        "{}",
        no.message
    );
    assert_eq!((receiver.received().len(), inside.connections()), (1, 0));
}

#[tokio::test]
async fn a_steps_address_leads_to_no_host_that_the_server_has_not_named() {
    let stranger = Receiver::ok().await;
    let port = stranger.port;
    let receiver = Receiver::start(vec![vec![calendar()]]).await;
    let world = World::new(Config {
        allowed: nets(&["127.0.0.1/32"]),
        resolver: Some(Names::of(&[
            ("caldav.near.example", &[&["127.0.0.1"]]),
            ("stranger.near.example", &[&["127.0.0.1"]]),
        ])),
        ..Config::default()
    });
    let office = office_at(
        &format!("http://caldav.near.example:{}/c/", receiver.port),
        json!({}),
    );
    for host in ["stranger.near.example", "caldav.near.example"] {
        let with = json!({ "url": format!("http://{host}:{port}/c/a.ics"), "title": "t" });
        let no = failure(world.perform(&slow("calendar.update", with), &office).await);
        assert_eq!(
            (&*no.code, no.retry),
            ("bad_url", Retriable::No),
            "{host}: {}",
            no.message
        );
    }
    assert_eq!(stranger.connections(), 0);
    assert!(
        receiver
            .received()
            .iter()
            .all(|request| request.line.starts_with("PROPFIND"))
    );
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

#[tokio::test]
async fn what_is_no_appointment_is_refused_before_anything_leaves() {
    let receiver = Receiver::ok().await;
    let office = office_at(&receiver.url("/"), json!({}));
    for (field, value, says) in [
        (
            "start",
            json!("2026-11-24 15:00"),
            "has no time zone: give `zone`",
        ),
        (
            "start",
            json!("next Tuesday at 3 pm"),
            "read by the filter `parse_date`",
        ),
        ("start", json!(null), "`start` is missing or empty"),
        ("start", json!(""), "`start` is missing or empty"),
        ("start", json!("15"), "is no time"),
        ("start", json!([1]), "is no time"),
        ("end", json!("2026-11-24T14:00Z"), "before it begins"),
        ("end", json!("2029-11-24T14:00Z"), "more than 366 days"),
        ("zone", json!("Mars/Base"), "`zone`"),
        (
            "duration_min",
            json!("long"),
            "`duration_min` is a whole number",
        ),
        (
            "duration_min",
            json!(-5),
            "`duration_min` is a whole number",
        ),
        ("attendees", json!("bob@example.com\r\nX: y"), "line break"),
        ("attendees", json!(["bob"]), "is no address"),
        (
            "attendees",
            json!(
                (0..101)
                    .map(|n| format!("a{n}@b.example"))
                    .collect::<Vec<_>>()
            ),
            "more than the 100",
        ),
        ("title", json!("x".repeat(401)), "`title` has 401 bytes"),
        (
            "description",
            json!("x".repeat((64 << 10) + 1)),
            "at most 65536",
        ),
        ("uid", json!("a b"), "`uid`"),
        ("show_as", json!("maybe"), "`busy` or `free`"),
        ("reminder_min", json!(1_000_000), "at most 40320"),
    ] {
        let mut with = json!({ "title": "t", "start": "2026-11-24T15:00Z" });
        with[field] = value.clone();
        let no = refused(&office, "calendar.create", with).await;
        assert_eq!(
            (&*no.code, no.retry),
            ("bad_input", Retriable::No),
            "{field} {value}: {}",
            no.message
        );
        assert!(
            no.message.contains(says) && no.message.len() < 500,
            "{field}: {}",
            no.message
        );
    }
    for (field, value, says) in [
        ("to", json!("2026-11-24"), "is not after"),
        ("to", json!("2027-11-24"), "at most 92"),
        ("from", json!(null), "`from` is missing"),
        ("zone", json!(null), "`zone` says where"),
        ("duration_min", json!(0), "at least 1"),
        ("limit", json!(201), "at most 200"),
        ("window", json!("9 to 5"), "`window` is an object"),
        (
            "window",
            json!({ "from": "9am" }),
            "`from` is a time of day",
        ),
        ("window", json!({ "until": "10:00" }), "no `until`"),
        (
            "window",
            json!({ "days": ["someday"] }),
            "`someday` is none of mon",
        ),
    ] {
        let mut with = json!({ "from": "2026-11-25", "to": "2026-11-26", "zone": "UTC" });
        with[field] = value.clone();
        let no = refused(&office, "calendar.free", with).await;
        assert_eq!(no.code, "bad_input", "{field} {value}: {}", no.message);
        assert!(no.message.contains(says), "{field}: {}", no.message);
    }
    assert_eq!(receiver.connections(), 0);
    let nobody = office_at(&receiver.url("/"), json!({ "email": null }));
    let no = refused(
        &nobody,
        "calendar.create",
        json!({ "title": "t", "start": "2026-11-24", "attendees": "b@c.example" }),
    )
    .await;
    assert!(no.message.contains("field Your address"), "{}", no.message);
}

#[tokio::test]
async fn wrong_inputs_are_said_on_save() {
    let with = json!({ "title": "t", "start": "soon", "zone": "Mars/Base", "attendees": "a@b.example; nobody", "duration_min": "x" });
    let (with, problems) = completed(&open(), "calendar.create", with);
    assert_eq!(with["attendees"], json!(["a@b.example", "nobody"]));
    assert_eq!(
        problems,
        ["/attendees/1", "/start", "/zone", "/duration_min"]
    );
    let fine = json!({ "title": "t", "start": "2026-11-24 15:00", "zone": "{{ contact.zone }}", "attendees": ["{{ contact.email }}"] });
    assert_eq!(completed(&open(), "calendar.create", fine).1, [""; 0]);
    let with = json!({ "title": "t", "show_as": "maybe" });
    assert_eq!(
        completed(&open(), "calendar.update", with).1,
        ["/show_as", "/uid"]
    );
    let with = json!({ "from": "{{ now }}", "to": "2026-11-24 10:00", "zone": "UTC", "window": { "days": "mon,xyz" }, "limit": 500 });
    assert_eq!(
        completed(&open(), "calendar.free", with).1,
        ["/window", "/limit"]
    );
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

#[tokio::test]
async fn a_trial_lists_the_calendars_and_writes_nothing() {
    let server = CalendarServer::start(PASSWORD, &[("a1", "Work"), ("b2", "Private")]).unwrap();
    for (more, works, says) in [
        (json!({ "calendar": "work" }), true, "events go to `Work`"),
        (json!({}), false, "name one in its field Calendar"),
        (json!({ "calendar": "Gone" }), false, "no calendar `Gone`"),
        (json!({ "password": "canary-wrong" }), false, "app password"),
        (json!({ "url": "http://127.0.0.1:1" }), false, "127.0.0.1"),
        (
            json!({ "url": "http://127.0.0.1:1/ada/" }),
            false,
            "127.0.0.1",
        ),
    ] {
        let office = office_at(&server.url(), more);
        let verdict = open().try_connection(office.take(), &office).await;
        assert_eq!(verdict.works, Some(works), "{}", verdict.message);
        assert!(
            verdict.message.contains(says) && !verdict.message.contains("canary"),
            "{}",
            verdict.message
        );
    }
    assert!(server.events("a1").unwrap().is_empty());
    let office = office(&server);
    let verdict = closed().try_connection(office.take(), &office).await;
    assert_eq!(verdict.works, Some(false), "{}", verdict.message);
}

#[tokio::test]
async fn a_preview_opens_no_connection_and_says_what_could_not_be_done() {
    let receiver = Receiver::ok().await;
    let office = office_at(&receiver.url("/"), json!({}));
    let later = json!({ "title": "t", "start": null, "zone": "Europe/Berlin" });
    for (action, with, says) in [
        ("calendar.create", meeting(), None),
        ("calendar.create", later, None),
        (
            "calendar.create",
            json!({ "title": "t", "start": "soon" }),
            Some("parse_date"),
        ),
        (
            "calendar.update",
            json!({ "uid": "a", "attendees": "nobody" }),
            Some("is no address"),
        ),
        (
            "calendar.free",
            json!({ "from": "2026-11-25", "to": "2026-11-24", "zone": "UTC" }),
            Some("is not after"),
        ),
        (
            "calendar.free",
            json!({ "from": null, "window": { "from": "x" } }),
            Some("time of day"),
        ),
    ] {
        let shown = open().preview(&slow(action, with.clone()), &office).await;
        match says {
            None => assert_eq!(shown.unwrap().body.unwrap(), with.to_string()),
            Some(says) => assert!(shown.unwrap_err().message.contains(says), "{with}"),
        }
    }
    assert_eq!(receiver.connections(), 0);
}
