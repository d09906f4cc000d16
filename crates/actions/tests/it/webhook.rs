//! `webhook.send`: signed as Standard Webhooks describes it, verified by its own library.

use crate::receiver::{Received, Receiver, answer};
use crate::world::{Workspace, completed, failure, open, output, secret, step};
use actions::Actions;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::retry::Schedule;
use kernel::run::Retriable;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde_json::{Value, json};
use standardwebhooks::Webhook;

const NEW: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OLD: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

async fn sent(with: Value, workspace: &Workspace) -> Received {
    let receiver = Receiver::ok().await;
    let mut with = with;
    with["url"] = receiver.url("/hook").into();
    output(open().perform(&step("webhook.send", with), workspace).await);
    receiver.only()
}

fn verifies(webhook: &Webhook, sent: &Received) -> bool {
    let mut headers = http::HeaderMap::new();
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        headers.insert(name, sent.header(name).parse().unwrap());
    }
    webhook.verify(sent.body.as_bytes(), &headers).is_ok()
}

#[tokio::test]
async fn a_webhook_verifies_with_its_secret_and_no_other() {
    let workspace = Workspace::with(&[("hook", &[NEW])]);
    let sent = sent(
        json!({ "secret": secret("hook"), "json": { "type": "call.ended" } }),
        &workspace,
    )
    .await;
    assert_eq!(sent.line, "POST /hook HTTP/1.1");
    assert_eq!(
        sent.header("webhook-id"),
        "msg_0123456789abcdef0123456789abcdef"
    );
    assert_eq!(
        sent.header("idempotency-key"),
        "0123456789abcdef0123456789abcdef"
    );
    assert_eq!(sent.header("content-type"), "application/json");
    assert!(verifies(&Webhook::new(NEW).unwrap(), &sent));
    assert!(!verifies(&Webhook::new(OLD).unwrap(), &sent));
    let changed = Received {
        body: sent.body.replace("ended", "begun"),
        ..sent
    };
    assert!(!verifies(&Webhook::new(NEW).unwrap(), &changed));
}

#[tokio::test]
async fn while_a_secret_rotates_the_old_and_the_new_one_verify() {
    let rotating = Workspace::with(&[("hook", &[NEW, OLD])]);
    let listed = Workspace::with(&[("one", &[NEW]), ("two", &[OLD])]);
    for (with, workspace) in [
        (json!({ "secret": secret("hook"), "body": "{}" }), &rotating),
        (
            json!({ "secret": [secret("one"), secret("two")], "body": "{}" }),
            &listed,
        ),
    ] {
        let sent = sent(with, workspace).await;
        assert_eq!(sent.header("webhook-signature").split(' ').count(), 2);
        assert!(verifies(&Webhook::new(NEW).unwrap(), &sent));
        assert!(verifies(&Webhook::new(OLD).unwrap(), &sent));
    }
}

/// As the specification says it: any of the signatures that begin with `v1a,`, over id, time and body.
fn verifies_with(public: &str, sent: &Received) -> bool {
    let key = STANDARD
        .decode(public.strip_prefix("whpk_").unwrap())
        .unwrap();
    let [id, at] = ["webhook-id", "webhook-timestamp"].map(|name| sent.header(name));
    let signed = format!("{id}.{at}.{}", sent.body);
    let mut signatures = sent.header("webhook-signature").split(' ');
    signatures.any(|one| {
        let bytes = one
            .strip_prefix("v1a,")
            .map(|one| STANDARD.decode(one).unwrap());
        let key = UnparsedPublicKey::new(&ED25519, &key);
        bytes.is_some_and(|bytes| key.verify(signed.as_bytes(), &bytes).is_ok())
    })
}

#[tokio::test]
async fn a_key_signs_so_that_its_public_half_verifies_and_an_old_one_does_beside_it() {
    let [new, old] = [[7; 32], [8; 32]].map(|seed| actions::signing::secret_key(&seed).to_string());
    let [new_public, old_public] =
        [&new, &old].map(|key| actions::signing::public_key(key).unwrap());
    let workspace = Workspace::with(&[("hook", &[&*new.leak(), &*old.leak(), NEW])]);
    let sent = sent(
        json!({ "secret": secret("hook"), "body": "{}" }),
        &workspace,
    )
    .await;
    assert!(verifies_with(&new_public, &sent) && verifies_with(&old_public, &sent));
    assert!(verifies(&Webhook::new(NEW).unwrap(), &sent));
    let changed = Received {
        body: "{ }".into(),
        ..sent
    };
    assert!(!verifies_with(&new_public, &changed));
}

#[tokio::test]
async fn a_secret_of_any_text_is_the_key_itself() {
    let workspace = Workspace::with(&[("hook", &["pass phrase, not base64"])]);
    let sent = sent(json!({ "secret": secret("hook"), "json": 1 }), &workspace).await;
    let key = STANDARD.encode("pass phrase, not base64");
    assert!(verifies(&Webhook::new(&key).unwrap(), &sent));
}

#[tokio::test]
async fn the_signature_is_over_the_bytes_that_are_sent() {
    let workspace = Workspace::with(&[("hook", &[NEW]), ("token", &["in \"the\" body"])]);
    let with = json!({ "secret": secret("hook"), "json": { "token": secret("token"), "n": "ü" } });
    let sent = sent(with, &workspace).await;
    assert_eq!(sent.body, r#"{"token":"in \"the\" body","n":"ü"}"#);
    assert!(verifies(&Webhook::new(NEW).unwrap(), &sent));
}

#[tokio::test]
async fn without_a_secret_there_is_no_signature() {
    let sent = sent(
        json!({ "json": {}, "headers": { "X-A": "1" } }),
        &Workspace::default(),
    )
    .await;
    assert!(!sent.headers.contains_key("webhook-signature"));
    assert!(
        sent.headers.contains_key("webhook-id") && sent.headers.contains_key("webhook-timestamp")
    );
    assert_eq!(sent.header("x-a"), "1");
}

#[tokio::test]
async fn gone_is_told_apart_from_other_refusals() {
    let receiver = Receiver::start(vec![
        vec![answer("410 Gone", "", "")],
        vec![answer("404 Not Found", "", "")],
        vec![answer("500 Oops", "", "")],
        vec![answer("200 OK", "", "")],
    ])
    .await;
    let world = open();
    let step = step(
        "webhook.send",
        json!({ "url": receiver.url("/"), "json": {} }),
    );
    for retry in [Retriable::Gone, Retriable::No, Retriable::Yes] {
        assert_eq!(
            failure(world.perform(&step, &Workspace::default()).await).retry,
            retry
        );
    }
    output(world.perform(&step, &Workspace::default()).await);
    let ids: Vec<_> = receiver
        .received()
        .iter()
        .map(|sent| sent.header("webhook-id").to_owned())
        .collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
}

#[test]
fn a_webhook_without_a_body_of_its_own_sends_the_payload() {
    let world = open();
    let complete = |with| completed(&world, "webhook.send", with);
    for (with, json) in [
        (json!({ "url": "u" }), json!("{{ payload }}")),
        (
            json!({ "url": "u", "payload": "default" }),
            json!("{{ payload }}"),
        ),
        (
            json!({ "url": "u", "payload": "flat" }),
            json!("{{ payload_flat }}"),
        ),
        (json!({ "url": "u", "json": { "a": 1 } }), json!({ "a": 1 })),
    ] {
        let (with, problems) = complete(with);
        assert_eq!((with.get("json"), problems), (Some(&json), Vec::new()));
    }
    let (with, problems) = complete(json!({ "url": "u", "body": "x" }));
    assert!(!with.contains_key("json") && problems.is_empty());
    for (with, paths) in [
        (json!({ "payload": "nested" }), vec!["/payload"]),
        (json!({ "payload": "flat", "json": 1 }), vec!["/payload"]),
        (json!({ "json": 1, "body": "x" }), vec!["/body"]),
        (
            json!({ "headers": { "Webhook-Id": "mine", "webhook/x": "1" } }),
            vec!["/headers/Webhook-Id"],
        ),
    ] {
        assert_eq!(complete(with).1, paths);
    }
}

#[test]
fn the_schedule_is_that_of_standard_webhooks() {
    let world = open();
    let retry = &world.spec("webhook.send").unwrap().retry;
    let Schedule::Fixed(waits) = &retry.schedule else {
        panic!("a fixed schedule")
    };
    let hours = waits.iter().sum::<std::time::Duration>().as_secs() / 3_600;
    assert_eq!((retry.attempts, waits.len(), hours), (10, 9, 75));
}
