//! The generic form over an endpoint: events in every wrapping, and its two signatures.

use crate::world::{headers, now, post, provider, read, reply};
use base64::{Engine, engine::general_purpose::STANDARD};
use calls::Kind;
use providers::Signature;
use providers::signature::{Hash, hmac};
use serde_json::{Value, json};

const KEY: &[u8] = b"a key of twenty-four bytes";
const BODY: &[u8] = br#"{"kind":"call.ended","call":{"provider_call_id":"c-1"}}"#;

fn event(id: &str) -> Value {
    json!({ "id": id, "kind": "call.ended", "call": { "provider_call_id": "c-1" } })
}

#[test]
fn an_event_an_array_and_a_cloud_event_are_read() {
    let one = read("custom", &event("e-1")).unwrap();
    assert_eq!((one.len(), one[0].dedupe.as_str()), (1, "e-1"));
    assert_eq!(one[0].claims, [Kind::Ended]);
    assert_eq!(
        read("custom", &json!([event("e-1"), event("e-2")]))
            .unwrap()
            .len(),
        2
    );
    let cloud = json!({ "specversion": "1.0", "id": "ce-1", "source": "/calls", "type": "call.ended", "data": event("e-1") });
    assert_eq!(
        read("custom", &cloud).unwrap()[0].call.provider_call_id,
        "c-1"
    );
    assert_eq!(reply("custom", &event("e-1"), vec![]).body, "{}");
}

#[test]
fn all_problems_are_told_with_their_places() {
    let unreadable = read(
        "custom",
        &json!([event("e-1"), { "kind": "call.exploded", "call": {} }]),
    )
    .unwrap_err();
    assert!(unreadable.path.starts_with("/1/"), "{unreadable:?}");
    assert!(
        unreadable.message.contains("/1/kind") && unreadable.message.contains("/1/call"),
        "{unreadable:?}"
    );
    let many = Value::Array(vec![event("e-1"); 1_001]);
    assert!(
        read("custom", &many)
            .unwrap_err()
            .message
            .contains("at most 1000")
    );
}

fn secret() -> String {
    format!("whsec_{}", STANDARD.encode(KEY))
}

fn sign(id: &str, second: i64, body: &[u8]) -> String {
    let second = second.to_string();
    let mac = hmac(
        Hash::Sha256,
        KEY,
        &[id.as_bytes(), b".", second.as_bytes(), b".", body],
    );
    format!("v1,{}", STANDARD.encode(mac))
}

fn verify(id: &str, second: i64, signature: &str) -> Signature {
    let second = second.to_string();
    let sent = headers(&[
        ("webhook-id", id),
        ("webhook-timestamp", &second),
        ("webhook-signature", signature),
    ]);
    provider("custom").verify(&post(&sent, BODY), &json!({ "secret": secret() }), now())
}

#[test]
fn standard_webhooks_are_accepted_within_five_minutes() {
    let at = now().as_second();
    assert_eq!(verify("m-1", at, &sign("m-1", at, BODY)), Signature::Valid);
    assert_eq!(
        verify(
            "m-1",
            at,
            &format!("v1a,AAAA v1, v1,??? {}", sign("m-1", at, BODY))
        ),
        Signature::Valid
    );
    for second in [at - 301, at + 301] {
        assert!(matches!(
            verify("m-1", second, &sign("m-1", second, BODY)),
            Signature::Invalid(_)
        ));
    }
    let stale = sign("m-1", at, b"another body");
    let bare = sign("m-1", at, BODY).replace("v1,", "");
    for signature in [
        "",
        "v1,",
        "v2,AAAA",
        &stale,
        &bare,
        &"v1,AAAA ".repeat(100_000),
    ] {
        assert!(
            matches!(verify("m-1", at, signature), Signature::Invalid(_)),
            "{signature:.40}"
        );
    }
    let shifted = format!("m.{at}");
    assert!(matches!(
        verify(&shifted, at, &sign(&shifted, at, BODY)),
        Signature::Invalid(_)
    ));
}

#[test]
fn the_published_vector_of_standard_webhooks_is_accepted() {
    let body = br#"{"test": 2432232314}"#;
    let sent = headers(&[
        ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
        ("webhook-timestamp", "1614265330"),
        (
            "webhook-signature",
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        ),
    ]);
    let auth = json!({ "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" });
    let at = kernel::Timestamp::from_second(1_614_265_330).unwrap();
    assert_eq!(
        provider("custom").verify(&post(&sent, body), &auth, at),
        Signature::Valid
    );
}

#[test]
fn a_bearer_is_the_secret_itself() {
    let judge = |sent: &[(&str, &str)], auth: Value| {
        provider("custom").verify(&post(&headers(sent), BODY), &auth, now())
    };
    let auth = || json!({ "secret": "open sesame" });
    assert_eq!(
        judge(&[("authorization", "Bearer open sesame")], auth()),
        Signature::Valid
    );
    assert!(matches!(
        judge(&[("authorization", "Bearer open")], auth()),
        Signature::Invalid(_)
    ));
    assert!(matches!(judge(&[], auth()), Signature::Invalid(_)));
    assert_eq!(judge(&[], json!({})), Signature::None);
    let both = [
        ("authorization", "Bearer open sesame"),
        ("webhook-signature", "v1,AAAA"),
    ];
    assert!(matches!(judge(&both, auth()), Signature::Invalid(_)));
}
