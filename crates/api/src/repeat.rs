//! `Idempotency-Key`: a POST that is sent again with the same key gets the first answer and does nothing again. Remembered for
//! 24 hours in the memory of the node that answered, so not over its restart. Events have their own, durable de-duplication.

use crate::auth::{Any, Caller};
use crate::body;
use crate::cache::Cache;
use crate::errors::{Code, Error, Result};
use crate::state::State;
use axum::body::{Body, HttpBody};
use axum::extract::{self, FromRequestParts, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE};
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method, response};
use kernel::Problem;
use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};

pub const HEADER: HeaderName = HeaderName::from_static("idempotency-key");
const REPEATED: HeaderName = HeaderName::from_static("idempotency-replayed");
const KEPT: Duration = Duration::from_secs(24 * 3600);
const MOST: usize = 10_000;
/// A larger answer is not kept; none of ours is.
const LARGEST: u64 = 256 << 10;

type Hash = [u8; 32];

/// What was answered, by sender and key.
pub struct Answers(Cache<Hash, Kept>);

#[derive(Clone)]
struct Kept {
    /// Method, path and body.
    request: Hash,
    /// `None` while it is under way.
    answer: Option<(response::Parts, Bytes)>,
}

impl Default for Answers {
    fn default() -> Self {
        Self(Cache::new(KEPT, MOST))
    }
}

/// Frees the place of a request that ended without an answer worth keeping, a dropped connection included.
struct Place<'a> {
    answers: &'a Answers,
    slot: Hash,
    kept: bool,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if !self.kept {
            self.answers.0.remove(&self.slot);
        }
    }
}

/// Whether operations at `path` heed the header.
pub fn heeds(method: &Method, path: &str) -> bool {
    let deduplicated = path == "/v1/events" || path.starts_with("/v1/in/");
    *method == Method::POST && path.starts_with("/v1/") && !deduplicated
}

pub async fn guard(
    extract::State(state): extract::State<State>,
    request: Request,
    next: Next,
) -> Response {
    match request.headers().get(HEADER).cloned() {
        Some(key) if heeds(request.method(), request.uri().path()) => {
            once(&state, &key, request, next)
                .await
                .unwrap_or_else(Error::into_response)
        }
        _ => next.run(request).await,
    }
}

async fn once(state: &State, key: &HeaderValue, request: Request, next: Next) -> Result<Response> {
    if key.is_empty() || key.len() > 255 {
        let problem = Problem::new(HEADER.as_str(), "must have 1 to 255 characters");
        return Err(Error::invalid(Code::InvalidRequest, vec![problem]));
    }
    let (mut parts, body) = request.into_parts();
    let request = Request::from_parts(parts.clone(), body);
    let bytes = body::bytes(request, state.settings.limits.body).await?;
    let (slot, hash) = (slot(&parts, key), hash(&parts, &bytes));
    let kept = Kept {
        request: hash,
        answer: None,
    };
    if let Some(earlier) = state.answers.0.get_or_put(slot, kept, Instant::now()) {
        // Whoever may no longer ask is not told what was answered then.
        Caller::<Any>::from_request_parts(&mut parts, state).await?;
        return repeat(earlier, hash);
    }
    let mut place = Place {
        answers: &state.answers,
        slot,
        kept: false,
    };
    let response = next
        .run(Request::from_parts(parts, Body::from(bytes)))
        .await;
    let small = response
        .body()
        .size_hint()
        .exact()
        .is_some_and(|size| size <= LARGEST);
    if !small || !response.status().is_success() {
        return Ok(response);
    }
    let (head, body) = response.into_parts();
    let body = axum::body::to_bytes(body, LARGEST as usize).await;
    let body = body.map_err(|_| Error::new(Code::Internal, "the answer could not be read"))?;
    let answer = Some((head.clone(), body.clone()));
    state.answers.0.put(
        slot,
        Kept {
            request: hash,
            answer,
        },
        Instant::now(),
    );
    place.kept = true;
    Ok(Response::from_parts(head, Body::from(body)))
}

fn repeat(earlier: Kept, request: Hash) -> Result<Response> {
    if earlier.request != request {
        let detail = "this idempotency key was used for another request";
        return Err(Error::new(Code::IdempotencyMismatch, detail));
    }
    let under_way = || {
        Error::new(
            Code::NotNow,
            "the first request with this idempotency key is still under way",
        )
    };
    let (mut head, body) = earlier.answer.ok_or_else(under_way)?;
    head.headers
        .insert(REPEATED, HeaderValue::from_static("true"));
    Ok(Response::from_parts(head, Body::from(body)))
}

/// Keys of different senders are different keys.
fn slot(parts: &Parts, key: &HeaderValue) -> Hash {
    let senders = parts
        .headers
        .get_all(AUTHORIZATION)
        .iter()
        .chain(parts.headers.get_all(COOKIE));
    digest(senders.chain([key]).map(HeaderValue::as_bytes))
}

fn hash(parts: &Parts, body: &[u8]) -> Hash {
    let uri = parts.uri.to_string();
    digest([parts.method.as_str().as_bytes(), uri.as_bytes(), body])
}

fn digest<'a>(texts: impl IntoIterator<Item = &'a [u8]>) -> Hash {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text);
    }
    hasher.finalize().into()
}
