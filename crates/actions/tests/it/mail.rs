//! `email.send` against a real mail server: what arrives, who gets it, and what comes of refusals.

use crate::receiver::{Act, Receiver};
use crate::world::{Names, Workspace, completed, failure, nets, open, step};
use actions::{Actions, CertificateDer, Config, World};
use kernel::run::{Outcome, Retriable};
use kernel::usage::{Meter, Used};
use lab::MailServer;
use rustls::pki_types::pem::PemObject;
use serde_json::{Value, json};

fn server(options: Value) -> MailServer {
    let mut all = json!({
        "cert": concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/valid.pem"),
        "key": concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/receiver.key"),
    });
    for (name, value) in options.as_object().unwrap() {
        all[name] = value.clone();
    }
    MailServer::start(&all).unwrap()
}

/// A world that trusts the tests' authority, in which `receiver.test` is this machine.
fn world() -> World {
    let authority = include_bytes!("../fixtures/authority.pem");
    World::new(Config {
        allowed: nets(&["127.0.0.0/8"]),
        trust: vec![CertificateDer::from_pem_slice(authority).unwrap()],
        resolver: Some(Names::of(&[("receiver.test", &[&["127.0.0.1"]])])),
        ..Config::default()
    })
}

/// A workspace with one mail connection; `more` are fields of it, secrets included.
fn office(port: u16, security: &str, more: Value) -> Workspace {
    let mut fields = json!({ "host": "receiver.test", "port": port, "security": security, "from": "Shop <shop@example.com>" });
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    Workspace::connected("Sales mail", "smtp", fields)
}

fn plain(server: &MailServer) -> Workspace {
    office(server.port, "plain", json!({}))
}

fn hello() -> Value {
    json!({ "to": "Ada Lovelace <ada@example.com>", "subject": "Hi", "text": "Hello Ada" })
}

async fn send(world: &World, office: &Workspace, with: Value) -> Outcome {
    world.perform(&step("email.send", with), office).await
}

fn header<'m>(mail: &'m Value, name: &str) -> &'m str {
    let headers = mail["headers"].as_array().unwrap().iter();
    let mut named = headers.filter(|header| header[0].as_str().unwrap().eq_ignore_ascii_case(name));
    named
        .next()
        .map_or("", |header| header[1].as_str().unwrap())
}

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
    assert_eq!(outcome.used, Used::new(Meter::Mails, 1));
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
async fn over_tls_and_starttls_it_signs_in_and_shows_no_password() {
    for (security, without) in [
        ("tls", json!([])),
        ("starttls", json!([])),
        ("starttls", json!(["PLAIN"])),
    ] {
        let server = server(
            json!({ "security": security, "user": "shop", "password": "canary-password", "without": without }),
        );
        let office = office(
            server.port,
            security,
            json!({ "user": "shop", "password": "canary-password" }),
        );
        let outcome = send(&world(), &office, hello()).await;
        let shown = format!("{outcome:?}");
        assert!(
            !shown.contains("canary") && !shown.contains("Y2FuYXJ5"),
            "{shown}"
        );
        outcome.result.unwrap();
        let mail = &server.mails(1)[0];
        assert_eq!(
            (&mail["tls"], &mail["user"]),
            (&json!(true), &json!("shop")),
            "{security}"
        );
        assert!(outcome.exchange.unwrap().timing.tls_us.is_some());
    }
}

#[tokio::test]
async fn a_certificate_of_somebody_else_gets_no_password() {
    let server =
        server(json!({ "security": "starttls", "user": "shop", "password": "canary-password" }));
    let office = office(
        server.port,
        "starttls",
        json!({ "user": "shop", "password": "canary-password" }),
    );
    let strict = World::new(Config {
        allowed: nets(&["127.0.0.0/8"]),
        resolver: Some(Names::of(&[("receiver.test", &[&["127.0.0.1"]])])),
        ..Config::default()
    });
    let refused = failure(send(&strict, &office, hello()).await);
    assert_eq!(refused.code, "tls", "{}", refused.message);
}

#[tokio::test]
async fn starttls_that_is_not_offered_sends_nothing() {
    let server = server(json!({}));
    let office = office(
        server.port,
        "starttls",
        json!({ "user": "shop", "password": "canary-password" }),
    );
    let refused = failure(send(&world(), &office, hello()).await);
    assert_eq!(
        (&*refused.code, refused.retry),
        ("mail_refused", Retriable::No)
    );
    assert!(
        refused.message.contains("nothing was sent in the clear"),
        "{}",
        refused.message
    );
}

#[tokio::test]
async fn a_wrong_password_says_where_to_correct_it() {
    let server = server(json!({ "user": "shop", "password": "right" }));
    let office = office(
        server.port,
        "plain",
        json!({ "user": "shop", "password": "canary-password" }),
    );
    let outcome = send(&world(), &office, hello()).await;
    assert!(!format!("{outcome:?}").contains("canary"), "{outcome:?}");
    let refused = failure(outcome);
    assert_eq!(
        (&*refused.code, refused.status, refused.retry),
        ("sign_in", Some(535), Retriable::No)
    );
    assert!(
        refused.message.contains("`Sales mail`") && refused.message.contains("app password"),
        "{}",
        refused.message
    );
}

#[tokio::test]
async fn a_4xx_is_tried_again_and_a_5xx_is_not() {
    for (options, code, retry) in [
        (
            json!({ "data": "451 4.7.1 come back later" }),
            451,
            Retriable::Yes,
        ),
        (json!({ "data": "554 5.7.1 spam" }), 554, Retriable::No),
        (
            json!({ "refuse": { "ada@example.com": "450 4.2.0 greylisted" } }),
            450,
            Retriable::Yes,
        ),
        (
            json!({ "refuse": { "ada@example.com": "550 5.1.1 no such user" } }),
            550,
            Retriable::No,
        ),
    ] {
        let server = server(options);
        let outcome = send(&world(), &plain(&server), hello()).await;
        let said = outcome.exchange.clone().unwrap().response.unwrap();
        let refused = failure(outcome);
        assert_eq!(
            (&*refused.code, refused.status, refused.retry),
            ("mail_refused", Some(code), retry),
            "{}",
            refused.message
        );
        assert!(said.body.unwrap().contains(&format!("< {code} ")));
    }
}

#[tokio::test]
async fn whom_the_server_refuses_for_good_the_others_do_not_wait_for() {
    let server = server(json!({ "refuse": { "nobody@example.com": "550 5.1.1 no such user" } }));
    let with =
        json!({ "to": ["nobody@example.com", "ada@example.com"], "subject": "Hi", "text": "x" });
    let output = send(&world(), &plain(&server), with).await.result.unwrap();
    assert_eq!(server.mails(1)[0]["to"], json!(["ada@example.com"]));
    assert_eq!(
        output.body["refused"],
        json!([{ "email": "nobody@example.com", "answer": "550 5.1.1 no such user" }])
    );
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
async fn a_server_that_breaks_off_hangs_or_is_none_fails_with_what_it_means() {
    let greeting = |text: &str| vec![vec![Act::Send(text.as_bytes().to_vec()), Act::Hang]];
    let endless = vec![vec![Act::Endless(b"220-and on and on\r\n".to_vec())]];
    for (script, code, retry) in [
        (
            greeting("HTTP/1.1 400 Bad Request\r\n"),
            "bad_response",
            Retriable::Yes,
        ),
        (greeting("554 go away\r\n"), "mail_refused", Retriable::No),
        (greeting("421 too busy\r\n"), "mail_refused", Retriable::Yes),
        (greeting(""), "timeout", Retriable::Yes),
        (vec![vec![Act::Reset]], "reset", Retriable::Yes),
        (vec![vec![Act::Close]], "reset", Retriable::Yes),
        (endless, "bad_response", Retriable::Yes),
    ] {
        let silent = Receiver::talking(script).await;
        let mut step = step("email.send", hello());
        step.timeout = std::time::Duration::from_millis(700);
        let outcome = world()
            .perform(&step, &office(silent.port, "plain", json!({})))
            .await;
        let refused = failure(outcome);
        assert_eq!(
            (&*refused.code, refused.retry),
            (code, retry),
            "{}",
            refused.message
        );
    }
    let away = office(1, "plain", json!({}));
    let refused = failure(send(&world(), &away, hello()).await);
    assert_eq!((&*refused.code, refused.retry), ("connect", Retriable::Yes));
}

#[tokio::test]
async fn without_its_connection_the_step_says_which_one_is_missing() {
    let mut step = step("email.send", hello());
    step.connection = Some("Gone".into());
    let refused = failure(open().perform(&step, &Workspace::default()).await);
    assert_eq!(
        (&*refused.code, refused.retry),
        ("connection_missing", Retriable::No)
    );
    assert!(refused.message.contains("`Gone`"), "{}", refused.message);
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

#[tokio::test]
async fn a_trial_of_a_mail_connection_sends_nothing() {
    let server =
        server(json!({ "security": "tls", "user": "shop", "password": "canary-password" }));
    let fields = |password: &str| json!({ "user": "shop", "password": password });
    for (password, works, says) in [
        ("canary-password", true, "accepts the user name"),
        ("wrong-canary", false, "Correct them"),
    ] {
        let office = office(server.port, "tls", fields(password));
        let verdict = world().try_connection(office.take(), &office).await;
        assert_eq!(verdict.works, Some(works), "{}", verdict.message);
        assert!(
            verdict.message.contains(says) && !verdict.message.contains("canary"),
            "{}",
            verdict.message
        );
    }
    assert_eq!(server.mails(0).len(), 0);
    let away = office(1, "tls", fields("x"));
    let verdict = world().try_connection(away.take(), &away).await;
    assert_eq!(verdict.works, Some(false));
}
