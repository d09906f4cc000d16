//! Shapes of problem documents, and that every code has its page.

use super::*;
use engine::Refusal;
use serde_json::{Value, json};

#[test]
fn every_code_has_its_page_and_every_page_its_code() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/errors");
    let mut pages: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    let mut codes: Vec<String> = Code::ALL
        .iter()
        .map(|code| format!("{}.md", code.name()))
        .collect();
    pages.sort();
    codes.sort();
    assert_eq!(pages, codes);
    for code in Code::ALL {
        let page = code.page();
        assert!(
            page.starts_with(&format!("# {}\n", code.name())),
            "{}",
            code.name()
        );
        assert!(
            page.contains("**Cause.** ") && page.contains("**Remedy.** "),
            "{}",
            code.name()
        );
    }
}

#[test]
fn a_refusal_becomes_a_problem_document() {
    let error = Error::from(Refusal::Invalid(vec![Problem::new(
        "/steps/0/with/url",
        "is missing",
    )]));
    assert_eq!(
        serde_json::to_value(error.document()).unwrap(),
        json!({
            "type": "/docs/errors#invalid_request", "title": "The request is not valid", "status": 422, "code": "invalid_request",
            "detail": "/steps/0/with/url: is missing", "errors": [{"path": "/steps/0/with/url", "message": "is missing"}]
        })
    );
}

#[test]
fn who_must_wait_is_told_how_long_and_not_why() {
    let error = Error::from(Refusal::Unavailable("disk /dev/sda1 is full".into()));
    let response = error.clone().into_response();
    assert_eq!(response.status(), 503);
    assert_eq!(response.headers()["retry-after"], "5");
    assert_eq!(
        response.headers()["content-type"],
        "application/problem+json"
    );
    let document: Value = serde_json::to_value(error.document()).unwrap();
    assert!(!document.to_string().contains("sda1"));
    assert_eq!(
        Error::from(Refusal::Overloaded(7))
            .into_response()
            .headers()["retry-after"],
        "7"
    );
}

#[test]
fn who_is_not_known_is_told_how_to_say_who_they_are() {
    let response = Error::new(Code::Unauthorized, "no key").into_response();
    assert_eq!(response.headers()["www-authenticate"], "Bearer");
}
