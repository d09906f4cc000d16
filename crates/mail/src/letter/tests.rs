//! What a letter looks like on the wire.

use super::*;

fn mailbox_of(text: &str) -> Mailbox {
    Mailbox::parse(text).unwrap()
}

fn letter<'a>(from: &'a Mailbox, to: &'a [Mailbox]) -> Letter<'a> {
    Letter {
        from,
        to,
        cc: &[],
        reply_to: &[],
        subject: "Hi",
        text: Some("Hello"),
        html: None,
        invitation: None,
        attachments: Vec::new(),
        key: "0123abcd",
        at: "2026-11-20T17:30:05Z".parse().unwrap(),
        unsubscribe: None,
    }
}

fn written(letter: Letter<'_>) -> String {
    String::from_utf8(letter.write().unwrap()).unwrap()
}

#[test]
fn a_repeat_is_the_same_letter() {
    let (from, to) = (
        mailbox_of("Shop <shop@example.com>"),
        [mailbox_of("a@b.example")],
    );
    let letter = || Letter {
        html: Some("<p>Hello</p>"),
        attachments: vec![Attachment {
            name: "a.txt".into(),
            kind: "text/plain".into(),
            content: b"x".to_vec(),
        }],
        ..letter(&from, &to)
    };
    let first = written(letter());
    assert_eq!(first, written(letter()));
    assert!(
        first.contains("Message-ID: <0123abcd@example.com>\r\n"),
        "{first}"
    );
    assert!(
        first.contains("Date: Fri, 20 Nov 2026 17:30:05 +0000\r\n"),
        "{first}"
    );
}

#[test]
fn all_of_a_letter_is_ascii_in_short_lines() {
    let (from, to) = (
        mailbox_of("Bücher <shop@example.com>"),
        [mailbox_of("Žofie <a@b.example>")],
    );
    let long = "ä".repeat(3_000);
    let written = written(Letter {
        subject: "Grüße aus Köln 🎉, und noch viel mehr als in eine einzige Zeile einer Mail passt",
        text: Some(&long),
        ..letter(&from, &to)
    });
    assert!(written.is_ascii());
    assert!(written.lines().all(|line| line.len() < 200), "{written}");
    assert!(written.contains("Subject: =?utf-8?b?"), "{written}");
}

#[test]
fn a_line_break_gets_into_no_header() {
    let (from, to) = (mailbox_of("shop@example.com"), [mailbox_of("a@b.example")]);
    for subject in [
        "a\r\nBcc: eve@evil.example",
        "a\nb",
        "a\rb",
        "a\0b",
        "a\u{2028}b",
    ] {
        let letter = Letter {
            subject,
            ..letter(&from, &to)
        };
        assert!(
            letter.write().unwrap_err().contains("the subject"),
            "{subject:?}"
        );
    }
    for unsubscribe in [
        "https://e.com/\r\nX: y",
        "javascript:alert(1)",
        "https://e.com/>, <x",
    ] {
        let letter = Letter {
            unsubscribe: Some(unsubscribe),
            ..letter(&from, &to)
        };
        assert!(letter.write().is_err(), "{unsubscribe:?}");
    }
    for (name, kind) in [
        ("a\r\nb", "text/plain"),
        ("../a", "text/plain"),
        ("a", "text/plain\r\nX: y"),
        ("", "a/b"),
    ] {
        let attachments = vec![Attachment {
            name: name.into(),
            kind: kind.into(),
            content: Vec::new(),
        }];
        let letter = Letter {
            attachments,
            ..letter(&from, &to)
        };
        assert!(letter.write().is_err(), "{name:?} {kind:?}");
    }
    let long = "x".repeat(501);
    assert!(
        Letter {
            subject: &long,
            ..letter(&from, &to)
        }
        .write()
        .is_err()
    );
}

#[test]
fn a_text_part_is_made_of_the_html() {
    let (from, to) = (mailbox_of("shop@example.com"), [mailbox_of("a@b.example")]);
    let written = written(Letter {
        text: None,
        html: Some("<h1>Hi</h1><p>See <a href=\"https://e.com/x\">this</a></p>"),
        ..letter(&from, &to)
    });
    let (plain, html) = written.split_once("text/html").unwrap();
    assert!(
        plain.contains("Hi\r\n\r\nSee this (https://e.com/x)"),
        "{plain}"
    );
    assert!(html.contains("<h1>Hi</h1>"), "{html}");
}

#[test]
fn who_is_written_to_blindly_is_not_named() {
    let from = mailbox_of("shop@example.com");
    let written = written(letter(&from, &[]));
    assert!(
        written.contains("To: undisclosed-recipients:;\r\n"),
        "{written}"
    );
}

#[test]
fn a_list_says_how_to_leave_it() {
    let (from, to) = (mailbox_of("shop@example.com"), [mailbox_of("a@b.example")]);
    let written = written(Letter {
        unsubscribe: Some("https://e.com/leave?u=1"),
        ..letter(&from, &to)
    });
    assert!(
        written.contains("List-Unsubscribe: <https://e.com/leave?u=1>\r\n"),
        "{written}"
    );
    assert!(
        written.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"),
        "{written}"
    );
}

#[test]
fn an_invitation_stands_beside_the_bodies_and_as_a_file() {
    let (from, to) = (mailbox_of("shop@example.com"), [mailbox_of("a@b.example")]);
    let calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Grüße\r\nEND:VCALENDAR\r\n";
    let written = written(Letter {
        html: Some("<p>Hello</p>"),
        invitation: Some(Invitation {
            method: "REQUEST",
            calendar,
        }),
        ..letter(&from, &to)
    });
    let kinds: Vec<&str> = written
        .lines()
        .filter_map(|line| line.strip_prefix("Content-Type: "))
        .map(|kind| kind.split("; boundary").next().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "multipart/mixed",
            "multipart/alternative",
            "text/plain; charset=utf-8",
            "text/html; charset=utf-8",
            "text/calendar; charset=utf-8; method=REQUEST",
            "application/ics",
        ],
        "{written}"
    );
    assert!(
        written.contains("Content-Disposition: attachment; filename=\"invite.ics\""),
        "{written}"
    );
    assert!(written.is_ascii());
    let wrong = Letter {
        invitation: Some(Invitation {
            method: "REQUEST\r\nBcc: eve@evil.example",
            calendar,
        }),
        ..letter(&from, &to)
    };
    assert!(wrong.write().is_err());
}
