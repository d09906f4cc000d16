//! What is stored: a text, a JSON value, bytes in base64, or what an address answers; and what kind of content it is.

use super::super::Call;
use super::super::input::{given, text};
use crate::client::LARGEST_FILE;
use crate::failure::{Code, Fault};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use kernel::Problem;
use kernel::run::Failure;
use serde_json::{Map, Value};

const KINDS: [&str; 4] = ["text", "json", "base64", "url"];

pub(super) struct Content {
    pub(super) bytes: Bytes,
    pub(super) kind: String,
    /// As people see it.
    pub(super) shown: String,
}

/// Exactly one kind of content is given.
pub(super) fn check(with: &Map<String, Value>) -> Vec<Problem> {
    let given: Vec<&str> = KINDS
        .into_iter()
        .filter(|kind| with.contains_key(*kind))
        .collect();
    match given.as_slice() {
        [] => vec![Problem::new(
            "/text",
            "give what is stored as one of `text`, `json`, `base64` and `url`",
        )],
        [first, others @ ..] => others
            .iter()
            .map(|kind| {
                Problem::new(
                    format!("/{kind}"),
                    format!("`{kind}` and `{first}` exclude each other"),
                )
            })
            .collect(),
    }
}

/// Whether the content has still to be fetched.
pub(super) fn is_away(with: &Map<String, Value>) -> bool {
    with.contains_key("url")
}

pub(super) async fn read(name: &str, call: &Call<'_>) -> Result<Content, Failure> {
    let with = &call.perform.with;
    let mut content = if let Some(tree) = with.get("json") {
        let text = serde_json::to_string(tree).expect("a JSON value is written");
        whole(text, "application/json")
    } else if let Some(encoded) = given(with, "base64") {
        decoded(&text(encoded), name)?
    } else if let Some(url) = given(with, "url") {
        fetched(&text(url), name, call).await?
    } else if let Some(plain) = given(with, "text") {
        whole(
            text(plain).into_owned(),
            kind_of(name).unwrap_or("text/plain; charset=utf-8"),
        )
    } else {
        return Err(Code::BadInput
            .because("there is nothing to store: `text`, `json`, `base64` and `url` are empty")
            .into());
    };
    if let Some(kind) = given(with, "content_type")
        .map(text)
        .filter(|kind| !kind.is_empty())
    {
        content.kind = kind.into_owned();
    }
    Ok(content)
}

fn whole(text: String, kind: &str) -> Content {
    Content {
        shown: text.clone(),
        bytes: text.into(),
        kind: kind.to_owned(),
    }
}

fn decoded(encoded: &str, name: &str) -> Result<Content, Fault> {
    let dense: String = encoded
        .chars()
        .filter(|sign| !sign.is_ascii_whitespace())
        .collect();
    let bytes = STANDARD
        .decode(dense)
        .map_err(|error| Code::BadInput.because(format!("`base64` is not base64: {error}")))?;
    Ok(unseen(
        bytes.into(),
        kind_of(name)
            .unwrap_or("application/octet-stream")
            .to_owned(),
    ))
}

async fn fetched(url: &str, name: &str, call: &Call<'_>) -> Result<Content, Failure> {
    let file = call
        .files
        .download(url, LARGEST_FILE, call)
        .await
        .map_err(|failure| Failure {
            message: format!("`url`: {}", failure.message),
            // What its receiver said is no answer of the storage.
            output: None,
            ..failure
        })?;
    let kind = file.kind.or_else(|| kind_of(name).map(str::to_owned));
    Ok(unseen(
        file.content,
        kind.unwrap_or_else(|| "application/octet-stream".into()),
    ))
}

fn unseen(bytes: Bytes, kind: String) -> Content {
    Content {
        shown: format!("({} bytes of {kind})", bytes.len()),
        bytes,
        kind,
    }
}

/// By the end of its name.
fn kind_of(name: &str) -> Option<&'static str> {
    let (_, end) = name.rsplit_once('.')?;
    Some(match end.to_ascii_lowercase().as_str() {
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "pdf" => "application/pdf",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "ogg" => "audio/ogg",
        "m4a" => "audio/mp4",
        "mp4" => "video/mp4",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "ics" => "text/calendar; charset=utf-8",
        "zip" => "application/zip",
        _ => return None,
    })
}
