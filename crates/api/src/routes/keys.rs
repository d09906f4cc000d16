//! API keys: made, listed without their tokens, rotated with an overlap, removed.

use crate::auth::{self, Admin, Caller, KeyBody, Scope};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::page::{List, Paging, cut};
use crate::params::Params;
use crate::shapes::id::At;
use crate::state::State;
use axum::Json;
use http::StatusCode;
use jiff::Timestamp;
use kernel::Problem;
use kernel::id::{Key as KeyKind, KeyId};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use store::catalog::{Document, Kind, Put};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(create, list))
        .routes(routes!(show, delete))
        .routes(routes!(rotate))
}

const LONGEST_OVERLAP_S: u32 = 30 * 24 * 3600;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewKey)]
pub struct NewKeyIn {
    #[schema(max_length = 200)]
    name: String,
    #[schema(min_items = 1)]
    scopes: Vec<Scope>,
    /// Never, when absent.
    expires_at: Option<Timestamp>,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Rotate {
    /// How long the old token stays valid beside the new one; at most 30 days.
    #[schema(maximum = 2592000)]
    overlap_s: u32,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Key {
    #[schema(value_type = String)]
    id: KeyId,
    name: String,
    scopes: Vec<Scope>,
    /// Last characters of its token.
    last_four: String,
    created_at: Timestamp,
    #[schema(required = true)]
    expires_at: Option<Timestamp>,
    /// About when it was used last, to five minutes; null: never.
    #[schema(required = true)]
    last_used_at: Option<Timestamp>,
}

/// A new key, with its token for the only time.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreatedKey {
    #[serde(flatten)]
    key: Key,
    /// Not shown again.
    #[schema(example = "sh_live_…")]
    token: String,
}

fn shown(document: &Document) -> Result<Key> {
    let body: KeyBody = auth::read_body(document)?;
    Ok(Key {
        id: KeyId::from_bytes(document.id),
        name: document.name.clone(),
        scopes: body.scopes,
        last_four: body.last_four,
        created_at: document.created_at,
        expires_at: body.expires_at,
        last_used_at: body.last_used_at,
    })
}

/// Create a key
///
/// The answer holds its token, which is not shown again.
#[utoipa::path(post, path = "/v1/keys", tag = "keys", security(("key" = ["admin"])), request_body = NewKeyIn,
    responses((status = 201, body = CreatedKey)))]
pub async fn create(
    caller: Caller<Admin>,
    Body(key): Body<NewKeyIn>,
) -> Result<(StatusCode, Json<CreatedKey>)> {
    let now = caller.state.engine.now();
    let mut problems = Vec::new();
    if key.name.trim().is_empty() || key.name.len() > 200 {
        problems.push(Problem::new("/name", "must have 1 to 200 characters"));
    }
    if key.scopes.is_empty() {
        problems.push(Problem::new("/scopes", "must name at least one scope"));
    }
    if let Some(at) = key.expires_at.filter(|at| *at <= now) {
        problems.push(Problem::new(
            "/expires_at",
            format!("`{at}` is in the past"),
        ));
    }
    if !problems.is_empty() {
        return Err(Error::invalid(Code::InvalidRequest, problems));
    }
    let key = auth::NewKey {
        name: key.name,
        scopes: key.scopes,
        expires_at: key.expires_at,
    };
    let (document, token) = issue(&caller, key).await?;
    created(&document, token)
}

async fn issue(caller: &Caller<Admin>, key: auth::NewKey) -> Result<(Document, String)> {
    let engine = &caller.state.engine;
    let store = engine.store().as_ref();
    Ok(auth::create_key(store, caller.workspace, key, engine.now()).await?)
}

fn created(document: &Document, token: String) -> Result<(StatusCode, Json<CreatedKey>)> {
    let key = shown(document)?;
    Ok((StatusCode::CREATED, Json(CreatedKey { key, token })))
}

/// List keys
#[utoipa::path(get, path = "/v1/keys", tag = "keys", security(("key" = ["admin"])), params(Paging),
    responses((status = 200, body = List<Key>)))]
pub async fn list(caller: Caller<Admin>, mut params: Params) -> Result<Json<List<Key>>> {
    let page = params.page::<KeyKind>();
    params.finish()?;
    let store = caller.state.engine.store();
    let before = page.before.map(KeyId::bytes);
    let mut keys = store
        .list(Some(caller.workspace), Kind::Key, before, page.limit + 1)
        .await?;
    let next = cut(&mut keys, page.limit, |key| KeyId::from_bytes(key.id));
    let data = keys.iter().map(shown).collect::<Result<_>>()?;
    Ok(Json(List { data, next }))
}

/// Show a key
#[utoipa::path(get, path = "/v1/keys/{id}", tag = "keys", security(("key" = ["admin"])), responses((status = 200, body = Key)))]
pub async fn show(caller: Caller<Admin>, At(id): At<KeyKind>) -> Result<Json<Key>> {
    shown(&find(&caller, id).await?).map(Json)
}

async fn find(caller: &Caller<Admin>, id: KeyId) -> Result<Document> {
    let found = caller
        .state
        .engine
        .store()
        .get(Kind::Key, id.bytes())
        .await?;
    let found = found.filter(|key| key.workspace == caller.workspace);
    found.ok_or_else(|| Error::not_found("key with this id"))
}

/// Other nodes forget it when their copies expire; this one at once.
fn forget(caller: &Caller<Admin>, key: &Document) {
    if let Some(hash) = &key.alias {
        caller.state.keys.remove(hash.as_str());
    }
}

/// Revoke a key
///
/// Its token is refused at once here, and within five seconds on every other node.
#[utoipa::path(delete, path = "/v1/keys/{id}", tag = "keys", security(("key" = ["admin"])), responses((status = 204)))]
pub async fn delete(caller: Caller<Admin>, At(id): At<KeyKind>) -> Result<StatusCode> {
    let key = find(&caller, id).await?;
    let engine = &caller.state.engine;
    engine
        .store()
        .delete(Kind::Key, key.id, engine.now())
        .await?;
    forget(&caller, &key);
    Ok(StatusCode::NO_CONTENT)
}

/// Rotate a key
///
/// Makes a key with the same name, scopes and expiry; the old one ends after the overlap.
#[utoipa::path(post, path = "/v1/keys/{id}/rotate", tag = "keys", security(("key" = ["admin"])), request_body = Option<Rotate>,
    responses((status = 201, body = CreatedKey)))]
pub async fn rotate(
    caller: Caller<Admin>,
    At(id): At<KeyKind>,
    Body(Rotate { overlap_s }): Body<Rotate>,
) -> Result<(StatusCode, Json<CreatedKey>)> {
    if overlap_s > LONGEST_OVERLAP_S {
        let problem = Problem::new("/overlap_s", "is more than 30 days");
        return Err(Error::invalid(Code::InvalidRequest, vec![problem]));
    }
    let mut old = find(&caller, id).await?;
    let mut body: KeyBody = auth::read_body(&old)?;
    let key = auth::NewKey {
        name: old.name.clone(),
        scopes: body.scopes.clone(),
        expires_at: body.expires_at,
    };
    let now = caller.state.engine.now();
    let end = now + Duration::from_secs(overlap_s.into());
    body.expires_at = Some(body.expires_at.map_or(end, |at| at.min(end)));
    let expect = old.version;
    old.version += 1;
    old.updated_at = now;
    old.body = serde_json::to_vec(&body)
        .expect("plain data is JSON")
        .into();
    let (document, token) = issue(&caller, key).await?;
    let store = caller.state.engine.store();
    if store.put(old.clone(), expect).await? != Put::Saved {
        store.delete(Kind::Key, document.id, now).await?;
        let detail = "the key was changed meanwhile: try again";
        return Err(Error::new(Code::VersionConflict, detail));
    }
    forget(&caller, &old);
    created(&document, token)
}
