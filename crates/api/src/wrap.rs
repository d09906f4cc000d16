//! What every answer gets, whichever route it came from: a request id, the headers that keep browsers strict, a measured
//! time, and a plain refusal where a handler panicked.

use crate::errors::{Code, Error};
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use std::any::Any;
use std::time::Instant;
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const LONGEST_ID: usize = 128;
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

pub async fn wrap(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(request.headers());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let span = tracing::info_span!("request", id = id.to_str().unwrap_or_default(), %method, route);
    let mut response = next.run(request).instrument(span.clone()).await;
    complete(response.headers_mut(), id);
    let status = response.status().as_str().to_owned();
    tracing::debug!(parent: &span, status, "answered");
    let labels = [
        ("method", method.to_string()),
        ("route", route),
        ("status", status),
    ];
    metrics::histogram!("http_request_duration_seconds", &labels).record(started.elapsed());
    response
}

/// The sender's id of the request where it is a short plain text, else a new one.
fn request_id(headers: &HeaderMap) -> HeaderValue {
    let plain = |value: &&HeaderValue| {
        let bytes = value.as_bytes();
        !bytes.is_empty() && bytes.len() <= LONGEST_ID && bytes.iter().all(u8::is_ascii_graphic)
    };
    headers
        .get(REQUEST_ID)
        .filter(plain)
        .cloned()
        .unwrap_or_else(|| {
            let mut bytes = [0; 12];
            getrandom::fill(&mut bytes)
                .expect("the operating system always has randomness once it has booted");
            HeaderValue::from_str(&hex::encode(bytes)).expect("hexadecimal digits are plain")
        })
}

/// A page that needs more than nothing says so itself; its own headers stand.
fn complete(headers: &mut HeaderMap, id: HeaderValue) {
    headers.insert(REQUEST_ID, id);
    let defaults = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, NOTHING),
        (header::CACHE_CONTROL, "no-store"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ];
    for (name, value) in defaults {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
}

/// What a panic looks like from outside: no details. The panic hook has logged them.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    Error::new(Code::Internal, "something went wrong in the server").into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::routing::get;
    use axum::{Router, middleware};
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    async fn boom() -> &'static str {
        panic!("canary-secret")
    }

    async fn answer(path: &str, id: &str) -> Response {
        let page = [(header::CONTENT_SECURITY_POLICY, "default-src 'self'")];
        let router = Router::new()
            .route("/boom", get(boom))
            .route("/page", get(move || async move { (page, "x") }))
            .layer(CatchPanicLayer::custom(panicked))
            .layer(middleware::from_fn(wrap));
        let request = Request::builder().uri(path).header("x-request-id", id);
        router
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_panic_is_an_internal_error_without_details() {
        let response = answer("/boom", "").await;
        assert_eq!(response.status(), 500);
        assert_eq!(
            response.headers()["content-type"],
            "application/problem+json"
        );
        let body = axum::body::to_bytes(response.into_body(), 10_000)
            .await
            .unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        assert!(
            text.contains("\"internal\"") && !text.contains("canary"),
            "{text}"
        );
    }

    #[tokio::test]
    async fn every_answer_is_strict_unless_it_says_otherwise_itself() {
        let missing = answer("/missing", "abc-1").await;
        assert_eq!(missing.headers()["x-content-type-options"], "nosniff");
        assert_eq!(missing.headers()["content-security-policy"], NOTHING);
        assert_eq!(missing.headers()["cache-control"], "no-store");
        assert_eq!(missing.headers()["x-request-id"], "abc-1");
        let page = answer("/page", &"x".repeat(500)).await;
        assert_eq!(
            page.headers()["content-security-policy"],
            "default-src 'self'"
        );
        assert_eq!(page.headers()["x-request-id"].len(), 24);
    }
}
