//! Making, changing and removing endpoints.

use super::read::find;
use super::reconcile;
use super::shape::{Endpoint, EndpointBody, EndpointPatch, NewEndpoint, place};
use crate::auth::{Admin, Caller, generate_token, new_id, read_body};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::network::origin;
use crate::routes::flows::etag::{ETag, IfMatch, etag};
use crate::shapes::id::At;
use axum::Json;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::StatusCode;
use http::request::Parts;
use kernel::Problem;
use kernel::id::{Endpoint as EndpointKind, EndpointId};
use serde_json::{Map, Value};
use store::catalog::{Document, Kind, Put};

const LONGEST_AUTH: usize = 64 << 10;

/// Create an endpoint
///
/// Its address is unguessable. The signature is required, where the platform signs, unless it is switched off.
#[utoipa::path(post, path = "/v1/endpoints", tag = "endpoints", security(("key" = ["admin"])), request_body = NewEndpoint,
    responses((status = 201, body = Endpoint, headers(("etag" = String)))))]
pub async fn create(
    caller: Caller<Admin>,
    parts: Parts,
    Body(new): Body<NewEndpoint>,
) -> Result<(StatusCode, ETag, Json<Endpoint>)> {
    check(&new.provider, Some(&new.name), Some(&new.auth))?;
    let now = caller.state.engine.now();
    let id: EndpointId = new_id(now);
    let mut document = Document {
        kind: Kind::Endpoint,
        id: id.bytes(),
        workspace: caller.workspace,
        version: 0,
        name: new.name,
        alias: Some(generate_token("")),
        enabled: true,
        created_at: now,
        updated_at: now,
        body: Default::default(),
    };
    let reconcile = new.reconcile.map(|new_settings| {
        reconcile::keep(&caller.state, &document, &new.provider, new_settings, None)
    });
    let body = EndpointBody {
        reconcile: reconcile.transpose()?,
        listens: line(&new.provider, &new.auth).is_some(),
        provider: new.provider,
        signature: new.signature,
        has_secret: !new.auth.is_empty(),
        first_message_at: None,
        sealed: seal(&caller, &document, &new.auth),
    };
    let (etag, endpoint) = save(&caller, &parts, &mut document, &body).await?;
    Ok((StatusCode::CREATED, etag, endpoint))
}

/// Replace an endpoint
///
/// Its address and its provider stay; `auth` that is not given is removed.
#[utoipa::path(put, path = "/v1/endpoints/{id}", tag = "endpoints", security(("key" = ["admin"])), request_body = NewEndpoint,
    params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = Endpoint, headers(("etag" = String)))))]
pub async fn replace(
    caller: Caller<Admin>,
    At(id): At<EndpointKind>,
    expect: IfMatch,
    parts: Parts,
    Body(new): Body<NewEndpoint>,
) -> Result<(ETag, Json<Endpoint>)> {
    check(&new.provider, None, None)?;
    let document = find(&caller.state, caller.workspace, id).await?;
    let body: EndpointBody = read_body(&document)?;
    if body.provider != new.provider {
        let message = format!(
            "is `{}` and cannot be changed; make another endpoint",
            body.provider
        );
        return Err(Error::invalid(
            Code::InvalidRequest,
            vec![Problem::new("/provider", message)],
        ));
    }
    let patch = EndpointPatch {
        name: Some(new.name),
        auth: Some(new.auth),
        signature: Some(new.signature),
        enabled: None,
        reconcile: Some(new.reconcile),
    };
    change(&caller, &parts, document, expect, patch).await
}

/// Change parts of an endpoint
#[utoipa::path(patch, path = "/v1/endpoints/{id}", tag = "endpoints", security(("key" = ["admin"])), request_body = EndpointPatch,
    params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = Endpoint, headers(("etag" = String)))))]
pub async fn patch(
    caller: Caller<Admin>,
    At(id): At<EndpointKind>,
    expect: IfMatch,
    parts: Parts,
    Body(patch): Body<EndpointPatch>,
) -> Result<(ETag, Json<Endpoint>)> {
    let document = find(&caller.state, caller.workspace, id).await?;
    change(&caller, &parts, document, expect, patch).await
}

/// Delete an endpoint
///
/// Its address answers 404 at once here, and within five seconds on every other node.
#[utoipa::path(delete, path = "/v1/endpoints/{id}", tag = "endpoints", security(("key" = ["admin"])), responses((status = 204)))]
pub async fn delete(caller: Caller<Admin>, At(id): At<EndpointKind>) -> Result<StatusCode> {
    let document = find(&caller.state, caller.workspace, id).await?;
    let engine = &caller.state.engine;
    // Before, so that nothing stays where the rest fails; and after, for what came in between.
    engine.forget_arrived(id).await?;
    engine
        .store()
        .delete(Kind::Endpoint, document.id, engine.now())
        .await?;
    forget(&caller, &document);
    engine.forget_reconciled(caller.workspace, id).await?;
    caller.state.arrivals.forget(id);
    engine.forget_arrived(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn change(
    caller: &Caller<Admin>,
    parts: &Parts,
    mut document: Document,
    IfMatch(expect): IfMatch,
    patch: EndpointPatch,
) -> Result<(ETag, Json<Endpoint>)> {
    if expect.is_some_and(|expect| expect != document.version) {
        return Err(conflict(document.version));
    }
    let mut body: EndpointBody = read_body(&document)?;
    check(&body.provider, patch.name.as_deref(), patch.auth.as_ref())?;
    if let Some(auth) = patch.auth {
        body.has_secret = !auth.is_empty();
        body.listens = line(&body.provider, &auth).is_some();
        body.sealed = seal(caller, &document, &auth);
    }
    let changes_reconciler = patch.reconcile.is_some();
    if let Some(settings) = patch.reconcile {
        let current = body.reconcile.take();
        let kept = settings.map(|new| {
            reconcile::keep(
                &caller.state,
                &document,
                &body.provider,
                new,
                current.as_ref(),
            )
        });
        body.reconcile = kept.transpose()?;
    }
    body.signature = patch.signature.unwrap_or(body.signature);
    document.name = patch.name.unwrap_or(document.name);
    document.enabled = patch.enabled.unwrap_or(document.enabled);
    write(caller, &mut document, &body).await?;
    if changes_reconciler {
        // Which calls are meant may be others now: it begins anew.
        let id = EndpointId::from_bytes(document.id);
        let engine = &caller.state.engine;
        engine.forget_reconciled(document.workspace, id).await?;
        caller.state.reconcilers.notify_one();
    }
    shown(caller, parts, &document).await
}

/// Keeps the next version of an endpoint.
pub(super) async fn save(
    caller: &Caller<Admin>,
    parts: &Parts,
    document: &mut Document,
    body: &EndpointBody,
) -> Result<(ETag, Json<Endpoint>)> {
    write(caller, document, body).await?;
    shown(caller, parts, document).await
}

async fn write(caller: &Caller<Admin>, document: &mut Document, body: &EndpointBody) -> Result<()> {
    let expect = document.version;
    let engine = &caller.state.engine;
    document.version += 1;
    document.updated_at = engine.now();
    document.body = serde_json::to_vec(body).expect("plain data is JSON").into();
    match engine.store().put(document.clone(), expect).await? {
        Put::Saved => {
            forget(caller, document);
            Ok(())
        }
        Put::Conflict(version) => Err(conflict(version)),
        Put::Taken => Err(Error::new(
            Code::AlreadyExists,
            "the address is taken: try again",
        )),
    }
}

async fn shown(
    caller: &Caller<Admin>,
    parts: &Parts,
    document: &Document,
) -> Result<(ETag, Json<Endpoint>)> {
    let origin = origin(parts, &caller.state.settings);
    let endpoint = Endpoint::of(document, &origin, &caller.state, &caller.known).await?;
    Ok((etag(endpoint.version), Json(endpoint)))
}

pub(super) fn conflict(version: u32) -> Error {
    engine::Refusal::Conflict(version).into()
}

pub(super) fn seal(
    caller: &Caller<Admin>,
    document: &Document,
    auth: &Map<String, Value>,
) -> String {
    let plain = serde_json::to_vec(auth).expect("JSON is JSON");
    let place = place(document.workspace, document.id);
    BASE64_STANDARD.encode(caller.state.engine.vault().seal(&plain, place.as_bytes()))
}

/// Other nodes forget it when their copies expire; this one at once.
pub(super) fn forget(caller: &Caller<Admin>, document: &Document) {
    if let Some(token) = &document.alias {
        caller.state.inboxes.remove(token.as_str());
    }
    caller.state.lines.look();
    caller.state.reconcilers.notify_one();
}

/// Where the platform is to be connected to, if it is.
fn line(
    provider: &str,
    auth: &Map<String, Value>,
) -> Option<std::result::Result<String, providers::Wrong>> {
    providers::find(provider)?.line(&Value::Object(auth.clone()))
}

pub(super) fn check(
    provider: &str,
    name: Option<&str>,
    auth: Option<&Map<String, Value>>,
) -> Result<()> {
    let mut problems = Vec::new();
    if providers::find(provider).is_none() {
        problems.push(Problem::new(
            "/provider",
            format!("`{provider}` is not a provider; see GET /v1/providers"),
        ));
    }
    if let Some(Err(wrong)) = auth.and_then(|auth| line(provider, auth)) {
        problems.push(Problem::new(
            format!("/auth/{}", wrong.field),
            wrong.message,
        ));
    }
    if name.is_some_and(|name| name.trim().is_empty() || name.len() > 200) {
        problems.push(Problem::new("/name", "must have 1 to 200 characters"));
    }
    if auth.is_some_and(|auth| serde_json::to_vec(auth).is_ok_and(|text| text.len() > LONGEST_AUTH))
    {
        problems.push(Problem::new(
            "/auth",
            format!("has more than {LONGEST_AUTH} bytes"),
        ));
    }
    match problems.is_empty() {
        true => Ok(()),
        false => Err(Error::invalid(Code::InvalidRequest, problems)),
    }
}
