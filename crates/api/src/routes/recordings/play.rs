//! A copy of a recording, to whoever has a link that is signed and has not expired: whole, or the part that a player asks for.

use crate::auth::token;
use crate::errors::{Code, Error, Result};
use crate::params::Params;
use crate::state::State;
use axum::body::Body;
use axum::extract::{self, Path};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use kernel::id::RecordingId;
use std::ops::Range;
use utoipa::IntoParams;

/// A page of it alone may play it, and run nothing.
const POLICY: &str = "default-src 'none'; media-src 'self'; frame-ancestors 'none'; sandbox";

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
pub struct LinkQuery {
    /// Seconds since 1970.
    expires: i64,
    signature: String,
}

/// Listen to a recording
///
/// Under a link that was made for it, without a session; 410 once that has expired. Answers `Range` requests.
#[utoipa::path(get, path = "/v1/recordings/{id}/audio", tag = "calls", params(LinkQuery),
    responses((status = 200, description = "The recording.", body = Vec<u8>, content_type = "audio/*"),
        (status = 206, description = "The part that was asked for.", body = Vec<u8>, content_type = "audio/*")))]
pub async fn recording_audio(
    extract::State(state): extract::State<State>,
    Path(id): Path<String>,
    method: Method,
    headers: HeaderMap,
    mut params: Params,
) -> Result<Response> {
    let until: i64 = params.parsed("expires").unwrap_or_default();
    let signature = params.text("signature").unwrap_or_default();
    params.finish()?;
    let id: RecordingId = id.parse().map_err(|_| Error::not_found("such recording"))?;
    let engine = &state.engine;
    if !token::same(&signature, &engine.sign_recording(id, until)) {
        let detail = "this is no link that was made here: make one with POST /v1/calls/{id}/recordings/{n}/link";
        return Err(Error::new(Code::BadSignature, detail));
    }
    if engine.now().as_second() >= until {
        let detail = "the link has expired: make a new one";
        return Err(Error::new(Code::LinkExpired, detail));
    }
    let (workspace, call, copied) = engine.recording(id).await?;
    let range = match wanted(&headers, copied.size) {
        Wanted::Whole => None,
        Wanted::Part(range) => Some(range),
        Wanted::Nothing => return Ok(unsatisfied(copied.size)),
    };
    let part = range.clone().unwrap_or(0..copied.size);
    let body = match method == Method::HEAD {
        true => Body::empty(),
        false => {
            let opened = engine
                .open_recording(workspace, &copied, part.clone())
                .await?;
            Body::new(opened.content)
        }
    };
    let name = format!(
        "inline; filename=\"{call}.{}\"",
        ending(&copied.content_type)
    );
    let mut response = Response::new(body);
    let answers = response.headers_mut();
    let texts = [
        (header::CONTENT_TYPE, copied.content_type),
        (header::CONTENT_LENGTH, (part.end - part.start).to_string()),
        (header::CONTENT_DISPOSITION, name),
        (header::ETAG, format!("\"{}\"", copied.sha256)),
        (header::ACCEPT_RANGES, "bytes".into()),
        (header::CONTENT_SECURITY_POLICY, POLICY.into()),
        // Whoever was given the link may play it in a page of their own.
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin".into(),
        ),
    ];
    for (name, text) in texts {
        if let Ok(value) = HeaderValue::from_str(&text) {
            answers.insert(name, value);
        }
    }
    if let Some(range) = range {
        let said = format!("bytes {}-{}/{}", range.start, range.end - 1, copied.size);
        answers.insert(header::CONTENT_RANGE, text(&said));
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

fn text(said: &str) -> HeaderValue {
    HeaderValue::from_str(said).expect("numbers and signs are plain")
}

fn unsatisfied(size: u64) -> Response {
    let detail = format!("the recording has {size} bytes: ask for a part of them");
    let mut response = Error::new(Code::RangeNotSatisfiable, detail).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_RANGE, text(&format!("bytes */{size}")));
    response
}

fn ending(kind: &str) -> &str {
    match kind {
        "audio/mpeg" => "mp3",
        "audio/mp4" => "m4a",
        "audio/basic" => "au",
        other => other.rsplit('/').next().unwrap_or("audio"),
    }
}

#[derive(Debug, PartialEq)]
enum Wanted {
    Whole,
    Part(Range<u64>),
    /// Nothing of what there is.
    Nothing,
}

/// One range of bytes (RFC 9110, 14.2); several, and what cannot be read, mean the whole.
fn wanted(headers: &HeaderMap, size: u64) -> Wanted {
    let range = headers
        .get(header::RANGE)
        .and_then(|range| range.to_str().ok());
    let Some(range) = range.and_then(|range| range.strip_prefix("bytes=")) else {
        return Wanted::Whole;
    };
    let Some((first, last)) = range.trim().split_once('-') else {
        return Wanted::Whole;
    };
    let numbers = (first.trim().parse::<u64>(), last.trim().parse::<u64>());
    let (start, end) = match (first.trim(), last.trim(), numbers) {
        ("", _, (_, Ok(0))) => return Wanted::Nothing,
        ("", _, (_, Ok(count))) => (size.saturating_sub(count), size),
        (_, "", (Ok(first), _)) => (first, size),
        (_, _, (Ok(first), Ok(last))) if first <= last => (first, size.min(last.saturating_add(1))),
        _ => return Wanted::Whole,
    };
    match start < end {
        true => Wanted::Part(start..end),
        false => Wanted::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_the_part_that_there_is_of_it() {
        for (range, expected) in [
            ("bytes=0-", Wanted::Part(0..100)),
            ("bytes=10-19", Wanted::Part(10..20)),
            ("bytes=90-1000", Wanted::Part(90..100)),
            ("bytes=-5", Wanted::Part(95..100)),
            ("bytes=-500", Wanted::Part(0..100)),
            ("bytes=100-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=20-10", Wanted::Whole),
            ("bytes=0-1,5-6", Wanted::Whole),
            ("bytes=x-", Wanted::Whole),
            ("items=0-1", Wanted::Whole),
        ] {
            let headers = [(header::RANGE, range.parse().unwrap())];
            assert_eq!(
                wanted(&headers.into_iter().collect(), 100),
                expected,
                "{range}"
            );
        }
        assert_eq!(wanted(&HeaderMap::new(), 100), Wanted::Whole);
    }
}
