//! Appointments by mail, as a mail server takes them and Python's parser reads them: REQUEST and CANCEL with one uid and rising
//! numbers.

use crate::world::{Workspace, failure, open, step};
use actions::Actions;
use kernel::run::Retriable;
use lab::MailServer;
use serde_json::{Value, json};

fn office(server: &MailServer) -> Workspace {
    let fields = json!({ "host": "127.0.0.1", "port": server.port, "security": "plain", "from": "Shop <shop@example.com>" });
    Workspace::connected("Sales mail", "smtp", fields)
}

fn meeting() -> Value {
    json!({
        "title": "Beratung & Angebot", "start": "2026-11-24 15:00", "zone": "Europe/Berlin", "location": "Köln, Raum 5",
        "description": "Bring <b>notes</b>", "attendees": ["Ada Lovelace <ada@example.com>", "bob@example.com"]
    })
}

async fn done(office: &Workspace, action: &str, with: &Value) -> Value {
    open()
        .perform(&step(action, with.clone()), office)
        .await
        .result
        .unwrap()
        .body
}

fn calendar(mail: &Value) -> (String, String) {
    let all = mail["invitations"].as_array().unwrap();
    assert_eq!(all.len(), 1, "{mail:#}");
    let text = |name: &str| all[0][name].as_str().unwrap().to_owned();
    (
        text("method"),
        text("calendar").replace("\r\n", "\n").replace("\n ", ""),
    )
}

fn has(calendar: &str, lines: &[&str]) {
    for line in lines {
        assert!(
            calendar.contains(&format!("{line}\n")),
            "{line}\n{calendar}"
        );
    }
}

#[tokio::test]
async fn an_invitation_its_change_and_its_end_are_known_as_one() {
    let server = MailServer::start(&json!({})).unwrap();
    let office = office(&server);
    let mut with = meeting();
    let made = done(&office, "calendar.create", &with).await;
    let uid = made["uid"].as_str().unwrap().to_owned();
    assert_eq!(
        (&made["sequence"], &made["refused"]),
        (&json!(0), &json!([]))
    );
    with["uid"] = made["uid"].clone();
    with["start"] = "2026-11-25 16:00".into();
    let moved = done(&office, "calendar.update", &with).await;
    assert_eq!(moved["sequence"], 1);
    with["sequence"] = 2.into();
    with["subject"] = "Abgesagt".into();
    let off = done(&office, "calendar.cancel", &with).await;
    assert_eq!(off["sequence"], 2);
    let mails = server.mails(3);
    for (mail, method, sequence, start, subject) in [
        (
            &mails[0],
            "REQUEST",
            0,
            "20261124T140000Z",
            "Beratung & Angebot",
        ),
        (
            &mails[1],
            "REQUEST",
            1,
            "20261125T150000Z",
            "Beratung & Angebot",
        ),
        (&mails[2], "CANCEL", 2, "20261125T150000Z", "Abgesagt"),
    ] {
        assert_eq!(mail["to"], json!(["ada@example.com", "bob@example.com"]));
        let headers = mail["headers"].as_array().unwrap();
        assert!(
            headers.contains(&json!(["Subject", subject])),
            "{headers:?}"
        );
        assert_eq!(
            mail["files"],
            json!([{ "name": "invite.ics", "type": "application/ics", "size": mail["files"][0]["size"] }])
        );
        let (said, calendar) = calendar(mail);
        assert_eq!(said, method);
        let status = if method == "CANCEL" {
            "CANCELLED"
        } else {
            "CONFIRMED"
        };
        has(
            &calendar,
            &[
                &format!("METHOD:{method}"),
                &format!("UID:{uid}"),
                &format!("SEQUENCE:{sequence}"),
                &format!("DTSTART:{start}"),
                &format!("STATUS:{status}"),
                "LOCATION:Köln\\, Raum 5",
                "ORGANIZER;CN=Shop:mailto:shop@example.com",
                "ATTENDEE;CN=Ada Lovelace;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:ada@example.com",
                "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:bob@example.com",
            ],
        );
    }
    let text = mails[0]["text"].as_str().unwrap().replace("\r\n", "\n");
    assert_eq!(
        text,
        "Beratung & Angebot\n2026-11-24 15:00 – 15:30 (Europe/Berlin, UTC+01:00)\nKöln, Raum 5\n\nBring <b>notes</b>\n"
    );
    let html = mails[0]["html"].as_str().unwrap();
    assert!(
        html.contains("Bring &lt;b&gt;notes&lt;/b&gt;") && html.contains("Beratung &amp; Angebot"),
        "{html}"
    );
}

#[tokio::test]
async fn a_preview_of_an_invitation_is_its_mail_and_opens_no_connection() {
    let server = MailServer::start(&json!({})).unwrap();
    let step = step("calendar.create", meeting());
    let preview = open().preview(&step, &office(&server)).await.unwrap();
    assert_eq!(preview.method, "MAIL");
    let body: Value = serde_json::from_str(&preview.body.unwrap()).unwrap();
    for (form, part) in [
        ("text", "Beratung & Angebot"),
        ("html", "Beratung &amp; Angebot"),
        ("calendar", "METHOD:REQUEST"),
    ] {
        assert!(body[form].as_str().unwrap().contains(part), "{body:#}");
    }
    assert_eq!(server.mails(0).len(), 0);
}

#[tokio::test]
async fn what_cannot_be_mailed_as_an_invitation_is_refused() {
    let server = MailServer::start(&json!({})).unwrap();
    let office = office(&server);
    for (action, field, value, says) in [
        (
            "calendar.create",
            "attendees",
            json!([""]),
            "needs `attendees`",
        ),
        ("calendar.create", "title", json!(" "), "needs a `title`"),
        (
            "calendar.create",
            "start",
            json!(null),
            "`start` is missing",
        ),
        (
            "calendar.create",
            "attendees",
            json!("a@b.example\r\nBcc: eve@evil.example"),
            "line break",
        ),
        (
            "calendar.create",
            "subject",
            json!("a\r\nBcc: eve@evil.example"),
            "the subject",
        ),
        ("calendar.update", "uid", json!(null), "`uid` says which"),
        ("calendar.cancel", "uid", json!(null), "`uid` says which"),
        ("calendar.cancel", "sequence", json!("x"), "`sequence`"),
    ] {
        let mut with = meeting();
        with["uid"] = "order-1".into();
        with[field] = value;
        let no = failure(open().perform(&step(action, with), &office).await);
        assert_eq!(
            (&*no.code, no.retry),
            ("bad_input", Retriable::No),
            "{}",
            no.message
        );
        assert!(no.message.contains(says), "{says}: {}", no.message);
    }
    // Whatever is in a text stays a text.
    let mut with = meeting();
    with["title"] = "a\r\nATTENDEE:mailto:eve@evil.example".into();
    with["description"] = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT".into();
    with["attendees"] = json!([{ "name": "A\"; X=1:y", "email": "ada@example.com" }]);
    done(&office, "calendar.create", &with).await;
    let mails = server.mails(1);
    assert_eq!(mails.len(), 1);
    let (_, calendar) = calendar(&mails[0]);
    has(
        &calendar,
        &[
            "SUMMARY:a ATTENDEE:mailto:eve@evil.example",
            "DESCRIPTION:x\\nEND:VEVENT\\nBEGIN:VEVENT",
        ],
    );
    assert_eq!(calendar.matches("\nBEGIN:VEVENT\n").count(), 1);
    has(
        &calendar,
        &[
            "ATTENDEE;CN=\"A^'; X=1:y\";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:ada@example.com",
        ],
    );
}

#[tokio::test]
async fn a_refused_invitation_fails_as_any_mail_does() {
    let server =
        MailServer::start(&json!({ "refuse": { "bob@example.com": "550 5.1.1 no such user" } }))
            .unwrap();
    let body = done(&office(&server), "calendar.create", &meeting()).await;
    assert_eq!(body["refused"][0]["email"], "bob@example.com");
    let away = Workspace::connected(
        "Sales mail",
        "smtp",
        json!({ "host": "127.0.0.1", "port": 1, "security": "plain", "from": "a@b.example" }),
    );
    let no = failure(
        open()
            .perform(&step("calendar.create", meeting()), &away)
            .await,
    );
    assert_eq!((&*no.code, no.retry), ("connect", Retriable::Yes));
}
