//! Platforms add events and reasons as they like: what is not known is kept with its call, answered with 200 and never refused.

use crate::world::{now, post, provider};
use calls::{Kind, fold};
use providers::Answer;
use serde_json::{Value, json};

fn unheard_of() -> Vec<(&'static str, Value)> {
    vec![
        (
            "vapi",
            json!({ "message": { "type": "never-heard-of", "call": { "id": "c-1" } } }),
        ),
        (
            "retell",
            json!({ "event": "never_heard_of", "call": { "call_id": "c-1" } }),
        ),
        (
            "twilio",
            json!({ "CallSid": "c-1", "Event": "never.heard.of" }),
        ),
        (
            "elevenlabs",
            json!({ "type": "never_heard_of", "data": { "conversation_id": "c-1" } }),
        ),
        ("bland", json!({ "call_id": "c-1", "category": "never" })),
        (
            "livekit",
            json!({ "event": "never_heard_of", "room": { "sid": "c-1" } }),
        ),
        (
            "telnyx",
            json!({ "data": { "event_type": "call.never.heard.of", "payload": { "call_control_id": "c-1" } } }),
        ),
        ("vonage", json!({ "status": "never", "uuid": "c-1" })),
        (
            "synthflow",
            json!({ "status": "never", "call": { "call_id": "c-1" } }),
        ),
        (
            "amazon-connect",
            json!({ "detail": { "channel": "VOICE", "contactId": "c-1", "eventType": "NEVER" } }),
        ),
        ("dialpad", json!({ "state": "never", "call_id": "c-1" })),
        (
            "aircall",
            json!({ "event": "call.never", "resource": "call", "data": { "id": "c-1" } }),
        ),
        (
            "ringcentral",
            json!({ "event": "/telephony/sessions", "body": { "telephonySessionId": "c-1", "parties": [{ "status": { "code": "Never" } }] } }),
        ),
        (
            "freeswitch",
            json!({ "Event-Name": "NEVER", "Unique-ID": "c-1" }),
        ),
        (
            "asterisk",
            json!({ "type": "Never", "channel": { "id": "c-1", "name": "PJSIP/1" } }),
        ),
    ]
}

#[test]
fn an_unknown_event_is_kept_with_its_call_and_answered() {
    let plivo = ("plivo", Value::from("Event=Never&CallUUID=c-1"));
    for (name, message) in unheard_of().into_iter().chain([plivo]) {
        let body = message
            .as_str()
            .map_or_else(|| message.to_string(), str::to_owned);
        let request = post(&[], body.as_bytes());
        let read = provider(name).read(&request).unwrap();
        assert_eq!(read.len(), 1, "{name}");
        assert_eq!(
            (
                read[0].claims.as_slice(),
                read[0].call.provider_call_id.as_str()
            ),
            (&[][..], "c-1"),
            "{name}"
        );
        assert_eq!(
            provider(name)
                .reply(&request, &read, &Answer::default())
                .status,
            200,
            "{name}"
        );
    }
}

#[test]
fn an_unknown_reason_ends_the_call_in_the_platform_s_own_word() {
    let odd = "gone-fishing \u{202e}\0";
    let endings = [
        (
            "vapi",
            json!({ "message": { "type": "end-of-call-report", "call": { "id": "c-1" }, "endedReason": odd } }),
        ),
        (
            "retell",
            json!({ "event": "call_ended", "call": { "call_id": "c-1", "disconnection_reason": odd } }),
        ),
        (
            "elevenlabs",
            json!({ "type": "call_initiation_failure", "data": { "conversation_id": "c-1", "failure_reason": odd } }),
        ),
        (
            "bland",
            json!({ "call_id": "c-1", "completed": true, "call_ended_by": odd }),
        ),
        (
            "livekit",
            json!({ "event": "participant_left", "participant": { "kind": "SIP", "sid": "c-1", "disconnectReason": odd } }),
        ),
        (
            "telnyx",
            json!({ "data": { "event_type": "call.hangup", "payload": { "call_control_id": "c-1", "hangup_cause": odd } } }),
        ),
        (
            "synthflow",
            json!({ "status": "completed", "call": { "call_id": "c-1", "end_call_reason": odd } }),
        ),
        (
            "autocalls",
            json!({ "id": "c-1", "status": odd, "finished_at": "2026-03-02T09:16:18Z" }),
        ),
        (
            "amazon-connect",
            json!({ "detail": { "channel": "VOICE", "contactId": "c-1", "eventType": "DISCONNECTED", "disconnectReason": odd } }),
        ),
        (
            "aircall",
            json!({ "event": "call.ended", "data": { "id": "c-1", "status": "done", "missed_call_reason": odd } }),
        ),
        (
            "ringcentral",
            json!({ "event": "/telephony/sessions", "body": { "telephonySessionId": "c-1", "parties": [{ "status": { "code": "Disconnected", "reason": odd } }] } }),
        ),
        (
            "freeswitch",
            json!({ "Event-Name": "CHANNEL_HANGUP_COMPLETE", "Unique-ID": "c-1", "Hangup-Cause": odd }),
        ),
        (
            "asterisk",
            json!({ "type": "ChannelDestroyed", "cause_txt": odd, "channel": { "id": "c-1" } }),
        ),
    ];
    for (name, message) in endings {
        let body = message.to_string();
        let read = provider(name).read(&post(&[], body.as_bytes())).unwrap();
        let folded = fold(None, &read[0], "e-1", now(), &provider(name).policy());
        assert!(folded.call.has(Kind::Ended), "{name}");
        assert_eq!(
            folded.call.snapshot.end_reason.as_deref(),
            Some(odd.trim()),
            "{name}"
        );
    }
}
