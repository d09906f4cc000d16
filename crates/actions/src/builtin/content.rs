//! The body of a request: a JSON tree, a raw text, or a form.

use super::input::{given, pairs, text};
use crate::draft::Draft;
use crate::failure::{Code, Fault};
use crate::secret::{Secrets, encode_component};
use http::header::CONTENT_TYPE;
use kernel::Problem;
use serde_json::{Map, Value};
use std::borrow::Cow;

const KINDS: [&str; 3] = ["json", "body", "form"];
const MAX_BODY: usize = 8 << 20;

/// Whether a text on save holds a placeholder.
pub(crate) fn is_template(text: &str) -> bool {
    text.contains("{{") || text.contains("${")
}

/// A JSON body may be null.
pub(crate) fn is_given(with: &Map<String, Value>) -> bool {
    with.contains_key("json") || given(with, "body").is_some() || given(with, "form").is_some()
}

/// At most one kind of body may be given.
pub(crate) fn check(with: &Map<String, Value>) -> Vec<Problem> {
    let given: Vec<&str> = KINDS
        .into_iter()
        .filter(|kind| with.contains_key(*kind))
        .collect();
    let Some((first, others)) = given.split_first() else {
        return Vec::new();
    };
    others
        .iter()
        .map(|kind| {
            Problem::new(
                format!("/{kind}"),
                format!("`{kind}` and `{first}` exclude each other"),
            )
        })
        .collect()
}

/// Puts the body that is given into the request, with its content type unless the flow has set one.
pub(crate) fn write(
    draft: &mut Draft,
    with: &Map<String, Value>,
    secrets: &Secrets,
) -> Result<(), Fault> {
    let tree = with.get("json");
    let (text, kind) = if let Some(tree) = tree {
        let text = serde_json::to_string(tree).expect("a JSON value is written");
        (text, "application/json")
    } else if let Some(raw) = given(with, "body") {
        let raw = text(raw).into_owned();
        let kind = match raw.trim_start().starts_with(['{', '[']) {
            true => "application/json",
            false => "text/plain; charset=utf-8",
        };
        (raw, kind)
    } else if given(with, "form").is_some() {
        let form = encode(&pairs(with, "form")?);
        (form, "application/x-www-form-urlencoded")
    } else {
        return Ok(());
    };
    let shown = secrets.shown(&text);
    let revealed = match tree {
        Some(_) => secrets.reveal_json(&text),
        None => secrets.reveal(&text),
    };
    let body = match revealed {
        Cow::Owned(revealed) => revealed,
        Cow::Borrowed(_) => text,
    };
    if body.len() > MAX_BODY {
        let message = format!(
            "the body has {} bytes; at most {MAX_BODY} are sent",
            body.len()
        );
        return Err(Code::BadInput.because(message));
    }
    draft.default(CONTENT_TYPE, kind);
    draft.body(body, shown);
    Ok(())
}

/// The URL with the query's pairs before its fragment.
pub(crate) fn with_query(url: &str, with: &Map<String, Value>) -> Result<String, Fault> {
    let query = encode(&pairs(with, "query")?);
    let (base, fragment) = url
        .split_once('#')
        .map_or((url, None), |(base, rest)| (base, Some(rest)));
    let mut whole = base.to_owned();
    if !query.is_empty() {
        match base.find('?') {
            None => whole.push('?'),
            Some(at) if at + 1 < base.len() && !base.ends_with('&') => whole.push('&'),
            Some(_) => {}
        }
        whole.push_str(&query);
    }
    if let Some(fragment) = fragment {
        whole.push('#');
        whole.push_str(fragment);
    }
    Ok(whole)
}

fn encode(pairs: &[(&str, Cow<'_, str>)]) -> String {
    let mut encoded = String::new();
    for (name, value) in pairs {
        if !encoded.is_empty() {
            encoded.push('&');
        }
        encoded.push_str(&encode_component(name));
        encoded.push('=');
        encoded.push_str(&encode_component(value));
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_query_is_appended_encoded_and_before_the_fragment() {
        let with = json!({ "query": { "phone": "+1 555", "tag": ["a&b", 2, true], "none": null } });
        let with = with.as_object().unwrap();
        let query = "phone=%2B1%20555&tag=a%26b&tag=2&tag=true&none=";
        for (url, whole) in [
            ("https://e.com/p", format!("https://e.com/p?{query}")),
            ("https://e.com/p?", format!("https://e.com/p?{query}")),
            (
                "https://e.com/p?x=1",
                format!("https://e.com/p?x=1&{query}"),
            ),
            (
                "https://e.com/p?x=1&",
                format!("https://e.com/p?x=1&{query}"),
            ),
            (
                "https://e.com/p#f?x",
                format!("https://e.com/p?{query}#f?x"),
            ),
        ] {
            assert_eq!(with_query(url, with).unwrap(), whole);
        }
    }
}
