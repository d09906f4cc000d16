//! A preview is the request that would be sent, told without sending anything or giving anything away.

use crate::receiver::Receiver;
use crate::world::{Workspace, open, secret, step};
use actions::{Actions, imagined};
use kernel::run::Retriable;
use serde_json::{Map, Value, json};

const CANARY: &str = "whsec_c2VjcmV0LWNhbmFyeS12YWx1ZQ==";

#[tokio::test]
async fn a_preview_is_what_is_then_recorded_as_sent_and_opens_no_connection() {
    let receiver = Receiver::ok().await;
    let workspace = Workspace::with(&[("crm", &[CANARY])]);
    let step = step(
        "http.request",
        json!({ "url": receiver.url("/a?x=1"), "query": { "q": "ä" }, "headers": { "x-key": secret("crm") },
                "auth": secret("crm"), "json": { "n": 1, "key": secret("crm") } }),
    );
    let world = open();
    let preview = world.preview(&step, &workspace).await.unwrap();
    assert_eq!(receiver.connections(), 0);
    let sent = world.perform(&step, &workspace).await;
    assert_eq!(preview, sent.exchange.unwrap().request);
    assert!(!format!("{preview:?}").contains(CANARY));
    assert_eq!(receiver.connections(), 1);
}

#[tokio::test]
async fn a_preview_shows_that_a_webhook_would_be_signed_but_no_signature() {
    let workspace = Workspace::with(&[("crm", &[CANARY])]);
    let with = json!({ "url": "https://receiver.invalid/hook", "secret": secret("crm"), "json": { "a": 1 } });
    let preview = open()
        .preview(&step("webhook.send", with), &workspace)
        .await;
    let preview = preview.unwrap();
    let header = |name: &str| {
        let mut found = preview.headers.iter().filter(|(n, _)| n == name);
        found.next().map(|(_, value)| value.clone())
    };
    assert_eq!(
        header("webhook-signature").as_deref(),
        Some("v1,‹signature›")
    );
    assert!(header("webhook-id").is_some() && header("webhook-timestamp").is_some());
    assert_eq!(preview.body.as_deref(), Some("{\"a\":1}"));
}

#[tokio::test]
async fn what_could_not_be_sent_says_why() {
    let cases = [
        ("http.request", json!({ "url": "ftp://e.com" }), "bad_url"),
        (
            "http.request",
            json!({ "url": "https://e.com", "auth": secret("gone") }),
            "secret_missing",
        ),
        ("no.action", json!({}), "unknown_action"),
    ];
    for (action, with, code) in cases {
        let preview = open()
            .preview(&step(action, with), &Workspace::default())
            .await;
        assert_eq!(preview.unwrap_err().code, code);
    }
}

#[test]
fn an_imagined_answer_is_judged_like_a_real_one() {
    let now = "2026-11-20T12:00:00Z".parse().unwrap();
    let judge = |status| imagined(status, &Map::new(), json!({ "id": 7 }), now);
    assert_eq!(judge(201).unwrap().body, json!({ "id": 7 }));
    let failure = judge(404).unwrap_err();
    assert_eq!(
        (failure.code.as_str(), failure.retry),
        ("http_status", Retriable::No)
    );
    assert_eq!(failure.output.unwrap().body, json!({ "id": 7 }));
    assert_eq!(judge(500).unwrap_err().retry, Retriable::Yes);
    let later: Map<String, Value> = [("retry-after".to_owned(), json!(7))].into_iter().collect();
    let failure = imagined(429, &later, Value::Null, now).unwrap_err();
    assert_eq!(
        failure.retry,
        Retriable::After(std::time::Duration::from_secs(7))
    );
}
