//! What we answer when we do not do what was asked: RFC 9457 problem documents with a stable `code`, each with a page.
//! This module alone knows the status codes of our own refusals.

mod code;
mod refusal;

pub use code::Code;

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use kernel::Problem;
use serde::Serialize;
use utoipa::ToSchema;

/// A refusal on its way out.
#[derive(Debug, Clone, PartialEq)]
pub struct Error {
    pub code: Code,
    pub detail: String,
    pub errors: Vec<Problem>,
    /// In seconds.
    pub retry_after: Option<u32>,
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            errors: Vec::new(),
            retry_after: None,
        }
    }

    /// A refusal that names all that is wrong.
    pub fn invalid(code: Code, errors: Vec<Problem>) -> Self {
        let detail = match errors.as_slice() {
            [only] if only.path.is_empty() => only.message.clone(),
            [only] => format!("{}: {}", only.path, only.message),
            many => format!("{} things are wrong; see errors", many.len()),
        };
        Self {
            errors,
            ..Self::new(code, detail)
        }
    }

    pub fn not_found(what: &str) -> Self {
        Self::new(Code::NotFound, format!("there is no {what}"))
    }

    pub fn status(&self) -> StatusCode {
        self.code.status()
    }

    pub fn document(&self) -> Document {
        Document {
            kind: format!("/docs/errors#{}", self.code.name()),
            title: self.code.title().into(),
            status: self.status().as_u16(),
            code: self.code.name().into(),
            detail: self.detail.clone(),
            errors: self.errors.iter().map(Wrong::from).collect(),
            retry_after: self.retry_after,
        }
    }
}

/// A problem document as RFC 9457 has it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct Document {
    /// Page about this code.
    #[serde(rename = "type")]
    #[schema(example = "/docs/errors#invalid_event")]
    pub kind: String,
    pub title: String,
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// Stable: programs may branch on it.
    #[schema(example = "invalid_event")]
    pub code: String,
    /// What was wrong this time.
    pub detail: String,
    /// Everything that is wrong in what was sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<Wrong>,
    /// Seconds to wait before trying again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

/// One thing that is wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct Wrong {
    /// JSON Pointer into what was sent, or the name of a query parameter.
    #[schema(example = "/3/call/duration_s")]
    pub path: String,
    pub message: String,
}

impl From<&Problem> for Wrong {
    fn from(problem: &Problem) -> Self {
        Self {
            path: problem.path.clone(),
            message: problem.message.clone(),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self.document()).expect("a problem document is plain JSON");
        let json = HeaderValue::from_static("application/problem+json");
        let mut response = (self.status(), [(header::CONTENT_TYPE, json)], body).into_response();
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
        }
        if self.status() == StatusCode::UNAUTHORIZED {
            let bearer = HeaderValue::from_static("Bearer");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, bearer);
        }
        response
    }
}

#[cfg(test)]
mod tests;
