//! Whatever comes in, nothing panics, and a message of an unknown type claims nothing.

use crate::world::{headers, now, post, provider};
use proptest::prelude::*;
use providers::{Answer, Request, all, check};
use serde_json::{Map, Value, json};

/// Words that decide how a message is read.
const TYPES: [&str; 40] = [
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
    "call_inbound",
    "call_started",
    "call_ended",
    "call_analyzed",
    "transfer_bridged",
    "post_call_transcription",
    "post_call_audio",
    "call_initiation_failure",
    "participant_joined",
    "room_finished",
    "egress_ended",
    "call.initiated",
    "call.hangup",
    "call.bridged",
    "call.recording.saved",
    "call.conversation_insights.generated",
    "assistant.initialization",
    "completed",
    "machine",
    "Hangup",
    "StartApp",
    "DISCONNECTED",
    "hangup",
    "recording",
    "call.transferred",
    "summary.created",
    "CHANNEL_HANGUP_COMPLETE",
    "RECORD_STOP",
    "ChannelDestroyed",
    "BridgeBlindTransfer",
];
/// Names the readers look for, so that odd values end up where they hurt.
const NAMES: [&str; 72] = [
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
    "event",
    "call_id",
    "call_inbound",
    "transcript_object",
    "words",
    "transfer_destination",
    "data",
    "payload",
    "event_type",
    "call_control_id",
    "results",
    "recording_urls",
    "conversation_id",
    "metadata",
    "phone_call",
    "transcript",
    "data_collection_results",
    "participant",
    "attributes",
    "room",
    "egressInfo",
    "fileResults",
    "CallSid",
    "CallStatus",
    "CallUUID",
    "Event",
    "uuid",
    "recording_url",
    "detail",
    "channel",
    "eventType",
    "contactId",
    "state",
    "recording_details",
    "duration",
    "body",
    "parties",
    "telephonySessionId",
    "Event-Name",
    "Unique-ID",
    "variables",
    "callflow",
    "cause",
    "target_uri",
    "lead",
    "extracted_variables",
    "executed_actions",
    "collected_variables",
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
        ("elevenlabs-signature", "t=1,v0=00"),
        ("x-plivo-signature-v3", ","),
        ("x-plivo-signature-v3-nonce", "n"),
        ("synthflow-signature", "AA"),
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

/// What each platform puts around a call, with an odd value where the call is.
fn envelopes(kind: &str, value: &Value) -> Vec<Value> {
    vec![
        json!({ "event": kind, "call": { "call_id": "c-1", "call_analysis": value, "transcript_object": [value] }, "transfer_destination": value }),
        json!({ "event": kind, "call_inbound": value }),
        json!({ "type": kind, "data": { "conversation_id": "c-1", "metadata": value, "analysis": value, "transcript": [value] } }),
        json!({ "data": { "event_type": kind, "payload": { "call_control_id": "c-1", "results": [value], "recording_urls": value } } }),
        json!({ "event": kind, "resource": "call", "token": value, "data": { "id": "c-1", "contact": value, "transferred_to": value } }),
        json!({ "detail": { "channel": "VOICE", "contactId": "c-1", "eventType": kind, "agentInfo": value } }),
        json!({ "state": kind, "call_id": "c-1", "recording_details": [value], kind: value }),
        json!({ "event": "/telephony/sessions", "body": { "telephonySessionId": "c-1", "parties": [value, { "status": { "code": kind } }] } }),
        json!({ "Event-Name": kind, "Unique-ID": "c-1", "variable_duration": value }),
        json!({ "variables": { "uuid": "c-1", "start_epoch": value }, "callflow": [value] }),
        json!({ "type": kind, "channel": { "id": "c-1", "dialplan": value }, "recording": value, "cause": value }),
        json!({ "event": kind, "room": { "sid": "c-1", "metadata": value }, "egressInfo": value, "participant": { "kind": "SIP", "attributes": value } }),
        json!({ "id": 1, "status": kind, "finished_at": value, "extracted_variables": value, "lead": value }),
        json!({ "status": "completed", "call": { "call_id": "c-1", "transcript": value }, "executed_actions": value, "collected_variables": value }),
    ]
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
    fn any_message_of_any_platform_is_taken(value in value(), kind in prop::sample::select(&TYPES[..])) {
        for mut message in envelopes(kind, &value) {
            if let (Some(members), Some(more)) = (message.as_object_mut(), value.as_object()) {
                for (name, value) in more {
                    members.entry(name.clone()).or_insert_with(|| value.clone());
                }
            }
            take("POST", message.to_string().as_bytes());
        }
    }

    #[test]
    fn any_form_is_taken(pairs in prop::collection::vec((prop::sample::select(&NAMES[..]), ".{0,12}"), 0..12), kind in prop::sample::select(&TYPES[..])) {
        let mut form = form_urlencoded::Serializer::new(format!("CallSid=c&CallUUID=c&Event={kind}&uuid=c&CallStatus={kind}"));
        form.extend_pairs(pairs);
        take("POST", form.finish().as_bytes());
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
    fn an_unknown_type_claims_nothing(kind in "[a-z.]{1,20}", value in value()) {
        prop_assume!(!TYPES.contains(&kind.as_str()));
        let body = json!({ "message": { "type": kind, "call": value } }).to_string();
        let read = provider("vapi").read(&post(&[], body.as_bytes())).unwrap();
        prop_assert!(read.iter().all(|one| one.claims.is_empty()));
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
