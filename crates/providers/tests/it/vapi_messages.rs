//! What Vapi's messages claim, beyond the shared samples.

use crate::world::{post, provider, read};
use calls::{Kind, Observation};
use serde_json::{Value, json};

fn message(fields: Value) -> Value {
    let mut message = json!({
        "timestamp": 1_763_642_000_457_i64,
        "call": { "id": "c-1", "type": "outboundPhoneCall", "customer": { "number": "+14155550123", "name": "Ada Byron King" } },
        "phoneNumber": { "number": "+14155550100" },
    });
    for (name, value) in fields.as_object().unwrap() {
        message[name] = value.clone();
    }
    json!({ "message": message })
}

fn only(fields: Value) -> Observation {
    let mut observations = read("vapi", &message(fields)).unwrap();
    assert_eq!(observations.len(), 1);
    observations.remove(0)
}

fn status(word: &str) -> Observation {
    only(json!({ "type": "status-update", "status": word }))
}

#[test]
fn each_status_is_the_moment_it_stands_for() {
    let cases: [(&str, &[Kind], Option<&str>); 5] = [
        ("queued", &[], Some("initiated")),
        ("ringing", &[Kind::Started], Some("ringing")),
        (
            "in-progress",
            &[Kind::Started, Kind::Answered],
            Some("in-progress"),
        ),
        ("forwarding", &[Kind::TransferStarted], Some("in-progress")),
        ("ended", &[Kind::Ended], None),
    ];
    for (word, claims, status_word) in cases {
        let observation = status(word);
        assert_eq!(observation.claims, claims, "{word}");
        assert_eq!(observation.call.status.as_deref(), status_word, "{word}");
        assert!(!observation.complete, "{word}");
    }
    let unknown = message(json!({ "type": "status-update", "status": "deletion-failed" }));
    assert_eq!(read("vapi", &unknown), Ok(vec![]));
}

#[test]
fn numbers_and_names_go_by_the_direction() {
    let call = status("ringing").call;
    assert_eq!(call.direction.as_deref(), Some("outbound"));
    assert_eq!(call.from.as_deref(), Some("+14155550100"));
    assert_eq!(call.to.as_deref(), Some("+14155550123"));
    assert_eq!(call.contact["first_name"], "Ada");
    assert_eq!(call.contact["last_name"], "Byron King");
    let web = message(
        json!({ "type": "status-update", "status": "ringing", "call": { "id": "c-2", "type": "webCall" } }),
    );
    let call = read("vapi", &web).unwrap().remove(0).call;
    assert_eq!(
        (call.direction.as_deref(), call.from, call.to),
        (Some("web"), None, None)
    );
}

#[test]
fn a_transfer_is_told_once_though_two_messages_speak_of_it() {
    let destination = json!({ "type": "number", "number": "+14155550177" });
    let forwarding = only(
        json!({ "type": "status-update", "status": "forwarding", "destination": destination }),
    );
    let update = only(
        json!({ "type": "transfer-update", "timestamp": 1_763_642_000_999_i64, "destination": destination }),
    );
    assert_eq!(forwarding.dedupe, update.dedupe);
    let elsewhere = only(
        json!({ "type": "transfer-update", "destination": { "type": "number", "number": "+14155550178" } }),
    );
    assert_ne!(forwarding.dedupe, elsewhere.dedupe);
}

#[test]
fn a_forwarded_call_ends_its_transfer() {
    let report = only(json!({
        "type": "end-of-call-report", "endedReason": "assistant-forwarded-call",
        "destination": { "type": "number", "number": "+14155550177" },
    }));
    assert_eq!(report.claims, [Kind::Ended, Kind::TransferEnded]);
    let transfer = report.call.transfer.unwrap();
    assert_eq!(transfer.to.as_deref(), Some("+14155550177"));
    assert_eq!(transfer.status.as_deref(), Some("connected"));
}

#[test]
fn a_report_without_analysis_says_that_none_will_come() {
    let report = only(
        json!({ "type": "end-of-call-report", "endedReason": "customer-did-not-answer", "analysis": {} }),
    );
    assert!(report.complete && report.no_analysis_to_come);
    assert_eq!(report.claims, [Kind::Ended]);
    assert_eq!(report.call.status.as_deref(), Some("unanswered"));
    let analysed =
        only(json!({ "type": "end-of-call-report", "analysis": { "summary": "Fine." } }));
    assert!(analysed.complete && !analysed.no_analysis_to_come);
    assert_eq!(analysed.claims, [Kind::Ended, Kind::Analyzed]);
}

#[test]
fn a_presigned_recording_goes_before_one_that_may_be_private() {
    let report = only(json!({ "type": "end-of-call-report", "artifact": {
        "recordingUrl": "https://storage.example/c-1-mono.wav",
        "presignedMonoUrl": "https://storage.example/c-1-mono.WAV?X-Amz-Expires=1800",
        "presignedUrlsExpiresAt": "2025-11-20T13:05:28Z",
    } }));
    let recording = report.call.recording.unwrap();
    assert!(recording.url.unwrap().ends_with("X-Amz-Expires=1800"));
    assert_eq!(recording.format.as_deref(), Some("wav"));
    assert_eq!(recording.channels, Some(1));
    assert_eq!(
        recording.expires_at.unwrap().to_string(),
        "2025-11-20T13:05:28Z"
    );
}

#[test]
fn several_tool_calls_in_one_message_are_several_observations_in_order() {
    let calls = json!([
        { "id": "t-1", "type": "function", "function": { "name": "check", "arguments": "{\"day\":\"Tue\"}" } },
        { "id": "t-2", "name": "book", "parameters": { "day": "Tue" } },
        { "name": "nameless", "arguments": "plain text" },
    ]);
    let read = read(
        "vapi",
        &message(json!({ "type": "tool-calls", "toolCallList": calls })),
    )
    .unwrap();
    let tools: Vec<_> = read.iter().map(|one| one.tool.clone().unwrap()).collect();
    assert_eq!(tools[0].arguments, tools[1].arguments);
    assert_eq!(tools[1].id.as_deref(), Some("t-2"));
    assert_eq!(tools[2].arguments, json!("plain text"));
    let keys: std::collections::HashSet<_> = read.iter().map(|one| &one.dedupe).collect();
    assert_eq!(keys.len(), 3);
    assert!(read.iter().all(|one| one.claims == [Kind::ToolCalled]));
}

#[test]
fn the_same_message_has_the_same_key_and_another_has_not() {
    let again = |fields: Value| (only(fields.clone()).dedupe, only(fields).dedupe);
    let (first, second) = again(json!({ "type": "end-of-call-report" }));
    assert_eq!(first, second);
    let later = only(json!({ "type": "end-of-call-report", "timestamp": 1_763_642_009_999_i64 }));
    assert_ne!(first, later.dedupe);
    assert_ne!(status("ringing").dedupe, status("ended").dedupe);
}

#[test]
fn a_campaign_asks_about_a_contact_before_there_is_a_call() {
    let predial = json!({ "message": { "type": "campaign.predial", "campaignId": "k-1", "contact": { "id": "p-1", "number": "+14155550123" } } });
    let observation = read("vapi", &predial).unwrap().remove(0);
    assert_eq!(observation.call.provider_call_id, "predial-p-1");
    assert_eq!(observation.claims, [Kind::Dialing]);
    assert_eq!(
        observation.call.campaign.unwrap().id.as_deref(),
        Some("k-1")
    );
}

#[test]
fn a_known_message_without_its_call_is_refused_with_the_place() {
    for kind in [
        "assistant-request",
        "end-of-call-report",
        "transfer-update",
        "transfer-destination-request",
    ] {
        let unreadable = read("vapi", &json!({ "message": { "type": kind } })).unwrap_err();
        assert_eq!(unreadable.path, "/message/call/id", "{kind}");
    }
    let untyped = read("vapi", &json!({ "message": { "call": { "id": "c-1" } } })).unwrap_err();
    assert_eq!(untyped.path, "/message/type");
    assert!(provider("vapi").read(&post(&[], b"not json")).is_err());
}
