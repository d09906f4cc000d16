//! `ETag` and `If-Match`: the newest version of a document, in quotes.

use crate::errors::{Code, Error};
use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderName, header};
use kernel::Problem;

pub type ETag = [(HeaderName, String); 1];

pub fn etag(version: u32) -> ETag {
    [(header::ETAG, format!("\"{version}\""))]
}

/// The version that a change replaces; `None`: whichever there is.
pub struct IfMatch(pub Option<u32>);

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else {
            return Ok(Self(None));
        };
        read(value.to_str().unwrap_or_default()).map(Self)
    }
}

fn read(text: &str) -> Result<Option<u32>, Error> {
    let text = text.trim();
    if text == "*" {
        return Ok(None);
    }
    let quoted = text.strip_prefix("W/").unwrap_or(text);
    let version = quoted
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    version
        .and_then(|version| version.parse().ok())
        .map(Some)
        .ok_or_else(|| {
            let message = format!("`{text}` is not an ETag such as \"3\"");
            Error::invalid(
                Code::InvalidRequest,
                vec![Problem::new("if-match", message)],
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_survives_its_etag() {
        let [(_, text)] = etag(7);
        assert_eq!(read(&text), Ok(Some(7)));
        assert_eq!(read("W/\"7\""), Ok(Some(7)));
        assert_eq!(read("*"), Ok(None));
        for text in ["", "7", "\"", "\"x\"", "\"1\", \"2\""] {
            assert_eq!(read(text).unwrap_err().code, Code::InvalidRequest, "{text}");
        }
    }
}
