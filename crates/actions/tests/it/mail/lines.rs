//! The line to the server: TLS, signing in, servers that break off, trials.

use super::*;

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
