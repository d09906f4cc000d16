//! Who did what: every route that changes something passes through here, and leaves an entry right after the change, before the
//! answer goes out. The thing is read before and after as its caller sees it, so that no entry can hold what the API hides.

pub mod change;
mod entry;
pub mod rules;

pub use entry::{Actor, Entry, Filter, keep, list, write};

use crate::auth::{Any, Caller};
use crate::errors::{Code, Error};
use crate::network;
use crate::state::State;
use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::{ConnectInfo, FromRequestParts, MatchedPath, RawPathParams, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use change::Change;
use http::request::Parts;
use http::{Method, header};
use rules::{Look, Rule};
use serde_json::{Map, Value};
use std::net::SocketAddr;
use tower::ServiceExt;
use tracing::Instrument;

/// The largest view of a thing that is compared.
const LARGEST: usize = 4 << 20;

/// An answer with this in its extensions says that nothing was changed: a dry run.
#[derive(Debug, Clone, Copy)]
pub struct ChangedNothing;

/// An answer with this in its extensions says what was changed where no view of the thing does.
#[derive(Debug, Clone)]
pub struct Told(Vec<Change>);

impl Told {
    /// Places that differ, without their values: they may be about a person.
    pub fn places(paths: impl Iterator<Item = String>) -> Self {
        let change = |path| Change {
            path,
            before: Value::Null,
            after: Value::Null,
        };
        Self(paths.map(change).collect())
    }
}

/// What the guard needs: the routes themselves, to look at things through them.
#[derive(Clone)]
pub struct Scribe {
    pub state: State,
    pub routes: Router,
}

pub async fn guard(
    axum::extract::State(scribe): axum::extract::State<Scribe>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.extensions().get::<MatchedPath>();
    let path = path
        .map(|path| path.as_str().to_owned())
        .unwrap_or_default();
    let (action, what, look, with_values) = match rules::of(request.method().as_str(), &path) {
        Some(Rule::Keep(action, what, look)) => (action, what, look, true),
        Some(Rule::Quiet(action, what, look)) => (action, what, look, false),
        Some(Rule::Exempt(_)) | None => return next.run(request).await,
    };
    let act = Act {
        action,
        what,
        look,
        with_values,
        path,
    };
    // A task of its own ends whether or not its sender waits: what was changed is told.
    let recorded = tokio::spawn(act.recorded(scribe, request, next).in_current_span());
    recorded.await.unwrap_or_else(|_| {
        Error::new(Code::Internal, "the request failed inside switchhook").into_response()
    })
}

struct Act {
    action: &'static str,
    what: &'static str,
    look: Look,
    with_values: bool,
    /// The route's, with its parameters as they are written there.
    path: String,
}

impl Act {
    async fn recorded(self, scribe: Scribe, request: Request, next: Next) -> Response {
        let (mut parts, body) = request.into_parts();
        let Ok(caller) = Caller::<Any>::from_request_parts(&mut parts, &scribe.state).await else {
            // The handler says why.
            return next.run(Request::from_parts(parts, body)).await;
        };
        let parameters = RawPathParams::from_request_parts(&mut parts, &scribe.state).await;
        let asked = parts.clone();
        let place = (self.look == Look::Same).then(|| self.place(&asked));
        let before = match &place {
            Some(place) => scribe.view(&asked, place).await,
            None => Value::Null,
        };
        let response = next.run(Request::from_parts(parts, body)).await;
        let dry = response.extensions().get::<ChangedNothing>().is_some();
        if !response.status().is_success() || dry {
            return response;
        }
        let told = response.extensions().get::<Told>().cloned();
        let (response, answer) = match self.look {
            Look::Made | Look::Counts => read(response).await,
            Look::Same | Look::Part => (response, Value::Null),
        };
        let asked_for = parameters
            .ok()
            .and_then(|all| Some(all.iter().next()?.1.to_owned()));
        let id = match self.look {
            Look::Made => ["id", "name"].iter().find_map(|name| text(&answer, name)),
            Look::Counts => asked_for.or_else(|| text(&answer, "id")),
            Look::Same | Look::Part => asked_for,
        };
        let after = match (&place, &id) {
            (Some(place), _) => scribe.view(&asked, place).await,
            (None, Some(id)) if self.look == Look::Made => {
                let collection = rules::collection(self.what).unwrap_or_default();
                scribe.view(&asked, &format!("{collection}/{id}")).await
            }
            _ => Value::Null,
        };
        let (changes, more) = match told {
            Some(Told(changes)) => (changes, 0),
            None => change::between(&before, &after, self.with_values),
        };
        let name = [&after, &before]
            .into_iter()
            .find_map(|view| text(view, "name"));
        let entry = Entry {
            id,
            name: name.filter(|_| self.with_values),
            changes,
            more,
            counts: counts(&answer, self.look),
            ..Entry::plain(
                Actor::from(&caller.known),
                network::sender(&asked, &scribe.state.settings).map(|ip| ip.to_string()),
                self.action,
                self.what,
            )
        };
        entry::keep(&scribe.state, caller.workspace, &entry).await;
        response
    }

    /// The address of the thing: that of the request, up to the first parameter with it.
    fn place(&self, parts: &Parts) -> String {
        let parameter = self.path.split('/').position(|part| part.starts_with('{'));
        let asked = parts.uri.path().split('/');
        let taken = parameter.map_or(usize::MAX, |at| at + 1);
        asked.take(taken).collect::<Vec<_>>().join("/")
    }
}

impl Scribe {
    /// A thing as the caller sees it; null where they see none.
    async fn view(&self, asked: &Parts, path: &str) -> Value {
        let mut request = Request::new(Body::empty());
        *request.method_mut() = Method::GET;
        let Ok(uri) = path.parse() else {
            return Value::Null;
        };
        *request.uri_mut() = uri;
        request.headers_mut().clone_from(&asked.headers);
        request.headers_mut().remove(header::CONTENT_LENGTH);
        if let Some(peer) = asked.extensions.get::<ConnectInfo<SocketAddr>>() {
            request.extensions_mut().insert(*peer);
        }
        let Ok(response) = self.routes.clone().oneshot(request).await;
        match response.status().is_success() {
            true => read(response).await.1,
            false => Value::Null,
        }
    }
}

/// What an answer says, and the answer whole.
async fn read(response: Response) -> (Response, Value) {
    let fits = |size: u64| size <= LARGEST as u64;
    if !response.body().size_hint().exact().is_some_and(fits) {
        return (response, Value::Null);
    }
    let (head, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, LARGEST).await else {
        let error = Error::new(Code::Internal, "the answer could not be read");
        return (error.into_response(), Value::Null);
    };
    let value = serde_json::from_slice(&bytes).unwrap_or_default();
    (Response::from_parts(head, Body::from(bytes)), value)
}

fn text(value: &Value, name: &str) -> Option<String> {
    value[name].as_str().map(String::from)
}

/// The numbers of an answer, and of its lists how long they are.
fn counts(answer: &Value, look: Look) -> Map<String, Value> {
    let Some(members) = answer.as_object().filter(|_| look == Look::Counts) else {
        return Map::new();
    };
    let count = |(name, value): (&String, &Value)| match value {
        Value::Number(_) => Some((name.clone(), value.clone())),
        Value::Array(list) if name == "runs" => Some((name.clone(), list.len().into())),
        _ => None,
    };
    members.iter().filter_map(count).collect()
}
