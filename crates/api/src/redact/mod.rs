//! What is confidential of calls, hidden in every answer of every route from whoever has not asked to see it, or may not: the one place
//! that does so. Handlers answer as if everybody might see everything; an answer that cannot be looked through is refused.

mod answer;
mod event;
mod known;
mod values;

pub use event::event;

use crate::audit::{self, Actor, Entry};
use crate::auth::{Any, Caller, Known, Scope};
use crate::errors::{Code, Error, Result};
use crate::network;
use crate::state::State;
use axum::body::Body;
use axum::extract::{self, FromRequestParts, MatchedPath, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use calls::Confidential;
use calls::confidential::MASK;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};
use kernel::id::{CallId, WorkspaceId};
use known::Sight;
use std::sync::{Arc, OnceLock};
use values::Values;

/// Of a filter: what is found tells what was not to be seen.
pub const UNSEEN: &str = "would find confidential values: whoever may see them asks with `reveal=true`; a number is found exactly with `number`";
/// Of a query: to be shown everything.
pub const REVEAL: &str = "reveal";
/// What tells of calls, and what the audit log calls it, by the resource of its route: one, and several.
const SHOWN: [(&str, &str, &str); 8] = [
    ("alerts", "alert", "alerts"),
    ("calls", "call", "calls"),
    ("contacts", "contact", "contacts"),
    ("deliveries", "deliveries", "deliveries"),
    ("destinations", "destination", "destinations"),
    ("endpoints", "endpoint", "endpoint"),
    ("events", "event", "events"),
    ("runs", "run", "runs"),
];
/// Of an answer in which something is hidden.
const HIDES: HeaderName = HeaderName::from_static("switchhook-redacted");
/// Of an answer; none of ours is as long.
const LARGEST: usize = 1 << 30;
/// What was done and by whom is not about what was said; entries outlive the calls that they name.
const WITHOUT_CALLS: [&str; 1] = ["/v1/audit"];

/// An answer with this in its extensions was looked through by its handler, or holds nothing of calls.
#[derive(Debug, Clone, Copy)]
pub struct LookedThrough;

/// What is known of a request on its way: whether everything is to be shown, what is not, once somebody has found out who asks, and the
/// call that it names, also in its body.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    reveal: bool,
    hidden: Arc<OnceLock<(WorkspaceId, Arc<Confidential>)>>,
    call: Arc<OnceLock<CallId>>,
}

impl Asked {
    /// The call that it is about; no request is about two.
    pub fn note(&self, call: CallId) {
        let _ = self.call.set(call);
    }
}

/// What a caller may not see; `None`: nothing is hidden.
pub async fn hidden(
    asked: Option<&Asked>,
    known: &Known,
    state: &State,
) -> Result<Option<Arc<Confidential>>> {
    if asked.is_some_and(|asked| asked.reveal) {
        return Ok(None);
    }
    let hidden = state.confidential(known.workspace).await?;
    if let (Some(asked), Some(hidden)) = (asked, &hidden) {
        // Whoever asks is the same all the way.
        let _ = asked.hidden.set((known.workspace, hidden.clone()));
    }
    Ok(hidden)
}

pub async fn guard(
    extract::State(state): extract::State<State>,
    request: Request,
    next: Next,
) -> Response {
    looked_through(&state, request, next)
        .await
        .unwrap_or_else(Error::into_response)
}

async fn looked_through(state: &State, mut request: Request, next: Next) -> Result<Response> {
    let asked = Asked {
        reveal: take_reveal(&mut request)?,
        ..Asked::default()
    };
    request.extensions_mut().insert(asked.clone());
    let uri = request.uri().clone();
    if asked.reveal {
        return revealed(state, &asked, request, next).await;
    }
    let response = next.run(request).await;
    let Some((workspace, confidential)) = asked.hidden.get() else {
        return Ok(response);
    };
    if WITHOUT_CALLS
        .iter()
        .any(|path| uri.path().starts_with(path))
    {
        return Ok(response);
    }
    let sight = Sight {
        values: Values::new(state, *workspace, confidential),
        call: asked.call.get().copied(),
        path: uri.path(),
        succeeded: response.status().is_success(),
    };
    masked(response, sight).await
}

async fn masked(response: Response, sight: Sight<'_>) -> Result<Response> {
    let is_empty = axum::body::HttpBody::is_end_stream(response.body());
    if is_empty || response.extensions().get::<LookedThrough>().is_some() {
        return Ok(response);
    }
    if !is_json(response.headers()) {
        let detail = "this answer may hold confidential values and is only for whoever may see them: ask with `reveal=true`";
        return Err(Error::new(Code::Forbidden, detail));
    }
    let unreadable = || Error::new(Code::Internal, "the answer could not be read");
    let (mut head, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, LARGEST).await;
    let bytes = bytes.map_err(|_| unreadable())?;
    let mut value: serde_json::Value = serde_json::from_slice(&bytes).map_err(|_| too_deep())?;
    answer::hide(&mut value, sight).await?;
    let text = value.to_string();
    if text.contains(MASK) {
        head.headers.insert(HIDES, HeaderValue::from_static("true"));
    }
    head.headers.remove(header::CONTENT_LENGTH);
    Ok(Response::from_parts(head, Body::from(text)))
}

/// Ours is JSON: only what a receiver has answered is nested deeper than is read.
fn too_deep() -> Error {
    let detail = "this answer is nested too deep to be looked through for confidential values: whoever may see them asks with `reveal=true`";
    Error::new(Code::Forbidden, detail)
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = crate::body::media_type(headers);
    kind.is_some_and(|kind| kind == "application/json" || kind.ends_with("+json"))
}

/// Nothing is done for whoever may not see what comes of it, and nothing is shown of which the audit log does not tell.
async fn revealed(state: &State, asked: &Asked, request: Request, next: Next) -> Result<Response> {
    let path = request.extensions().get::<MatchedPath>();
    let route = path
        .map(|path| path.as_str().to_owned())
        .unwrap_or_default();
    let (mut parts, body) = request.into_parts();
    let caller = Caller::<Any>::from_request_parts(&mut parts, state).await?;
    if !caller.known.may(Scope::Admin) {
        let detail = "`reveal` shows confidential values, and needs the permission `admin`";
        return Err(Error::new(Code::Forbidden, detail));
    }
    let address = network::sender(&parts, &state.settings).map(|ip| ip.to_string());
    let (mut what, mut id) = subject(&route, parts.uri.path());
    let response = next.run(Request::from_parts(parts, body)).await;
    let hides = state.confidential(caller.workspace).await?.is_some();
    if hides && response.status().is_success() {
        if let Some(call) = asked.call.get() {
            (what, id) = ("call", Some(call.to_string()));
        }
        let plain = Entry::plain(Actor::from(&caller.known), address, "revealed", what);
        audit::write(state, caller.workspace, &Entry { id, ..plain }).await?;
    }
    Ok(response)
}

/// What kind of thing was shown, and which: by the route, whose first parameter names it.
fn subject(route: &str, path: &str) -> (&'static str, Option<String>) {
    let resource = route.split(['/', '.']).nth(2).unwrap_or_default();
    let known = SHOWN.iter().find(|(name, ..)| *name == resource);
    let (_, one, several) = known.unwrap_or(&("", "other", "other"));
    let at = route.split('/').position(|part| part.starts_with('{'));
    match at.and_then(|at| path.split('/').nth(at)) {
        Some(id) => (one, Some(id.to_owned())),
        None => (several, None),
    }
}

/// Whether something can be hidden in what an operation answers: the document says that it takes `reveal`, as all others do that read.
pub fn may_hide(method: &Method, path: &str) -> bool {
    let reads = *method == Method::GET || path.ends_with("/link");
    reads && subject(path, path).0 != "other"
}

/// Takes `reveal` out of a query: handlers refuse what they do not know.
fn take_reveal(request: &mut Request) -> Result<bool> {
    let Some(query) = request.uri().query().filter(|query| query.contains(REVEAL)) else {
        return Ok(false);
    };
    let is_it = |pair: &&str| pair.split('=').next() == Some(REVEAL);
    let (given, others): (Vec<&str>, Vec<&str>) = query.split('&').partition(is_it);
    let reveal = match given.as_slice() {
        [] => return Ok(false),
        ["reveal=true"] => true,
        ["reveal=false"] => false,
        _ => {
            let problem = kernel::Problem::new(REVEAL, "is given once, as `true` or `false`");
            return Err(Error::invalid(Code::InvalidRequest, vec![problem]));
        }
    };
    let path = request.uri().path();
    let without = match others.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", others.join("&")),
    };
    let mut parts = request.uri().clone().into_parts();
    parts.path_and_query = Some(without.parse().expect("a part of an address is one"));
    *request.uri_mut() = Uri::from_parts(parts).expect("its parts were those of an address");
    Ok(reveal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reveal_is_taken_out_of_the_query() {
        for (given, expected, reveal) in [
            ("/v1/calls?limit=1&reveal=true", "/v1/calls?limit=1", true),
            ("/v1/calls?reveal=true", "/v1/calls", true),
            ("/v1/calls?reveal=false&limit=1", "/v1/calls?limit=1", false),
            ("/v1/calls?search=reveal", "/v1/calls?search=reveal", false),
        ] {
            let mut request = Request::get(given).body(Body::empty()).unwrap();
            assert_eq!(take_reveal(&mut request), Ok(reveal));
            assert_eq!(request.uri().to_string(), expected);
        }
        for odd in ["/v1/calls?reveal=yes", "/v1/calls?reveal=true&reveal=false"] {
            let mut request = Request::get(odd).body(Body::empty()).unwrap();
            assert!(take_reveal(&mut request).is_err(), "{odd}");
        }
    }

    #[test]
    fn what_was_shown_is_named_by_its_route() {
        let named = |route, path| subject(route, path);
        let call = ("call", Some("call_1".to_owned()));
        let messages = ("/v1/calls/{id}/messages", "/v1/calls/call_1/messages");
        assert_eq!(named(messages.0, messages.1), call);
        assert_eq!(named("/v1/calls.csv", "/v1/calls.csv"), ("calls", None));
        assert_eq!(named("/v1/runs", "/v1/runs"), ("runs", None));
        assert_eq!(named("/v1/agents", "/v1/agents"), ("other", None));
    }
}
