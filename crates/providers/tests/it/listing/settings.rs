//! Settings before anything is asked, and answers that are no list.

use super::*;
use providers::listing::problems;

#[test]
fn what_is_no_list_is_said_to_be_none() {
    for name in ["vapi", "retell", "twilio"] {
        for answer in ["<html>", "{}", "[1", "null", r#"{"calls": 7, "items": {}}"#] {
            let read = list(name).read(&json!({}), answer.as_bytes(), None, 9);
            assert!(
                read.unwrap_err().contains("is this its API?"),
                "{name} {answer}"
            );
        }
    }
    // Of a list, what has no id is left out.
    assert!(
        read("vapi", &json!({}), &json!([7, {}, null]), 9)
            .calls
            .is_empty()
    );
}

#[test]
fn settings_are_checked_before_anything_is_asked() {
    let names = |name: &str, api: Value| {
        let problems = problems(list(name), &api).into_iter();
        problems.map(|(field, _)| field).collect::<Vec<_>>()
    };
    assert_eq!(names("vapi", json!({ "agent": "x" })), ["agent", "api_key"]);
    assert_eq!(
        names("retell", json!({ "api_key": 7 })),
        ["api_key", "api_key"]
    );
    assert_eq!(names("retell", json!({ "api_key": "a\nb" })), ["api_key"]);
    let wrong = json!({ "account_sid": "AC1", "key_sid": "AC2", "api_key": "k" });
    assert_eq!(names("twilio", wrong), ["account_sid", "key_sid"]);
    assert_eq!(names("twilio", twilio_api()), [""; 0]);
    let many = vec!["a"; 51].join(",");
    assert_eq!(
        names("vapi", json!({ "api_key": "k", "assistant_id": many })),
        ["assistant_id"]
    );
}
