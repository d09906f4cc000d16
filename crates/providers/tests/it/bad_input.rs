//! Whatever comes in, nothing panics, and a message of an unknown type is an empty list.

use crate::world::{headers, now, post, provider};
use proptest::prelude::*;
use providers::{Answer, Request, all, check};
use serde_json::{Map, Value, json};

const TYPES: [&str; 10] = [
    "assistant-request",
    "campaign.predial",
    "status-update",
    "end-of-call-report",
    "tool-calls",
    "function-call",
    "transfer-update",
    "transfer-destination-request",
    "call.ended",
    "call.incoming",
];
/// Names the readers look for, so that odd values end up where they hurt.
const NAMES: [&str; 24] = [
    "message",
    "type",
    "call",
    "id",
    "status",
    "customer",
    "number",
    "artifact",
    "messages",
    "analysis",
    "structuredData",
    "toolCallList",
    "function",
    "arguments",
    "timestamp",
    "destination",
    "contact",
    "transfers",
    "kind",
    "role",
    "variableValues",
    "time",
    "endTime",
    "secondsFromStart",
];

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop::sample::select(&TYPES[..]).prop_map(Value::from),
        prop::sample::select(&["in-progress", "ended", "forwarding", "bot", "user"][..])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        let name = prop_oneof![3 => prop::sample::select(&NAMES[..]).prop_map(String::from), 1 => ".{0,6}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((name, inner), 0..8).prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn take(method: &str, body: &[u8]) {
    let headers = headers(&[
        ("x-signature", "00"),
        ("webhook-signature", "v1,"),
        ("authorization", "Bearer"),
    ]);
    for provider in all() {
        let request = Request {
            method,
            ..post(&headers, body)
        };
        let observations = provider.read(&request).unwrap_or_default();
        let _ = provider.verify(&request, &json!({ "secret": "s" }), now());
        for results in [vec![], vec![Some(json!({ "a": 1 }))], vec![None; 3]] {
            let reply = provider.reply(&request, &observations, &Answer { results });
            assert!((200..600).contains(&reply.status));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn any_json_is_taken(value in value(), kind in prop::sample::select(&TYPES[..])) {
        take("POST", value.to_string().as_bytes());
        let mut message = value.clone();
        if let Some(members) = message.as_object_mut() {
            members.insert("type".into(), kind.into());
            members.insert("call".into(), json!({ "id": "c-1", "type": "inboundPhoneCall", "analysis": value }));
        }
        take("POST", json!({ "message": message }).to_string().as_bytes());
    }

    #[test]
    fn any_bytes_are_taken(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        take("POST", &bytes);
        take("GET", &bytes);
    }

    #[test]
    fn any_text_with_escapes_is_taken(text in r#"["\\ud8f0-9{}é]{0,60}"#) {
        take("POST", text.as_bytes());
    }

    #[test]
    fn an_unknown_type_is_an_empty_list(kind in "[a-z.]{1,20}", value in value()) {
        prop_assume!(!TYPES.contains(&kind.as_str()));
        let body = json!({ "message": { "type": kind, "call": value } }).to_string();
        prop_assert_eq!(provider("vapi").read(&post(&[], body.as_bytes())), Ok(vec![]));
    }

    #[test]
    fn any_request_is_checked(request in value(), name in prop::sample::select(&["vapi", "custom", "nobody"][..])) {
        let _ = check(name, &request, now());
    }

    #[test]
    fn any_headers_and_settings_are_judged(signature in ".{0,80}", timestamp in ".{0,30}", settings in value()) {
        let sent = headers(&[("x-signature", &signature), ("x-timestamp", &timestamp), ("webhook-signature", &signature), ("webhook-timestamp", &timestamp), ("webhook-id", "m")]);
        for provider in all() {
            let request = post(&sent, b"{}");
            let _ = provider.verify(&request, &json!({ "secret": signature, "hmac": settings }), now());
            let _ = provider.verify(&request, &settings, now());
        }
    }
}

#[test]
fn large_and_deep_bodies_end() {
    take("POST", "[".repeat(100_000).as_bytes());
    let turn = json!({ "role": "bot", "message": "x".repeat(100), "secondsFromStart": 1 });
    let report = json!({ "message": { "type": "end-of-call-report", "call": { "id": "c-1" }, "artifact": { "messages": vec![turn; 10_000] } } });
    let read = crate::world::read("vapi", &report).unwrap();
    assert_eq!(read[0].call.transcript.len(), 10_000);
    let tools = json!({ "message": { "type": "tool-calls", "call": { "id": "c-1" }, "toolCallList": vec![json!({ "id": "t" }); 200] } });
    assert!(
        crate::world::read("vapi", &tools)
            .unwrap_err()
            .message
            .contains("at most 128")
    );
}
