//! `providers check`: what is printed about a recorded request.

use crate::world::now;
use providers::check;
use serde_json::{Value, json};

fn tool_call() -> Value {
    json!({ "message": {
        "type": "tool-calls", "timestamp": 1_763_642_000_457_i64, "call": { "id": "c-1", "type": "inboundPhoneCall" },
        "toolCallList": [{ "id": "t-1", "name": "book", "arguments": { "day": "Tue" } }],
    } })
}

#[test]
fn a_request_is_judged_read_and_answered() {
    let request = json!({ "method": "POST", "headers": { "X-Vapi-Secret": "s" }, "body": tool_call(), "secret": "s" });
    let checked = check("vapi", &request, now()).unwrap();
    let expected = json!({
        "signature": "valid", "reason": null,
        "events": [{
            "kind": "tool.called", "id": "tool-calls:c-1:t-1", "at": "2025-11-20T12:33:20.457Z", "provider": "vapi",
            "call": { "provider_call_id": "c-1", "direction": "inbound", "status": "in-progress" },
            "tool": { "id": "t-1", "name": "book", "arguments": { "day": "Tue" } },
        }],
        "reply": {
            "status": 200, "content_type": "application/json",
            "body": "{\"results\":[{\"toolCallId\":\"t-1\",\"name\":\"book\",\"error\":\"no result is available right now\"}]}",
        },
    });
    assert_eq!(checked, expected);
}

#[test]
fn events_are_printed_whatever_the_signature() {
    let forged = json!({ "headers": { "authorization": ["Bearer a", "Bearer b"] }, "body": tool_call().to_string(), "secret": "s" });
    let checked = check("vapi", &forged, now()).unwrap();
    assert_eq!(checked["signature"], "invalid");
    assert!(
        checked["reason"]
            .as_str()
            .unwrap()
            .contains("not the configured one")
    );
    assert_eq!(checked["events"].as_array().unwrap().len(), 1);
    let unsigned = check("vapi", &json!({ "body": tool_call() }), now()).unwrap();
    assert_eq!(unsigned["signature"], "none");
    assert_eq!(unsigned["events"].as_array().unwrap().len(), 1);
}

#[test]
fn a_message_that_claims_several_moments_prints_one_event_each() {
    let body = json!({ "message": { "type": "status-update", "status": "in-progress", "call": { "id": "c-1" } } });
    let checked = check("vapi", &json!({ "body": body }), now()).unwrap();
    let events = checked["events"].as_array().unwrap();
    let printed: Vec<_> = events
        .iter()
        .map(|event| {
            (
                event["kind"].as_str().unwrap(),
                event["id"].as_str().unwrap(),
            )
        })
        .collect();
    let first = "status-update:c-1:in-progress";
    assert_eq!(
        printed,
        [
            ("call.started", first),
            (
                "call.answered",
                "status-update:c-1:in-progress:call.answered"
            )
        ]
    );
}

#[test]
fn an_unknown_provider_is_told_the_known_ones() {
    let told = check("vappi", &json!({}), now()).unwrap_err();
    assert!(
        told.contains("\"vappi\"") && told.contains("custom, ") && told.contains(", vapi"),
        "{told}"
    );
}

#[test]
fn every_platform_is_known_by_its_folder_s_name_and_has_a_page() {
    let names = "aircall amazon-connect asterisk autocalls bland dialpad elevenlabs freeswitch livekit plivo retell ringcentral synthflow \
                 telnyx twilio vapi vonage";
    let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/providers");
    for name in names.split_whitespace() {
        let checked = check(name, &json!({ "body": {} }), now()).unwrap();
        assert_eq!(checked["signature"], "none", "{name}");
        assert!(docs.join(format!("{name}.md")).is_file(), "{name}");
    }
    assert_eq!(providers::all().len(), names.split_whitespace().count() + 1);
}

#[test]
fn a_refusal_never_tells_the_address_s_secret_part() {
    for name in ["twilio", "plivo"] {
        let request = json!({
            "url": "https://hooks.example.com/v1/in/unguessable", "secret": "s", "body": "CallSid=c&CallUUID=c",
            "headers": { "x-twilio-signature": "AAAA", "x-plivo-signature-v3": "AAAA", "x-plivo-signature-v3-nonce": "n" },
        });
        let reason = check(name, &request, now()).unwrap()["reason"].to_string();
        assert!(
            reason.contains("https://hooks.example.com") && !reason.contains("unguessable"),
            "{reason}"
        );
    }
}

#[test]
fn a_request_of_the_wrong_shape_is_refused_with_its_place() {
    for (request, place) in [
        (json!([]), "a request is"),
        (json!({ "method": 1 }), "/method"),
        (json!({ "headers": [] }), "/headers"),
        (json!({ "headers": { "a": {} } }), "/headers/a"),
        (json!({ "verify_at_unix_ms": "now" }), "/verify_at_unix_ms"),
    ] {
        let told = check("vapi", &request, now()).unwrap_err();
        assert!(told.starts_with(place), "{told}");
    }
    let unreadable = check("vapi", &json!({ "body": "{" }), now()).unwrap();
    assert!(
        unreadable["unreadable"]["message"]
            .as_str()
            .unwrap()
            .contains("not JSON")
    );
    assert_eq!(unreadable["reply"], Value::Null);
}

#[test]
fn a_query_string_is_the_body_of_a_get() {
    let request = providers::Request {
        method: "GET",
        url: "https://h.example/in?a=1&b=2",
        headers: &[],
        body: b"",
    };
    assert_eq!(request.content(), b"a=1&b=2");
    let posted = providers::Request {
        method: "POST",
        ..request
    };
    assert_eq!(posted.content(), b"");
}
