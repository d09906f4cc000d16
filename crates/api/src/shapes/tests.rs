//! The documented shapes are those that the layers below write.

use crate::document::openapi;
use jiff::Timestamp;
use kernel::run;
use serde_json::{Value, json};

/// Every member of `value` must be described in the schema `name`, and every required one must be there.
fn compare(document: &Value, name: &str, value: &Value) {
    let schema = &document["components"]["schemas"][name];
    let described = schema["properties"].as_object().unwrap();
    for member in value.as_object().unwrap().keys() {
        assert!(
            described.contains_key(member),
            "{name}.{member} is not described"
        );
    }
    for member in described.keys() {
        assert!(
            value.get(member).is_some(),
            "{name}.{member} is described but not written"
        );
    }
}

#[test]
fn an_entry_is_written_as_it_is_described() {
    let at = Timestamp::UNIX_EPOCH;
    let pair = || vec![("accept".to_owned(), "*/*".to_owned())];
    let exchange = run::Exchange {
        request: run::Request {
            method: "POST".into(),
            url: "https://a.example/".into(),
            headers: pair(),
            body: Some("{}".into()),
            truncated: true,
        },
        response: Some(run::Response {
            status: 500,
            headers: pair(),
            body: Some("no".into()),
            truncated: true,
        }),
        timing: run::Timing {
            address: Some("192.0.2.1:443".into()),
            reused: false,
            dns_us: Some(1),
            connect_us: Some(2),
            tls_us: Some(3),
            first_byte_us: Some(4),
            total_us: 5,
        },
    };
    let failure = run::Failure {
        code: "http_status".into(),
        message: "500".into(),
        step: "lead".into(),
        status: Some(500),
        output: Some(run::Output {
            status: Some(500),
            headers: json!({"a": "b"}),
            body: json!("no"),
        }),
        retry: run::Retriable::Yes,
    };
    let entry = run::Entry {
        number: 0,
        step: "lead".into(),
        rounds: vec![("each".into(), 2)],
        kind: run::EntryKind::Do,
        action: Some("http.request".into()),
        attempt: 1,
        result: run::EntryResult::Failed,
        started_at: at,
        ended_at: at,
        queued_us: 7,
        error: Some(failure),
        retry_at: Some(at),
        warnings: vec!["outcome.x does not exist".into()],
        detail: json!({"then": true}),
        exchange: Some(exchange),
    };
    let (document, entry) = (openapi(), json!(entry));
    compare(&document, "Entry", &entry);
    compare(&document, "Failure", &entry["error"]);
    compare(&document, "Output", &entry["error"]["output"]);
    compare(&document, "Exchange", &entry["exchange"]);
    compare(&document, "ExchangeRequest", &entry["exchange"]["request"]);
    compare(
        &document,
        "ExchangeResponse",
        &entry["exchange"]["response"],
    );
    compare(&document, "Timing", &entry["exchange"]["timing"]);
}

#[test]
fn a_call_is_written_as_it_is_described() {
    let full = json!({
        "provider_call_id": "c", "parent_id": "p", "session_id": "s", "direction": "outbound", "from": "+1", "to": "+2", "phone_type": "mobile",
        "agent": {"id": "a", "name": "n", "language": "en", "version": "1", "profile": {"id": "p", "name": "n", "extracts": true, "awaits_recording": true}}, "campaign": {"id": "k", "name": "n", "type": "outbound", "profile": {"id": "p", "name": "n"}},
        "contact": {"id": "1", "first_name": "Ada", "last_name": "L", "email": "e", "company": "c", "phone": "p"},
        "status": "completed", "answered_by": "human", "connected": true, "started_at": "2026-11-20T17:28:00Z",
        "answered_at": "2026-11-20T17:28:00Z", "ended_at": "2026-11-20T17:28:00Z", "duration_s": 1.5, "talk_s": 1.5,
        "end_reason": "r", "ended_by": "agent", "disposition": "Interested",
        "transcript": [{"role": "agent", "text": "Hi", "start_s": 0.1, "end_s": 0.2}],
        "recording": {"url": "u", "link": "l", "channels": 2, "format": "mp3", "duration_s": 1.5, "expires_at": "2026-11-20T17:28:00Z"},
        "analysis": {"summary": "s", "success": true, "sentiment": "positive", "structured": {"a": 1}, "answers": {"q": "a"},
            "evidence": {"a": {"quote": "one", "turn": 1, "flag": "unchecked", "currency": "USD", "by": "platform"}}, "missing": ["b"], "by": "model", "state": "failed", "failure": {"message": "m", "run_id": "r"}},
        "transfer": {"to": "+3", "mode": "warm", "status": "connected", "at": "2026-11-20T17:28:00Z"},
        "variables": {"v": 1}, "metadata": {"m": 1}
    });
    let snapshot: calls::Snapshot = serde_json::from_value(full.clone()).unwrap();
    let (document, written) = (openapi(), json!(snapshot));
    assert_eq!(written, full, "everything described is known");
    compare(&document, "Call", &written);
    for (name, member) in [
        ("Agent", "agent"),
        ("Campaign", "campaign"),
        ("Contact", "contact"),
        ("Recording", "recording"),
        ("Analysis", "analysis"),
        ("Transfer", "transfer"),
    ] {
        compare(&document, name, &written[member]);
    }
    compare(&document, "AgentProfile", &written["agent"]["profile"]);
    compare(
        &document,
        "AnalysisFailure",
        &written["analysis"]["failure"],
    );
    compare(
        &document,
        "CampaignProfile",
        &written["campaign"]["profile"],
    );
    compare(&document, "Evidence", &written["analysis"]["evidence"]["a"]);
    compare(&document, "Turn", &written["transcript"][0]);
}
