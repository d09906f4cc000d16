//! A provider's webhook: found by its address, its signature checked over the raw bytes, read, accepted, answered in the
//! provider's format. A message that is refused causes nothing; that it came is kept for a while for people who look, without
//! what proves its sender.

use super::endpoints::{
    Came, EndpointBody, Signature, note_accepted, note_nothing, note_refused, place,
};
use crate::auth::{read_body, token::is_token};
use crate::errors::{Code, Error, Result};
use crate::intake::{self, hops};
use crate::network::origin;
use crate::state::State;
use axum::extract::{self, Path, Request};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use calls::Observation;
use engine::Receipt;
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use kernel::Problem;
use kernel::id::{EndpointId, WorkspaceId};
use providers::{Answer, Provider, Reply, Request as Message};
use serde_json::Value;
use std::sync::Arc;
use std::time::Instant;
use store::catalog::{Document, Kind};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(receive, receive_query))
}

/// An endpoint, ready to take messages.
pub struct Inbox {
    pub(crate) id: EndpointId,
    pub(crate) workspace: WorkspaceId,
    pub(crate) provider: &'static dyn Provider,
    pub(crate) auth: Value,
    signature: Signature,
}

/// Receive a provider's webhook
///
/// Answers when the message and the runs it causes are on disk, in the provider's format.
#[utoipa::path(post, path = "/v1/in/{endpoint}", tag = "events", request_body(content = String, content_type = "*/*"),
    responses((status = 200, description = "What the provider expects.")))]
pub async fn receive(
    extract::State(state): extract::State<State>,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response> {
    let inbox = find(&state, token).await?;
    let (parts, body) = request.into_parts();
    let (headers, url) = (lower_case(&parts.headers), url(&parts, &state));
    let largest = state.settings.limits.event_body;
    let _room = state.intake.hold(&body, largest)?;
    let body = intake::body(body, largest).await?;
    let message = Message {
        method: parts.method.as_str(),
        url: &url,
        headers: &headers,
        body: &body,
    };
    let taken = take_in(&state, &inbox, &message, &body, &parts.headers).await;
    let (observations, receipts) = match taken {
        Ok(taken) => taken,
        Err(error) => {
            note_refused(&state, &inbox, &message, &error);
            return Err(error);
        }
    };
    let reply = inbox
        .provider
        .reply(&message, &observations, &Answer::default());
    let came = Came {
        message: &message,
        status: reply.status,
    };
    match observations.is_empty() {
        true => note_nothing(&state, &inbox, &came),
        false => note_accepted(&state, &inbox, &observations, &receipts, Some(&came)),
    }
    Ok(respond(reply))
}

async fn take_in(
    state: &State,
    inbox: &Inbox,
    message: &Message<'_>,
    body: &Bytes,
    headers: &HeaderMap,
) -> Result<(Vec<Observation>, Vec<Receipt>)> {
    verify(inbox, message, state)?;
    state.intake.take(inbox.workspace)?;
    let hops = hops(headers)?;
    let mut observations = inbox.provider.read(message).map_err(|unreadable| {
        let problem = Problem::new(unreadable.path, unreadable.message);
        Error::invalid(Code::InvalidEvent, vec![problem])
    })?;
    observations.iter_mut().for_each(|seen| seen.hops = hops);
    if observations.is_empty() {
        return Ok((observations, Vec::new()));
    }
    if let Some(sound) = inbox.provider.sound(message) {
        let base64 = body.slice(sound.base64);
        let laid = state
            .engine
            .lay_down_recording(inbox.workspace, &sound.url, base64);
        // The step that keeps it says so, too; the message is not refused for it.
        if let Err(why) = laid.await {
            tracing::warn!(endpoint = %inbox.id, %why, "a recording inside a message was not kept");
        }
    }
    let accepted = state
        .engine
        .accept(inbox.workspace, Some(inbox.id), observations.clone());
    let receipts = accepted.await?;
    Ok((observations, receipts))
}

fn respond(reply: Reply) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::OK);
    let content_type = [(header::CONTENT_TYPE, reply.content_type)];
    let mut response = (status, content_type, reply.body).into_response();
    for (name, value) in reply.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Receive a provider's webhook that comes as a GET
///
/// Its query counts as its body.
#[utoipa::path(get, path = "/v1/in/{endpoint}", tag = "events",
    responses((status = 200, description = "What the provider expects.")))]
pub async fn receive_query(
    state: extract::State<State>,
    token: Path<String>,
    request: Request,
) -> Result<Response> {
    receive(state, token, request).await
}

fn verify(inbox: &Inbox, message: &Message<'_>, state: &State) -> Result<()> {
    if inbox.signature == Signature::Off {
        return Ok(());
    }
    let refused = |reason: String| Err(Error::new(Code::BadSignature, reason));
    match inbox
        .provider
        .verify(message, &inbox.auth, state.engine.now())
    {
        providers::Signature::Valid => Ok(()),
        providers::Signature::Invalid(reason) => refused(reason),
        providers::Signature::None if !inbox.provider.signs() => Ok(()),
        providers::Signature::None => {
            refused("the endpoint has no secret to check the signature with".into())
        }
    }
}

async fn find(state: &State, token: String) -> Result<Arc<Inbox>> {
    let missing = || Error::not_found("endpoint with this address");
    // Guessed addresses neither ask the store nor take the place of others in the cache.
    if !is_token(&token) {
        return Err(missing());
    }
    let now = Instant::now();
    if let Some(known) = state.inboxes.get(token.as_str(), now) {
        return known.ok_or_else(missing);
    }
    let since = state.inboxes.since();
    let document = state.engine.store().find(Kind::Endpoint, &token).await?;
    let document = document.filter(|document| document.enabled);
    let inbox = document
        .map(|document| open(state, &document))
        .transpose()?;
    state.inboxes.put(token, inbox.clone(), now, since);
    inbox.ok_or_else(missing)
}

pub(crate) fn open(state: &State, document: &Document) -> Result<Arc<Inbox>> {
    let body: EndpointBody = read_body(document)?;
    let provider = providers::find(&body.provider);
    let provider =
        provider.ok_or_else(|| Error::not_found(&format!("provider `{}`", body.provider)))?;
    let sealed = BASE64_STANDARD.decode(&body.sealed).unwrap_or_default();
    let place = place(document.workspace, document.id);
    let plain = state.engine.vault().open(&sealed, place.as_bytes())?;
    Ok(Arc::new(Inbox {
        id: EndpointId::from_bytes(document.id),
        workspace: document.workspace,
        provider,
        auth: serde_json::from_slice(&plain).unwrap_or_default(),
        signature: body.signature,
    }))
}

/// The address as the platform sees it.
fn url(parts: &Parts, state: &State) -> String {
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    format!("{}{path}", origin(parts, &state.settings))
}

fn lower_case(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), text(value)))
        .collect()
}
