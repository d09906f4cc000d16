//! `Idempotency-Key`: a POST that is sent again with the same key gets the first answer and does nothing again, on whichever
//! node it arrives. Answers are kept sealed in the store for 24 hours. Events have their own de-duplication.

use crate::auth::{Any, Caller};
use crate::body;
use crate::errors::{Code, Error, Result};
use crate::state::State;
use axum::body::{Body, HttpBody};
use axum::extract::{self, FromRequestParts, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::header::{AUTHORIZATION, COOKIE};
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method, StatusCode};
use kernel::Problem;
use kernel::id::{Setting, WorkspaceId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::convert::Infallible;
use std::time::Duration;
use store::catalog::{Document, Kind, Put};

pub const HEADER: HeaderName = HeaderName::from_static("idempotency-key");
const REPEATED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// A larger answer is not kept; none of ours is.
const LARGEST: u64 = 256 << 10;
/// A request that has not answered for so long was lost with its node.
const LONGEST: Duration = Duration::from_secs(120);

type Hash = [u8; 32];

/// What was asked under a key, and what was answered.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// Hash of method, path and body.
    request: Hash,
    /// `None` while it is under way.
    answer: Option<Answer>,
}

#[derive(Serialize, Deserialize)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

/// Whether operations at `path` heed the header.
pub fn heeds(method: &Method, path: &str) -> bool {
    // Contacts are told apart by their numbers, and a table of them is not held in memory.
    let deduplicated =
        matches!(path, "/v1/events" | "/v1/contacts/import") || path.starts_with("/v1/in/");
    *method == Method::POST && path.starts_with("/v1/") && !deduplicated
}

pub async fn guard(
    extract::State(state): extract::State<State>,
    request: Request,
    next: Next,
) -> Response {
    match request.headers().get(HEADER).cloned() {
        Some(key) if heeds(request.method(), request.uri().path()) => {
            // A task of its own ends whether or not its sender waits: the next try finds the answer.
            let answered = tokio::spawn(async move { once(&state, &key, request, next).await });
            let answered = answered.await.unwrap_or_else(|_| {
                Err(Error::new(
                    Code::Internal,
                    "the request failed inside switchhook",
                ))
            });
            answered.unwrap_or_else(Error::into_response)
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
    // Nothing is kept for strangers, and whoever may no longer ask is not told what was answered then.
    let caller = Caller::<Any>::from_request_parts(&mut parts, state).await?;
    let bytes = body::bytes(body, state.settings.limits.body).await?;
    let request = hash(&parts, &bytes);
    let place = match reserve(state, caller.workspace, slot(&parts, key), request).await? {
        Reserved::Place(place) => place,
        Reserved::Earlier(kept) => return repeat(kept, request),
    };
    let mut version = 1;
    let response = tokio::select! {
        response = next.run(Request::from_parts(parts, Body::from(bytes))) => response,
        never = renew(state, &place, request, &mut version) => match never {},
    };
    let size = response.body().size_hint().exact();
    if !response.status().is_success() || size.is_none_or(|size| size > LARGEST) {
        // Not done, or not worth keeping: the key is free again.
        let store = state.engine.store();
        store
            .delete(Kind::Answer, place.id, state.engine.now())
            .await?;
        return Ok(response);
    }
    let (head, body) = response.into_parts();
    let body = axum::body::to_bytes(body, LARGEST as usize).await;
    let body = body.map_err(|_| Error::new(Code::Internal, "the answer could not be read"))?;
    let header = |(name, value): (&HeaderName, &HeaderValue)| {
        Some((name.to_string(), value.to_str().ok()?.to_owned()))
    };
    let answer = Some(Answer {
        status: head.status.as_u16(),
        headers: head.headers.iter().filter_map(header).collect(),
        body: BASE64_STANDARD.encode(&body),
    });
    let kept = sealed(state, &place, &Kept { request, answer });
    // The work is done: whether or not its answer could be kept, it is given.
    match write(state, kept, &mut version).await {
        Ok(Put::Saved) => {}
        Ok(_) => tracing::warn!("somebody else has taken the place of an idempotency key"),
        Err(error) => {
            tracing::warn!(%error, "an answer could not be kept for its idempotency key");
        }
    }
    Ok(Response::from_parts(head, Body::from(body)))
}

/// Says in a reservation that it is under way, again and again: it is not taken for lost with its node.
async fn renew(state: &State, place: &Document, request: Hash, version: &mut u32) -> Infallible {
    loop {
        tokio::time::sleep(LONGEST / 4).await;
        let under_way = Kept {
            request,
            answer: None,
        };
        let renewed = Document {
            updated_at: state.engine.now(),
            ..sealed(state, place, &under_way)
        };
        match write(state, renewed, version).await {
            Ok(Put::Saved) => {}
            Ok(_) => tracing::warn!("somebody else has taken the place of an idempotency key"),
            Err(error) => tracing::warn!(%error, "the place of an idempotency key was not renewed"),
        }
    }
}

/// The id of a place is its holder's alone: a newer version is one that the holder has written without hearing of it.
async fn write(state: &State, document: Document, version: &mut u32) -> store::Result<Put> {
    let store = state.engine.store();
    let mut put = store.put(document.clone(), *version).await?;
    if let Put::Conflict(newest) = put
        && newest > 0
    {
        *version = newest;
        put = store.put(document, newest).await?;
    }
    if put == Put::Saved {
        *version += 1;
    }
    Ok(put)
}

enum Reserved {
    Place(Document),
    Earlier(Kept),
}

/// Takes the place of a key, or finds what was asked under it before.
async fn reserve(
    state: &State,
    workspace: WorkspaceId,
    slot: Hash,
    request: Hash,
) -> Result<Reserved> {
    let (store, now) = (state.engine.store(), state.engine.now());
    let alias = hex(&slot);
    loop {
        let place = Document {
            kind: Kind::Answer,
            id: state.engine.new_id::<Setting>().bytes(),
            workspace,
            version: 1,
            name: String::new(),
            alias: Some(alias.clone()),
            enabled: true,
            created_at: now,
            updated_at: now,
            body: bytes::Bytes::new(),
        };
        let under_way = Kept {
            request,
            answer: None,
        };
        let reserved = sealed(state, &place, &under_way);
        if store.put(reserved, 0).await? == Put::Saved {
            return Ok(Reserved::Place(place));
        }
        let Some(document) = store.find(Kind::Answer, &alias).await? else {
            continue;
        };
        let kept: Kept = opened(state, &document)?;
        if kept.answer.is_none() && document.updated_at + LONGEST < now {
            store.delete(Kind::Answer, document.id, now).await?;
            continue;
        }
        return Ok(Reserved::Earlier(kept));
    }
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
    let answer = earlier.answer.ok_or_else(under_way)?;
    let body = BASE64_STANDARD.decode(answer.body).unwrap_or_default();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    for (name, value) in &answer.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
            response.headers_mut().append(name, value);
        }
    }
    let replayed = HeaderValue::from_static("true");
    response.headers_mut().insert(REPEATED, replayed);
    Ok(response)
}

/// An answer may hold a new key: it rests sealed, bound to its place.
fn sealed(state: &State, place: &Document, kept: &Kept) -> Document {
    let plain = serde_json::to_vec(kept).expect("it has text keys only");
    Document {
        body: state.engine.vault().seal(&plain, &place.id).into(),
        ..place.clone()
    }
}

fn opened(state: &State, document: &Document) -> Result<Kept> {
    let plain = state.engine.vault().open(&document.body, &document.id)?;
    serde_json::from_slice(&plain)
        .map_err(|_| Error::new(Code::Internal, "a kept answer cannot be read"))
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

fn hex(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
