//! What is in a mail: its headers, its parts, attachments, and nothing that slipped in.

use super::*;

#[tokio::test]
async fn a_preview_is_the_mail_that_is_then_recorded_and_opens_no_connection() {
    let server = server(json!({}));
    let (world, office) = (world(), plain(&server));
    let files = Receiver::answering("200 OK", "content-type: audio/mpeg\r\n", "tone").await;
    let mut with = hello();
    with["html"] = json!("<p>Hello <b>Ada</b></p>");
    let mail = step("email.send", with.clone());
    let preview = world.preview(&mail, &office).await.unwrap();
    let sent = send(&world, &office, with.clone()).await;
    assert_eq!(preview, sent.exchange.unwrap().request);
    let body: Value = serde_json::from_str(&preview.body.unwrap()).unwrap();
    let said = json!({ "text": "Hello Ada", "html": "<p>Hello <b>Ada</b></p>" });
    assert_eq!(body, said);
    with["attachments"] = json!([{ "name": "call.mp3", "url": files.url("/recording.mp3") }]);
    let mail = step("email.send", with);
    let headers = world.preview(&mail, &office).await.unwrap().headers;
    let attached = headers.into_iter().find(|(name, _)| name == "attachment");
    let told = format!("call.mp3 (from {})", files.url("/recording.mp3"));
    assert_eq!(attached.unwrap().1, told);
    assert_eq!((server.mails(1).len(), files.connections()), (1, 0));
}

#[tokio::test]
async fn a_mail_arrives_as_it_was_written() {
    let server = server(json!({}));
    let (world, office) = (world(), plain(&server));
    let files = Receiver::answering("200 OK", "content-type: audio/mpeg\r\n", "tone").await;
    let with = json!({
        "to": ["Žofie Müller <zofie@example.com>", { "name": "Bob", "email": "bob@example.com" }],
        "cc": "carol@example.com", "bcc": "dave@example.com", "reply_to": "help@example.com",
        "subject": "Grüße 🎉 aus Köln", "html": "<h1>Hallo</h1><p>Der <a href=\"https://e.com/x\">Link</a></p>\n.\n",
        "attachments": [
            { "name": "notes.txt", "text": "Über uns" },
            { "url": files.url("/calls/recording.mp3?sig=1") }
        ],
        "unsubscribe": "https://e.com/leave"
    });
    let outcome = send(&world, &office, with).await;
    let mail = &server.mails(1)[0];
    assert_eq!(mail["from"], "shop@example.com");
    assert_eq!(
        mail["to"],
        json!([
            "zofie@example.com",
            "bob@example.com",
            "carol@example.com",
            "dave@example.com"
        ])
    );
    assert_eq!(header(mail, "from"), "Shop <shop@example.com>");
    assert_eq!(
        header(mail, "to"),
        "Žofie Müller <zofie@example.com>, Bob <bob@example.com>"
    );
    assert_eq!(header(mail, "subject"), "Grüße 🎉 aus Köln");
    assert_eq!(header(mail, "reply-to"), "help@example.com");
    assert_eq!(header(mail, "list-unsubscribe"), "<https://e.com/leave>");
    assert_eq!(
        header(mail, "message-id"),
        "<0123456789abcdef0123456789abcdef@example.com>"
    );
    assert!(!header(mail, "date").is_empty() && header(mail, "bcc").is_empty());
    assert!(
        !mail["raw"].as_str().unwrap().contains("dave@"),
        "{}",
        mail["raw"]
    );
    assert!(mail["html"].as_str().unwrap().contains("<h1>Hallo</h1>"));
    assert!(
        mail["text"]
            .as_str()
            .unwrap()
            .replace("\r\n", "\n")
            .starts_with("Hallo\n\nDer Link (https://e.com/x)"),
        "{}",
        mail["text"]
    );
    assert_eq!(
        mail["files"],
        json!([
            { "name": "notes.txt", "type": "text/plain", "size": 9 },
            { "name": "recording.mp3", "type": "audio/mpeg", "size": 4 }
        ])
    );
    assert_eq!(outcome.used, Used::new(Meter::Mails, 4));
    let output = outcome.result.unwrap();
    assert_eq!(output.status, Some(250));
    assert_eq!(output.body["answer"], "250 OK queued as 7");
    let exchange = outcome.exchange.unwrap();
    let shown = json!(exchange).to_string();
    for part in [
        "dave@example.com",
        "Grüße 🎉",
        "<h1>Hallo</h1>",
        "recording.mp3 (audio/mpeg, 4 bytes)",
        "> DATA",
        "< 250 OK queued as 7",
    ] {
        assert!(
            shown.contains(&json!(part).to_string().trim_matches('"').to_owned()),
            "{part}: {shown}"
        );
    }
    assert!(exchange.timing.connect_us.is_some() && !exchange.timing.reused);
}

#[tokio::test]
async fn a_repeat_carries_the_same_message_id_over_the_same_line() {
    let server = server(json!({}));
    let (world, office) = (world(), plain(&server));
    for _ in 0..2 {
        send(&world, &office, hello()).await.result.unwrap();
    }
    let mails = server.mails(2);
    assert_eq!(
        header(&mails[0], "message-id"),
        header(&mails[1], "message-id")
    );
    assert_eq!(mails[0]["line"], mails[1]["line"]);
}

#[tokio::test]
async fn nothing_gets_into_a_mail_by_its_addresses_or_its_subject() {
    let server = server(json!({}));
    let (world, office) = (world(), plain(&server));
    let many: Vec<String> = (0..10_000).map(|n| format!("a{n}@example.com")).collect();
    for (field, value) in [
        ("to", json!("ada@example.com\r\nRCPT TO:<eve@evil.example>")),
        ("to", json!("ada@example.com, eve@evil.example")),
        ("to", json!("ceo@bank.example <eve@evil.example>")),
        ("to", json!("x <eve@evil.example>, <ada@example.com>")),
        ("to", json!(many)),
        ("to", json!([])),
        ("to", json!("")),
        (
            "cc",
            json!({ "name": "a\r\nBcc: eve@evil.example", "email": "a@b.example" }),
        ),
        (
            "from",
            json!("shop@example.com>\r\nRCPT TO:<eve@evil.example>"),
        ),
        ("reply_to", json!("a@b.example\nX: y")),
        ("subject", json!("Hi\r\nBcc: eve@evil.example")),
        ("subject", json!("Hi\nX-Evil: 1")),
        ("unsubscribe", json!("https://e.com/\r\nX-Evil: 1")),
        (
            "attachments",
            json!([{ "name": "a\r\nX-Evil: 1", "text": "x" }]),
        ),
        (
            "attachments",
            json!([{ "name": "a", "type": "text/html\r\nX-Evil: 1", "text": "x" }]),
        ),
        ("attachments", json!("x")),
        ("text", json!("x".repeat((1 << 20) + 1))),
    ] {
        let mut with = hello();
        with[field] = value.clone();
        let refused = failure(send(&world, &office, with).await);
        assert_eq!(
            (&*refused.code, refused.retry),
            ("bad_input", Retriable::No),
            "{field}: {}",
            refused.message
        );
        assert!(
            !refused.message.contains(['\r', '\n']) && refused.message.len() < 500,
            "{}",
            refused.message
        );
    }
    send(&world, &office, json!({ "to": "ada@example.com", "subject": "Hi", "text": "\r\n.\r\nMAIL FROM:<eve@evil.example>\r\n" })).await.result.unwrap();
    let mails = server.mails(1);
    assert_eq!(mails.len(), 1);
    assert!(
        mails[0]["text"]
            .as_str()
            .unwrap()
            .contains("MAIL FROM:<eve@evil.example>")
    );
}

#[tokio::test]
async fn attachments_come_through_the_guard_and_within_bounds() {
    let server = server(json!({}));
    let office = plain(&server);
    let big = "x".repeat(6 << 20);
    let files = Receiver::answering("200 OK", "", &big).await;
    let twice =
        json!([{ "name": "a", "url": files.url("/a") }, { "name": "b", "url": files.url("/b") }]);
    let gone = Receiver::answering("404 Not Found", "", "").await;
    for (attachments, code) in [
        (
            json!([{ "url": "http://169.254.169.254/latest/meta-data" }]),
            "blocked",
        ),
        (json!([{ "url": "file:///etc/passwd" }]), "bad_url"),
        (json!([{ "url": gone.url("/x") }]), "http_status"),
        (twice, "output_too_large"),
        (json!([{ "name": "a" }]), "bad_input"),
        (
            json!([{ "url": "http://a.example/", "text": "x" }]),
            "bad_input",
        ),
    ] {
        let mut with = hello();
        with["attachments"] = attachments.clone();
        let refused = failure(send(&world(), &office, with).await);
        assert_eq!(refused.code, code, "{attachments}: {}", refused.message);
    }
    let mut with = hello();
    // Larger than an answer that a step keeps, and than what an ordinary connection reads at once.
    let big = "x".repeat(7 << 19);
    let files = Receiver::answering("200 OK", "", &big).await;
    with["attachments"] =
        json!([{ "name": "a.bin", "type": "application/zip", "url": files.url("/a") }]);
    let mut step = step("email.send", with);
    step.timeout = std::time::Duration::from_secs(60);
    world().perform(&step, &office).await.result.unwrap();
    let file = json!([{ "name": "a.bin", "type": "application/zip", "size": 7 << 19 }]);
    assert_eq!(server.mails(1)[0]["files"], file);
}

#[tokio::test]
async fn on_save_a_written_list_becomes_one_and_wrong_addresses_are_said() {
    let with = json!({ "to": "a@b.example, \"Lovelace, Ada\" <ada@b.example>; c@d.example", "subject": "s", "text": "t" });
    let (with, problems) = completed(&open(), "email.send", with);
    assert_eq!(
        with["to"],
        json!([
            "a@b.example",
            "\"Lovelace, Ada\" <ada@b.example>",
            "c@d.example"
        ])
    );
    assert!(problems.is_empty(), "{problems:?}");
    let with = json!({ "to": ["{{ contact.email }}", "nobody"], "from": "x", "subject": "s" });
    assert_eq!(
        completed(&open(), "email.send", with).1,
        ["/to/1", "/from", "/text"]
    );
}
