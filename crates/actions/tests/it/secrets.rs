//! A secret reaches the receiver and nothing else: no output, failure or record holds its value in any form.

use crate::receiver::{Act, Receiver, answer};
use crate::world::{Workspace, failure, open, output, secret, step};
use actions::Actions;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::lang::secret::{Mode, write};
use kernel::run::Retriable;
use serde_json::{Value, json};

const CANARY: &str = "c4n4ry/\"val&ue+ x";

fn workspace() -> Workspace {
    Workspace::with(&[("crm", &[CANARY, "0ld-canary-value"])])
}

/// The value in every place where a flow can put it.
fn everywhere(url: &str) -> Value {
    let marker = secret("crm");
    json!({
        "url": format!("{url}/{}?k={}", write(Mode::Url, "crm"), write(Mode::Url, "crm")),
        "query": { "q": marker },
        "headers": { "x-key": format!("Token {marker}"), "cookie": marker },
        "auth": { "basic": { "user": "ada", "password": marker } },
        "json": { "key": marker, "text": format!("a {marker} b") },
    })
}

/// Every form of the value that an echo can have.
fn echo() -> String {
    format!(
        "{CANARY} {} {} {} {} old: 0ld-canary-value",
        json!(CANARY),
        Mode::Url.escape(CANARY),
        Mode::Url.escape(CANARY).to_lowercase(),
        STANDARD.encode(format!("ada:{CANARY}")),
    )
}

fn assert_no_secret(outcome: &impl std::fmt::Debug) {
    let seen = format!("{outcome:?}");
    let plain = seen.replace('\\', "");
    for part in [
        "c4n4ry",
        "val&ue",
        "val%26ue",
        "ry%2f",
        "0ld-canary",
        &STANDARD.encode(CANARY)[..12],
        "YzRuNHJ5",
        "M0bjRyeS8",
    ] {
        assert!(!plain.contains(part), "`{part}` in {seen}");
    }
}

#[tokio::test]
async fn a_secret_is_sent_and_never_told() {
    let json_echo = json!({ "echo": CANARY, CANARY: [echo()] })
        .to_string()
        .replace("c4n", "\\u0063\\u0034n");
    for (status, body) in [
        ("200 OK", echo()),
        ("200 OK", json_echo),
        ("422 Refused", echo()),
        ("500 Oops", echo()),
    ] {
        let headers = format!(
            "x-echo: {CANARY}\r\nlocation: /{}\r\n",
            Mode::Url.escape(CANARY)
        );
        let receiver = Receiver::answering(status, &headers, &body).await;
        let step = step("http.request", everywhere(&receiver.url("")));
        let outcome = open().perform(&step, &workspace()).await;

        let sent = receiver.only();
        assert_eq!(
            sent.line,
            "POST /c4n4ry%2F%22val%26ue%2B%20x?k=c4n4ry%2F%22val%26ue%2B%20x&q=c4n4ry%2F%22val%26ue%2B%20x HTTP/1.1"
        );
        assert_eq!(sent.header("x-key"), format!("Token {CANARY}"));
        assert_eq!(
            sent.header("authorization"),
            format!("Basic {}", STANDARD.encode(format!("ada:{CANARY}")))
        );
        let body: Value = serde_json::from_str(&sent.body).unwrap();
        assert_eq!(
            body,
            json!({ "key": CANARY, "text": format!("a {CANARY} b") })
        );

        assert_no_secret(&outcome);
        let shown = outcome.exchange.unwrap().request;
        assert!(
            shown
                .url
                .ends_with("/‹secret:crm›?k=‹secret:crm›&q=‹secret:crm›"),
            "{}",
            shown.url
        );
        assert!(
            shown
                .headers
                .contains(&("x-key".into(), "Token ‹secret:crm›".into()))
        );
        assert!(
            shown
                .headers
                .contains(&("cookie".into(), "‹masked›".into()))
        );
        assert_eq!(
            shown.body.as_deref(),
            Some(r#"{"key":"‹secret:crm›","text":"a ‹secret:crm› b"}"#)
        );
    }
}

#[tokio::test]
async fn a_failure_without_an_answer_tells_no_secret_either() {
    let redirect = format!(
        "location: http://elsewhere.test/{}\r\n",
        Mode::Url.escape(CANARY)
    );
    let redirecting = Receiver::answering("302 Found", &redirect, "").await;
    let resetting = Receiver::start(vec![vec![Act::Reset]]).await;
    let blocked = "http://10.0.0.1".to_owned();
    for (url, code) in [
        (redirecting.url(""), "http_status"),
        (resetting.url(""), "reset"),
        ("http://127.0.0.1:1".into(), "connect"),
        ("http://no-such-host.invalid".into(), "dns"),
        (blocked, "blocked"),
        (format!("ftp://{}", secret("crm")), "bad_url"),
        ("http://[".into(), "bad_url"),
    ] {
        let outcome = open()
            .perform(&step("http.request", everywhere(&url)), &workspace())
            .await;
        assert_no_secret(&outcome);
        assert_eq!(failure(outcome).code, code, "{url}");
    }
}

#[tokio::test]
async fn a_raw_body_takes_secrets_as_its_place_wants_them() {
    let receiver = Receiver::ok().await;
    let body = format!(
        r#"{{"a": {}, "b": "x{}"}}"#,
        write(Mode::JsonBare, "crm"),
        write(Mode::JsonText, "crm")
    );
    let step = step(
        "http.request",
        json!({ "url": receiver.url("/"), "body": body }),
    );
    output(open().perform(&step, &workspace()).await);
    let sent: Value = serde_json::from_str(&receiver.only().body).unwrap();
    assert_eq!(sent, json!({ "a": CANARY, "b": format!("x{CANARY}") }));
}

#[tokio::test]
async fn a_secret_that_is_not_there_is_named_and_nothing_is_sent() {
    let receiver = Receiver::ok().await;
    let with = json!({ "url": receiver.url("/"), "headers": { "x": [secret("absent")] } });
    let refused = failure(
        open()
            .perform(&step("http.request", with), &workspace())
            .await,
    );
    assert_eq!(
        (&*refused.code, refused.retry),
        ("secret_missing", Retriable::No)
    );
    assert!(refused.message.contains("`absent`"));
    assert_eq!(receiver.connections(), 0);
}

#[tokio::test]
async fn the_signing_secret_is_masked_when_a_receiver_prints_it() {
    let key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let receiver = Receiver::start(vec![vec![answer(
        "400 Bad",
        "",
        &format!("bad key {key}, {}", &key[6..]),
    )]])
    .await;
    let with = json!({ "url": receiver.url("/"), "secret": secret("hook"), "json": {} });
    let workspace = Workspace::with(&[("hook", &[key])]);
    let outcome = open()
        .perform(&step("webhook.send", with), &workspace)
        .await;
    assert!(!format!("{outcome:?}").contains(&key[6..]));
}

#[tokio::test]
async fn a_url_that_is_secret_as_a_whole_is_dialled_and_not_shown() {
    let receiver = Receiver::answering("404 Not Found", "", "nothing at /services/T0/B0/x").await;
    let url: &'static str = receiver.url("/services/T0/B0/x").leak();
    let workspace = Workspace::with(&[("hook", &[url])]);
    let step = step("http.request", json!({ "url": secret("hook"), "json": 1 }));
    let outcome = open().perform(&step, &workspace).await;
    assert_eq!(receiver.only().line, "POST /services/T0/B0/x HTTP/1.1");
    assert!(!format!("{outcome:?}").contains("/services"), "{outcome:?}");
}

#[tokio::test]
async fn a_secret_that_cannot_be_read_now_is_asked_for_again_and_nothing_is_sent_unmasked() {
    let receiver = Receiver::ok().await;
    let workspace = Workspace {
        away: vec!["crm".into()],
        ..Workspace::default()
    };
    // One that the step uses, and one that only another step of the run uses.
    for with in [
        everywhere(&receiver.url("")),
        json!({ "url": receiver.url("/") }),
    ] {
        let outcome = open()
            .perform(&step("http.request", with), &workspace)
            .await;
        let failure = failure(outcome);
        assert_eq!(
            (failure.code.as_str(), failure.retry),
            ("unavailable", Retriable::Yes)
        );
        assert!(failure.message.contains("`crm`"), "{}", failure.message);
    }
    assert_eq!(receiver.connections(), 0);
}
