//! Voice platforms at their endpoints: signatures over the public address, a handshake, platforms that sign nothing.

use crate::world::{Answer, Server, command, inbox, text};
use base64::{Engine, engine::general_purpose::STANDARD};
use providers::signature::{Hash, hmac};
use serde_json::{Value, json};

/// The path of a new endpoint.
async fn endpoint(server: &Server, provider: &str, auth: Value) -> String {
    let new = json!({ "provider": provider, "name": provider, "auth": auth });
    let made = server.ask("POST", "/v1/endpoints", &new).await.ok(201);
    inbox(&made)
}

async fn post(server: &Server, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let sent = server.call("POST", path, headers, body.to_owned()).await;
    sent.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn twilio_signs_the_address_before_the_proxy_and_is_answered_in_xml() {
    let dir = tempfile::tempdir().unwrap();
    let mut serve = command(dir.path());
    serve.args(["--trusted-proxy", "127.0.0.1"]);
    let server = Server::spawn(serve).unwrap();
    let path = endpoint(&server, "twilio", json!({ "secret": "token" })).await;
    let body = "CallSid=CA1&CallStatus=ringing&Direction=inbound&From=%2B447700900123";
    let signed = format!(
        "https://hooks.example.com{path}CallSidCA1CallStatusringingDirectioninboundFrom+447700900123"
    );
    let signature = STANDARD.encode(hmac(Hash::Sha1, b"token", &[signed.as_bytes()]));
    let sent = |scheme: &'static str| {
        [
            ("x-twilio-signature", signature.clone()),
            ("x-forwarded-proto", scheme.to_owned()),
            ("x-forwarded-host", "hooks.example.com".to_owned()),
        ]
    };
    let post = async |scheme, body: &str| {
        let headers = sent(scheme);
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        post(&server, &path, &headers, body).await
    };
    let answer = post("https", body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.headers["content-type"], "text/xml; charset=utf-8");
    assert!(answer.text.contains("<Say>"), "{}", answer.text);
    for refused in [
        post("http", body).await,
        post("https", &body.replace("0123", "0124")).await,
    ] {
        assert_eq!(text(&refused.json(), "/code"), "bad_signature");
    }
    let events = server.get("/v1/events").await;
    let events = events["data"].as_array().unwrap().iter();
    let mut kinds: Vec<String> = events.map(|event| text(event, "/kind")).collect();
    kinds.sort();
    assert_eq!(kinds, ["call.incoming", "call.started"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handshake_of_ringcentral_is_sent_back_and_keeps_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let path = endpoint(&server, "ringcentral", json!({ "secret": "s" })).await;
    let answer = post(&server, &path, &[("validation-token", "prove-it")], "").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.headers["validation-token"], "prove-it");
    let event = json!({ "event": "/telephony/sessions", "body": { "telephonySessionId": "s-1", "parties": [] } }).to_string();
    let forged = post(&server, &path, &[("validation-token", "prove-it")], &event).await;
    assert_eq!(forged.status, 401, "{}", forged.text);
    assert_eq!(server.get("/v1/calls").await["data"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_that_signs_nothing_needs_no_secret_but_keeps_to_one_that_is_set() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let report = json!({ "id": 42, "status": "completed", "finished_at": "2026-03-02T09:16:18Z", "assistant_phone": "+442079460100" }).to_string();
    let path = endpoint(&server, "autocalls", json!({})).await;
    for _ in 0..2 {
        assert_eq!(post(&server, &path, &[], &report).await.status, 200);
    }
    let path = endpoint(
        &server,
        "autocalls",
        json!({ "secret": "s", "header": "X-Desk" }),
    )
    .await;
    assert_eq!(post(&server, &path, &[], &report).await.status, 401);
    assert_eq!(
        post(&server, &path, &[("x-desk", "s")], &report)
            .await
            .status,
        200
    );
    let calls = server.get("/v1/calls").await;
    assert_eq!(calls["data"].as_array().map(Vec::len), Some(1), "{calls:#}");
    let path = endpoint(&server, "retell", json!({})).await;
    let unsigned = post(
        &server,
        &path,
        &[],
        r#"{"event":"call_started","call":{"call_id":"c"}}"#,
    )
    .await;
    assert_eq!(unsigned.status, 401, "{}", unsigned.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn providers_tell_what_their_endpoints_are_configured_with() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path());
    let listed = server.get("/v1/providers").await;
    let listed = listed.as_array().unwrap();
    assert_eq!(listed.len(), 18, "17 platforms and the generic form");
    for provider in listed {
        let fields = provider["auth"].as_array().unwrap();
        let is_required = |field: &Value| field["required"] == true;
        assert_eq!(
            fields.iter().any(is_required),
            provider["signs"] == true,
            "{provider}"
        );
        let told =
            |field: &Value| !text(field, "/help").is_empty() && !text(field, "/title").is_empty();
        assert!(fields.iter().all(told), "{provider}");
    }
    let telnyx = listed
        .iter()
        .find(|provider| provider["name"] == "telnyx")
        .unwrap();
    assert_eq!(telnyx["auth"][0]["name"], "public_key");
    assert_eq!(telnyx["auth"][0]["secret"], false);
}
