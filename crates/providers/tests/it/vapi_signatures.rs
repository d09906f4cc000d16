//! Vapi's ways to prove a request, with every option of its HMAC credential, and what must not be let in.

use crate::world::{headers, now, post, provider};
use providers::Signature;
use providers::signature::{Hash, hmac};
use serde_json::{Value, json};

const SECRET: &str = "vapi-secret";
const BODY: &[u8] = br#"{"message":{"type":"hang","note":"{timestamp} {body}"}}"#;

fn verify(auth: Value, sent: &[(&str, &str)]) -> Signature {
    let headers = headers(sent);
    provider("vapi").verify(&post(&headers, BODY), &auth, now())
}

fn is_valid(auth: Value, sent: &[(&str, &str)]) -> bool {
    verify(auth, sent) == Signature::Valid
}

fn reason(auth: Value, sent: &[(&str, &str)]) -> String {
    match verify(auth, sent) {
        Signature::Invalid(reason) => reason,
        other => panic!("{other:?} is not a refusal"),
    }
}

fn hex_mac(parts: &[&[u8]]) -> String {
    hex::encode(hmac(Hash::Sha256, SECRET.as_bytes(), parts))
}

fn stamped(offset_ms: i64) -> (String, String) {
    let timestamp = (now().as_millisecond() + offset_ms).to_string();
    let mac = hex_mac(&[timestamp.as_bytes(), b".", BODY]);
    (timestamp, mac)
}

#[test]
fn whichever_credential_is_present_decides() {
    let auth = || json!({ "secret": SECRET });
    assert!(is_valid(auth(), &[("authorization", "Bearer vapi-secret")]));
    assert!(is_valid(
        auth(),
        &[("authorization", "bearer  vapi-secret ")]
    ));
    assert!(is_valid(auth(), &[("x-vapi-secret", SECRET)]));
    assert!(is_valid(
        json!({ "secret": SECRET, "header": "X-Api-Key" }),
        &[("x-api-key", SECRET)]
    ));
    let (timestamp, mac) = stamped(0);
    assert!(is_valid(
        auth(),
        &[("x-timestamp", &timestamp), ("x-signature", &mac)]
    ));

    assert!(!is_valid(auth(), &[("authorization", "Bearer other")]));
    assert!(!is_valid(auth(), &[("authorization", "Basic vapi-secret")]));
    assert!(!is_valid(auth(), &[("x-vapi-secret", "")]));
    assert!(!is_valid(auth(), &[("x-vapi-secret", "vapi-secret ")]));
    assert!(reason(auth(), &[]).starts_with("no signature"));
}

#[test]
fn without_a_secret_there_is_nothing_to_check_with() {
    for auth in [
        json!({}),
        json!(null),
        json!({ "secret": "" }),
        json!({ "secret": 7 }),
    ] {
        assert_eq!(verify(auth, &[("x-vapi-secret", SECRET)]), Signature::None);
    }
}

#[test]
fn with_hmac_settings_a_plain_secret_is_not_enough() {
    let auth = json!({ "secret": SECRET, "hmac": {} });
    let sent = [
        ("x-vapi-secret", SECRET),
        ("authorization", "Bearer vapi-secret"),
    ];
    assert!(reason(auth, &sent).contains("x-signature is missing"));
}

#[test]
fn a_signature_lives_five_minutes_in_either_unit_and_either_direction() {
    let auth = || json!({ "secret": SECRET, "hmac": { "algorithm": "sha256" } });
    for (offset_ms, lives) in [
        (0, true),
        (-299_000, true),
        (299_000, true),
        (-302_000, false),
        (302_000, false),
    ] {
        let (timestamp, mac) = stamped(offset_ms);
        let sent = [
            ("x-timestamp", timestamp.as_str()),
            ("x-signature", mac.as_str()),
        ];
        assert_eq!(is_valid(auth(), &sent), lives, "{offset_ms}");
    }
    let seconds = now().as_second().to_string();
    let mac = hex_mac(&[seconds.as_bytes(), b".", BODY]);
    assert!(is_valid(
        auth(),
        &[("x-timestamp", &seconds), ("x-signature", &mac)]
    ));
    let (timestamp, mac) = stamped(0);
    assert!(reason(auth(), &[("x-signature", &mac)]).contains("x-timestamp is missing"));
    let later = (now().as_millisecond() + 1).to_string();
    assert!(!is_valid(
        auth(),
        &[("x-timestamp", &later), ("x-signature", &mac)]
    ));
    for odd in ["soon", "-1", "1e3", "99999999999999999999999", "0"] {
        let mac = hex_mac(&[odd.as_bytes(), b".", BODY]);
        assert!(
            !is_valid(auth(), &[("x-timestamp", odd), ("x-signature", &mac)]),
            "{odd}"
        );
    }
    assert!(is_valid(
        auth(),
        &[("x-timestamp", &timestamp), ("x-signature", &mac)]
    ));
}

#[test]
fn every_option_of_the_credential_is_followed() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let key = b"raw key";
    let url = "https://hooks.example.com/v1/in/abc";
    let mac = hmac(
        Hash::Sha512,
        key,
        &[b"POST ", url.as_bytes(), b" {x} m-1 ", BODY],
    );
    let auth = json!({ "secret": STANDARD.encode(key), "hmac": {
        "algorithm": "sha512", "signatureHeader": "X-My-Signature", "messageIdHeader": "X-Id", "signaturePrefix": "v1,",
        "includeTimestamp": false, "payloadFormat": "{method} {url} {x} {svix-id} {body}",
        "signatureEncoding": "base64", "secretIsBase64": true,
    } });
    let signature = format!("v1,{} v1,AAAA", STANDARD.encode(&mac));
    assert!(is_valid(
        auth.clone(),
        &[("x-id", "m-1"), ("x-my-signature", &signature)]
    ));
    assert!(!is_valid(
        auth,
        &[("x-id", "m-2"), ("x-my-signature", &signature)]
    ));

    let sha1 = hex::encode(hmac(Hash::Sha1, SECRET.as_bytes(), &[BODY]));
    let auth =
        json!({ "secret": SECRET, "hmac": { "algorithm": "sha1", "includeTimestamp": false } });
    assert!(is_valid(auth, &[("x-signature", &format!("00, {sha1}"))]));
}

#[test]
fn a_setting_that_makes_no_sense_is_named() {
    for (settings, named) in [
        (json!({ "algorithm": "md5" }), "hmac.algorithm \"md5\""),
        (
            json!({ "signatureEncoding": "rot13" }),
            "hmac.signatureEncoding \"rot13\"",
        ),
        (json!({ "payloadFormat": 7 }), "hmac.payloadFormat"),
        (json!({ "includeTimestamp": "no" }), "hmac.includeTimestamp"),
        (
            json!({ "secretIsBase64": true }),
            "the secret is not base64",
        ),
    ] {
        let auth = json!({ "secret": "not*base64", "hmac": settings });
        let reason = reason(auth, &[("x-signature", "00")]);
        assert!(reason.contains(named), "{reason}");
    }
}

#[test]
fn odd_signature_headers_are_refused_and_nothing_else() {
    let (timestamp, mac) = stamped(0);
    let huge = "a".repeat(1_000_000);
    let many = "00,".repeat(100_000);
    let auth = || json!({ "secret": SECRET, "hmac": { "signaturePrefix": "sha256=" } });
    for odd in [
        "",
        ",,,",
        "sha256=",
        "v1,",
        "zz",
        "é",
        &mac[1..],
        huge.as_str(),
        many.as_str(),
    ] {
        assert!(!is_valid(
            auth(),
            &[("x-timestamp", &timestamp), ("x-signature", odd)]
        ));
    }
    let buried = format!("{many}{mac}");
    assert!(!is_valid(
        auth(),
        &[("x-timestamp", &timestamp), ("x-signature", &buried)]
    ));
    assert!(is_valid(
        auth(),
        &[
            ("x-timestamp", &timestamp),
            ("x-signature", "00"),
            ("x-signature", &mac)
        ]
    ));
}
