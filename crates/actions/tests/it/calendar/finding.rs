//! Calendars found from an address, and where neither a server nor a step may lead.

use super::*;

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
