//! JSON request bodies: content type, size, syntax and shape checked in this order, each refusal naming the place.
//! An empty body counts as `{}`.

use crate::errors::{Code, Error, Result};
use crate::state::State;
use axum::body::HttpBody;
use axum::extract::{FromRequest, Request};
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, header};
use http_body_util::BodyExt;
use kernel::Problem;
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};
use std::time::Duration;
use tokio::time::timeout;

pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<State> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &State) -> Result<Self> {
        let kind = media_type(request.headers());
        let json = kind
            .as_deref()
            .is_some_and(|kind| kind == "application/json" || kind.ends_with("+json"));
        let bytes = bytes(request.into_body(), state.settings.limits.body).await?;
        if bytes.is_empty() {
            return Ok(Self(parse(b"{}")?));
        }
        if !json {
            let given = kind.unwrap_or_else(|| "no content type".into());
            let detail = format!("send application/json, not {given}");
            return Err(Error::new(Code::UnsupportedMediaType, detail));
        }
        Ok(Self(parse(&bytes)?))
    }
}

/// The content type without its parameters, in lower case.
pub fn media_type(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(text.split(';').next()?.trim().to_ascii_lowercase())
}

/// How much of a body that is too large is read and thrown away, and for how long, so that its sender hears why instead of
/// finding the connection broken.
const DRAINED: usize = 64 << 20;
const DRAINING: Duration = Duration::from_secs(2);

/// How long a body may take to come: meanwhile it holds room that others need.
const LONGEST: Duration = Duration::from_secs(30);

/// The whole body, unless it has more than `limit` bytes or does not come.
pub async fn bytes(body: axum::body::Body, limit: usize) -> Result<Bytes> {
    in_time(body, limit, LONGEST).await
}

async fn in_time(mut body: axum::body::Body, limit: usize, longest: Duration) -> Result<Bytes> {
    if body.size_hint().lower() <= limit as u64 {
        let read = timeout(longest, read(&mut body, limit)).await;
        let late = |_| {
            let detail = format!("the body had not come after {} seconds", longest.as_secs());
            Error::new(Code::RequestTimeout, detail)
        };
        if let Some(bytes) = read.map_err(late)?? {
            return Ok(bytes);
        }
    }
    let _ = timeout(DRAINING, drain(body)).await;
    let detail = format!("the body has more than {limit} bytes");
    Err(Error::new(Code::PayloadTooLarge, detail))
}

/// `None` once there is more than `limit`.
async fn read(body: &mut axum::body::Body, limit: usize) -> Result<Option<Bytes>> {
    // A body that grows would be in memory twice while it is moved.
    let stated = body.size_hint().exact().unwrap_or_default();
    let mut kept = BytesMut::with_capacity((stated as usize).min(limit));
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Error::new(Code::InvalidJson, "the body ended early"))?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        if kept.len() + data.len() > limit {
            return Ok(None);
        }
        if kept.is_empty() && body.is_end_stream() {
            return Ok(Some(data));
        }
        kept.extend_from_slice(&data);
    }
    Ok(Some(kept.freeze()))
}

async fn drain(mut body: axum::body::Body) {
    let mut seen = 0;
    while let Some(Ok(frame)) = body.frame().await {
        seen += frame.data_ref().map_or(0, Bytes::len);
        if seen > DRAINED {
            break;
        }
    }
}

/// A document of ours from JSON text.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let mut source = serde_json::Deserializer::from_slice(without_mark(bytes));
    let value: T = serde_path_to_error::deserialize(&mut source).map_err(|error| {
        if error.inner().is_data() {
            let message = message(error.inner());
            return Error::invalid(
                Code::InvalidRequest,
                vec![Problem::new(pointer(error.path()), message)],
            );
        }
        malformed(error.inner(), "")
    })?;
    source.end().map_err(|error| malformed(&error, ""))?;
    Ok(value)
}

/// The bytes after a UTF-8 byte order mark, which some senders put first.
pub fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Text that is not JSON, or nested too deeply to read; `path` is the place of the document it was in.
pub fn malformed(error: &serde_json::Error, path: &str) -> Error {
    let (line, column) = (error.line(), error.column());
    let message = message(error);
    let code = match message.contains("recursion limit") {
        true => Code::TooDeep,
        false => Code::InvalidJson,
    };
    let message = format!("line {line}, column {column}: {message}");
    Error::invalid(code, vec![Problem::new(path, message)])
}

/// serde's message without the position that it appends, and without a text that it quotes: it may be a secret that stands in
/// the wrong place.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = &text[..text.rfind(" at line ").unwrap_or(text.len())];
    match (text.find(": string \""), text.rfind("\", expected ")) {
        (Some(from), Some(to)) if from < to => {
            format!("{}: string{}", &text[..from], &text[to + 1..])
        }
        _ => text.to_owned(),
    }
}

fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer += &format!("/{index}"),
            Segment::Map { key } => {
                pointer += &format!("/{}", key.replace('~', "~0").replace('/', "~1"))
            }
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::Value;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Thing {
        name: String,
        #[serde(default)]
        scopes: Vec<String>,
    }

    fn refusal(text: &[u8]) -> (Code, String, String) {
        let error = parse::<Thing>(text).unwrap_err();
        let Problem { path, message } = error.errors[0].clone();
        (error.code, path, message)
    }

    #[test]
    fn a_mistake_in_the_syntax_is_told_with_line_and_column() {
        let (code, _, message) = refusal(b"{\n  \"name\": nope}");
        assert_eq!(code, Code::InvalidJson);
        assert!(message.starts_with("line 2, column "), "{message}");
        for text in [
            &b"{\"name\": \"a\"} x"[..],
            b"{\"name\": \"\xff\"}",
            b"{\"name\": 1e400}",
            b"[",
            b"\x00",
        ] {
            assert_eq!(refusal(text).0, Code::InvalidJson, "{text:?}");
        }
    }

    #[test]
    fn a_mistake_in_the_shape_is_told_with_its_pointer() {
        let (code, path, message) = refusal(br#"{"name": "a", "scopes": ["read", 7]}"#);
        assert_eq!((code, path.as_str()), (Code::InvalidRequest, "/scopes/1"));
        assert!(message.contains("expected a string"), "{message}");
        assert!(refusal(b"{}").2.contains("missing field `name`"));
        assert!(refusal(br#"{"name": "a", "nmae": 1}"#).2.contains("nmae"));
        assert!(
            refusal(br#"{"name": "a", "name": "b"}"#)
                .2
                .contains("duplicate field")
        );
    }

    #[test]
    fn a_text_in_the_wrong_place_is_not_told_again() {
        for text in [
            r#"{"name": "a", "scopes": "canary"}"#,
            r#"{"name": "a", "scopes": "canary\", expected x at line 1"}"#,
        ] {
            let (_, path, message) = refusal(text.as_bytes());
            assert_eq!(path, "/scopes");
            assert_eq!(message, "invalid type: string, expected a sequence");
        }
    }

    #[test]
    fn a_body_nested_100_000_deep_is_refused_and_does_not_overflow() {
        let deep = "[".repeat(100_000);
        let error = parse::<Value>(deep.as_bytes()).unwrap_err();
        assert_eq!(error.code, Code::TooDeep);
    }

    #[tokio::test]
    async fn a_body_over_the_limit_is_refused_with_and_without_a_stated_length() {
        let stated = axum::body::Body::from("12345");
        assert_eq!(
            bytes(stated, 4).await.unwrap_err().code,
            Code::PayloadTooLarge
        );
        let (mut sender, streamed) = http_body_util::channel::Channel::<Bytes>::new(2);
        sender.send_data("12345".into()).await.unwrap();
        let streamed = axum::body::Body::new(streamed);
        assert_eq!(
            bytes(streamed, 4).await.unwrap_err().code,
            Code::PayloadTooLarge
        );
        assert_eq!(
            bytes(axum::body::Body::from("1234"), 4).await,
            Ok("1234".into())
        );
    }

    #[tokio::test]
    async fn a_body_that_does_not_come_is_refused_after_its_time() {
        let (mut sender, stalled) = http_body_util::channel::Channel::<Bytes>::new(2);
        sender.send_data("{".into()).await.unwrap();
        let stalled = axum::body::Body::new(stalled);
        let refused = in_time(stalled, 1 << 20, Duration::from_millis(5)).await;
        let refused = refused.unwrap_err();
        assert_eq!(refused.code, Code::RequestTimeout);
        drop(sender);
    }

    #[test]
    fn a_byte_order_mark_is_skipped() {
        assert!(parse::<Value>(b"\xef\xbb\xbf{}").is_ok());
    }
}
