//! Recordings of Vonage: each request carries a token that the application's key has signed anew.

use super::*;
use actions::check_connection;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::signature::{KeyPair, RSA_PKCS1_2048_8192_SHA256, RsaKeyPair, UnparsedPublicKey};
use std::collections::BTreeSet;

const APPLICATION: &str = "8f3d9c1e-5b7a-4c6d-9e2f-1a0b3c4d5e6f";
const KEY: &str = include_str!("application.pem");

fn fields(key: &str) -> Value {
    json!({ "application_id": APPLICATION, "private_key": key })
}

/// What a token claims, once its signature was checked as the platform does.
fn claims(header: &str) -> Value {
    let lines: String = KEY.lines().filter(|line| !line.starts_with("--")).collect();
    let pair = RsaKeyPair::from_pkcs8(&STANDARD.decode(lines).unwrap()).unwrap();
    let token = header.strip_prefix("Bearer ").unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pair.public_key())
        .verify(signed.as_bytes(), &signature)
        .unwrap();
    let part = |text: &str| -> Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
    };
    let (head, claims) = signed.split_once('.').unwrap();
    assert_eq!(part(head), json!({ "alg": "RS256", "typ": "JWT" }));
    part(claims)
}

#[tokio::test]
async fn a_recording_of_vonage_opens_with_a_token_of_the_application_that_is_signed_anew() {
    let mut ids = BTreeSet::new();
    // A field of a form loses the line breaks.
    for key in [KEY.to_owned(), KEY.replace('\n', " ")] {
        let dir = tempfile::tempdir().unwrap();
        let key: &'static str = key.leak();
        let archive = Archive {
            workspace: Workspace::connected("Application", "vonage", fields(key)),
            signs_in: vec![("con_1".into(), "127.0.0.1".into())],
            ..Archive::default()
        };
        let platform = Receiver::start(vec![vec![answer("200 OK", "", WAV)]]).await;
        let mut with = asked(platform.url("/v1/files/1"));
        with["provider"] = "vonage".into();
        with["sign_in"] =
            json!([{ "provider": "vonage", "hosts": ["127.0.0.1"], "connection": "Application" }]);
        let outcome = keep(&keeping(dir.path()), &archive, with).await;
        assert_eq!(outcome.result.unwrap().body["kept"], true);
        let header = platform.only().headers["authorization"].clone();
        let claims = claims(&header);
        assert_eq!(claims["application_id"], APPLICATION);
        let (from, until) = (claims["iat"].as_i64(), claims["exp"].as_i64());
        assert_eq!(until.unwrap() - from.unwrap(), 300);
        assert!(ids.insert(claims["jti"].to_string()));
        let record = serde_json::to_string(&outcome.exchange).unwrap();
        assert!(!record.contains(&header[40..80]), "{record}");
    }
}

#[test]
fn what_signs_nothing_is_refused_when_it_is_saved() {
    let wrong = |fields: Value| -> Vec<String> {
        let problems = check_connection("vonage", fields.as_object().unwrap(), &[]);
        problems.into_iter().map(|problem| problem.path).collect()
    };
    assert_eq!(wrong(fields(KEY)), [""; 0]);
    let public = KEY.replace("PRIVATE", "PUBLIC");
    for key in ["sesame", &KEY[..400], &public] {
        assert_eq!(wrong(fields(key)), ["/private_key"]);
    }
    let other = json!({ "application_id": "my app", "private_key": KEY });
    assert_eq!(wrong(other), ["/application_id"]);
}
