//! Every form of events is read, and everything wrong in it is named.

use super::*;
use http::HeaderValue;

const EVENT: &str = r#"{"kind": "call.ended", "call": {"provider_call_id": "c-1"}}"#;

fn read(kind: &'static str, body: &str) -> Result<Vec<Observation>> {
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_static(kind));
    super::read(&headers, body.as_bytes(), 3)
}

fn count(kind: &'static str, body: &str) -> usize {
    read(kind, body)
        .map(|observations| observations.len())
        .unwrap()
}

fn refusal(kind: &'static str, body: &str) -> (Code, Vec<String>) {
    let error = read(kind, body).unwrap_err();
    (
        error.code,
        error
            .errors
            .into_iter()
            .map(|problem| problem.path)
            .collect(),
    )
}

#[test]
fn one_event_a_list_and_lines_are_read() {
    assert_eq!(count("application/json; charset=utf-8", EVENT), 1);
    assert_eq!(count("application/json", &format!("[{EVENT},{EVENT}]")), 2);
    assert_eq!(
        count(
            "application/x-ndjson",
            &format!("{EVENT}\n\n{EVENT}\r\n{EVENT}\n")
        ),
        3
    );
    assert_eq!(count("application/json", &format!("{EVENT}\n{EVENT}")), 2);
    assert_eq!(
        super::read(&HeaderMap::new(), EVENT.as_bytes(), 3)
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn cloud_events_are_read_structured_batched_and_binary() {
    let cloud = r#"{"specversion": "1.0", "type": "call.ended", "source": "/x", "id": "e-1", "data": {"call": {"provider_call_id": "c"}}}"#;
    assert_eq!(count("application/cloudevents+json", cloud), 1);
    assert_eq!(
        count(
            "application/cloudevents-batch+json",
            &format!("[{cloud},{cloud}]")
        ),
        2
    );
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("ce-specversion", "1.0"),
        ("ce-type", "call.ended"),
        ("ce-id", "e-1"),
        ("ce-source", "/x"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let binary = super::read(&headers, br#"{"call": {"provider_call_id": "c"}}"#, 3).unwrap();
    assert_eq!(binary[0].dedupe, "e-1");
    assert_eq!(binary[0].claims[0], calls::Kind::Ended);
}

#[test]
fn all_problems_of_all_events_are_named_below_their_position() {
    let wrong = r#"{"kind": "call.ended", "call": {"provider_call_id": "c", "duration_s": "long", "direction": 7}}"#;
    let (code, paths) = refusal("application/json", &format!("[{EVENT}, {wrong}, {{}}]"));
    assert_eq!(code, Code::InvalidEvent);
    assert!(paths.contains(&"/1/call/duration_s".into()), "{paths:?}");
    assert!(paths.contains(&"/2/kind".into()), "{paths:?}");
    let (_, paths) = refusal("application/json", wrong);
    assert!(paths.contains(&"/call/duration_s".into()), "{paths:?}");
    assert_eq!(refusal("application/x-ndjson", "{}").1[0], "/0/kind");
}

#[test]
fn a_syntax_error_is_told_with_its_document_and_line() {
    let error = read("application/x-ndjson", &format!("{EVENT}\n{{\"kind\"")).unwrap_err();
    assert_eq!(
        (error.code, error.errors[0].path.as_str()),
        (Code::InvalidJson, "/1")
    );
    assert!(
        error.errors[0].message.starts_with("line 2, "),
        "{}",
        error.errors[0].message
    );
}

#[test]
fn what_is_too_much_empty_or_not_json_is_refused() {
    let four = format!("[{EVENT},{EVENT},{EVENT},{EVENT}]");
    assert_eq!(refusal("application/json", &four).0, Code::PayloadTooLarge);
    assert_eq!(
        refusal(
            "application/x-ndjson",
            &four[1..four.len() - 1].replace("},{", "}\n{")
        )
        .0,
        Code::PayloadTooLarge
    );
    for body in ["", "[]", "  \n"] {
        assert_eq!(
            refusal("application/json", body).0,
            Code::InvalidEvent,
            "{body:?}"
        );
    }
    for body in ["7", "null", "\"x\"", "[[]]"] {
        assert_eq!(
            refusal("application/json", body).0,
            Code::InvalidEvent,
            "{body}"
        );
    }
    for kind in [
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "text/plain",
    ] {
        assert_eq!(refusal(kind, EVENT).0, Code::UnsupportedMediaType, "{kind}");
    }
    for body in [
        "------x\r\nContent-Disposition: form-data; name=\"files\"",
        "{\"kind\": NaN}",
        "{\"at\": 1e400}",
        "{\"a\":\"\\ud800\"}",
    ] {
        assert_eq!(
            refusal("application/json", body).0,
            Code::InvalidJson,
            "{body}"
        );
    }
    assert_eq!(
        refusal("application/json", &"[".repeat(100_000)).0,
        Code::TooDeep
    );
}
