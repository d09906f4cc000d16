//! Whoever answers that something has changed meanwhile, or cannot be now, says so in `openapi.json`: every answer of every
//! test is held against it.

use http::{Method, StatusCode};
use serde_json::Value;
use std::sync::LazyLock;

static DOCUMENT: LazyLock<Value> = LazyLock::new(api::openapi);

#[track_caller]
pub fn check(method: &Method, path: &str, status: StatusCode) {
    if ![StatusCode::CONFLICT, StatusCode::PRECONDITION_FAILED].contains(&status) {
        return;
    }
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let method = method.as_str().to_lowercase();
    let is_it = |template: &str| is_at(template, path);
    // What is spelled out goes before what is named.
    let found = paths.iter().filter(|(template, _)| is_it(template));
    let found = found.min_by_key(|(template, _)| template.matches('{').count());
    let (template, item) = found.unwrap_or_else(|| panic!("{path} is no address of the API"));
    assert!(
        item[&method]["responses"][status.as_str()].is_object(),
        "{method} {template} answers {status}, and does not say so"
    );
}

fn is_at(template: &str, path: &str) -> bool {
    let (template, path) = (template.split('/'), path.split('/'));
    let is_part = |(known, given): (&str, &str)| known.starts_with('{') || known == given;
    template.clone().count() == path.clone().count() && template.zip(path).all(is_part)
}
