//! `file.fetch`: a small file from an address, whole, for later steps: as text where it is one, else in base64. Large ones go
//! straight from an address into a storage, with `storage.put`.

use super::http_request::field;
use super::{Action, Call, Done, auth, input};
use crate::client::File;
use crate::describe::{FieldWords, Input, Words};
use crate::draft::Draft;
use crate::failure::{Code, Fault};
use crate::guard::destination;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use kernel::Problem;
use kernel::flow::{ActionSpec, Connects, Field, OnUnknown};
use kernel::lang::Place;
use kernel::retry::{Retry, Schedule};
use kernel::run::{Output, Request};
use kernel::usage::Used;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};
use std::time::Duration;

/// In base64 this is a mebibyte.
const MOST: u64 = 768 << 10;

pub(super) struct FileFetch(ActionSpec);

impl FileFetch {
    pub(super) fn new() -> Self {
        Self(ActionSpec {
            name: "file.fetch",
            fields: vec![
                Field {
                    required: true,
                    ..field("url", Place::Url, "http or https")
                },
                field(
                    "auth",
                    Place::Text,
                    "a bearer token, or {bearer}, {basic: {user, password}}, {header: {name, value}}, {connection}",
                ),
                Field {
                    secrets: false,
                    ..field(
                        "max_bytes",
                        Place::Text,
                        "a larger file fails the step; 786,432 at most, and unless given",
                    )
                },
            ],
            retry: Retry {
                attempts: 5,
                schedule: Schedule::Exponential {
                    first: Duration::from_secs(2),
                    factor: 4.0,
                    max: Duration::from_secs(600),
                },
            },
            timeout: Duration::from_secs(30),
            on_unknown: OnUnknown::Retry,
            settles: false,
            connects: Connects {
                kinds: &["bearer", "basic", "header"],
                required: false,
            },
            complete,
        })
    }
}

fn complete(with: &mut Map<String, Value>) -> Vec<Problem> {
    let mut problems: Vec<Problem> = auth::check(with).into_iter().collect();
    let most = with.get("max_bytes").map(input::text);
    if most.is_some_and(|most| !super::content::is_template(&most) && parse(&most).is_none()) {
        problems.push(Problem::new("/max_bytes", wrong()));
    }
    problems
}

fn parse(most: &str) -> Option<usize> {
    let most = most.trim().parse::<u64>().ok()?;
    (1..=MOST).contains(&most).then_some(most as usize)
}

fn wrong() -> String {
    format!("`max_bytes` is a whole number from 1 to {MOST}")
}

#[async_trait::async_trait]
impl Action for FileFetch {
    fn spec(&self) -> &ActionSpec {
        &self.0
    }

    fn words(&self) -> Words {
        Words {
            label: "Fetch a file",
            description: "Reads a small file from an address, for later steps. To keep a recording, store it straight from its address instead.",
            fields: vec![
                FieldWords::new(
                    "url",
                    "URL",
                    Input::Url,
                    "https://files.example.com/prices.csv",
                ),
                FieldWords::new(
                    "auth",
                    "Sign in with",
                    Input::Auth,
                    "{{ secrets.files_key }}",
                ),
                FieldWords::new("max_bytes", "At most (bytes)", Input::Number(MOST), 100_000),
            ],
            sample_answer: json!({
                "text": "item,price\r\nvisit,80\r\n", "content_type": "text/csv", "size": 23, "name": "prices.csv"
            }),
        }
    }

    fn destination(&self, with: &Map<String, Value>) -> Option<String> {
        destination(with.get("url")?.as_str()?)
    }

    async fn perform(&self, call: &Call<'_>) -> Done {
        let (draft, most) = match draft(call).and_then(|draft| Ok((draft, most(call)?))) {
            Ok(asked) => asked,
            Err(fault) => return fault.into(),
        };
        let (result, exchange) = call.files.fetch(draft, most, call).await;
        Done {
            result: result.map(|file| output(&file, call)),
            exchange: Some(exchange),
            used: Used::default(),
        }
    }

    fn preview(&self, call: &Call<'_>) -> Result<Request, Fault> {
        Ok(draft(call)?.shown())
    }
}

fn draft(call: &Call<'_>) -> Result<Draft, Fault> {
    let (with, secrets) = (&call.perform.with, &call.secrets);
    let mut draft = Draft::new(Method::GET, input::url(with)?, secrets)?;
    let given = input::given(with, "auth");
    auth::write(&mut draft, given, call.connection.as_deref(), secrets)?;
    call.mark(&mut draft)?;
    Ok(draft)
}

fn most(call: &Call<'_>) -> Result<usize, Fault> {
    match input::given(&call.perform.with, "max_bytes").map(input::text) {
        None => Ok(MOST as usize),
        Some(most) if most.is_empty() => Ok(MOST as usize),
        Some(most) => parse(&most).ok_or_else(|| Code::BadInput.because(wrong())),
    }
}

fn output(file: &File, call: &Call<'_>) -> Output {
    let url = call.perform.with.get("url").and_then(Value::as_str);
    let kind = file.kind.as_deref();
    let mut body = Map::new();
    match std::str::from_utf8(&file.content) {
        Ok(text) if is_text(kind) && !text.contains('\0') => {
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            body.insert("text".into(), text.into());
        }
        _ => {
            body.insert("base64".into(), STANDARD.encode(&file.content).into());
        }
    }
    body.insert(
        "content_type".into(),
        kind.unwrap_or("application/octet-stream").into(),
    );
    body.insert("size".into(), file.content.len().into());
    body.insert(
        "name".into(),
        name(file.disposition.as_deref(), url.unwrap_or_default()).into(),
    );
    let mut body = Value::Object(body);
    call.secrets.mask_value(&mut body);
    Output {
        status: Some(file.status),
        headers: Value::Null,
        body,
    }
}

/// What nobody says anything about may be a text, too.
fn is_text(kind: Option<&str>) -> bool {
    let Some(kind) = kind else { return true };
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let known = [
        "application/json",
        "application/xml",
        "application/javascript",
        "application/x-ndjson",
        "application/yaml",
    ];
    kind.starts_with("text/")
        || kind.ends_with("+json")
        || kind.ends_with("+xml")
        || known.contains(&kind.as_str())
}

/// What the receiver calls the file, else the last part of its address: a plain name either way.
fn name(disposition: Option<&str>, url: &str) -> String {
    let said = disposition.and_then(said_name);
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    let last = || {
        path.split('/')
            .skip(1)
            .filter(|part| !part.is_empty())
            .last()
    };
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let name = said.or_else(|| last().map(decoded)).unwrap_or_default();
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name
        .chars()
        .filter(|sign| !sign.is_control())
        .take(200)
        .collect();
    match name.trim().trim_start_matches('.') {
        "" => "file".into(),
        name => name.into(),
    }
}

/// RFC 6266: `filename*` before `filename`.
fn said_name(disposition: &str) -> Option<String> {
    let part = |name: &str| {
        let parts = disposition.split(';').skip(1);
        let mut parts = parts.filter_map(|part| part.trim().split_once('='));
        parts
            .find(|(known, _)| known.trim().eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    };
    if let Some((_, encoded)) = part("filename*").and_then(|value| value.split_once("''")) {
        return Some(percent_decode_str(encoded).decode_utf8_lossy().into_owned());
    }
    Some(part("filename")?.trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_plain_name_whatever_it_is_called() {
        let from = |disposition: &str| name(Some(disposition), "https://e.com/x");
        assert_eq!(from("attachment; filename=\"a b.pdf\""), "a b.pdf");
        assert_eq!(
            from("attachment; filename=x; filename*=UTF-8''%C3%BCber.pdf"),
            "über.pdf"
        );
        assert_eq!(from("attachment; filename=\"../../etc/passwd\""), "passwd");
        assert_eq!(
            from("attachment; filename*=UTF-8''..%2F..%5Ca.txt"),
            "a.txt"
        );
        assert_eq!(from("attachment; filename=\".htaccess\""), "htaccess");
        assert_eq!(from("attachment"), "x");
        let at = |url| name(None, url);
        assert_eq!(at("https://e.com/a/b%20c.mp3?sig=/x"), "b c.mp3");
        assert_eq!(at("https://e.com/a/"), "a");
        assert_eq!(at("https://e.com"), "file");
        assert_eq!(at("https://e.com/%2e%2e"), "file");
    }

    #[test]
    fn texts_are_told_by_their_type() {
        for kind in [
            "text/csv",
            "TEXT/plain; charset=utf-8",
            "application/json",
            "application/ld+json",
            "image/svg+xml",
        ] {
            assert!(is_text(Some(kind)), "{kind}");
        }
        for kind in [
            "audio/mpeg",
            "application/pdf",
            "application/octet-stream",
            "",
        ] {
            assert!(!is_text(Some(kind)), "{kind}");
        }
    }
}
