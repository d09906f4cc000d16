//! What is said before anything leaves: on save, in a preview, in a trial.

use super::*;

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
