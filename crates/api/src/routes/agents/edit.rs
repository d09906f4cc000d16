//! Making, changing and removing agents. Whoever answers has made their flows, too.

use super::settings;
use super::shape::Detail;
use crate::auth::{Caller, Write};
use crate::body::Body;
use crate::errors::Result;
use crate::patch::patched;
use crate::routes::flows::etag::{ETag, IfMatch, etag};
use crate::shapes::id::At;
use axum::Json;
use calls::agent::Agent;
use http::StatusCode;
use kernel::id::{Agent as AgentKind, AgentId};
use serde_json::Value;

/// Create an agent
///
/// Its actions become flows that its settings keep: they start on every call of the agent accepted after the answer.
#[utoipa::path(post, path = "/v1/agents", tag = "agents", security(("key" = ["write"])), request_body = settings::Agent,
    responses((status = 201, body = Detail, headers(("etag" = String)))))]
pub async fn create(
    caller: Caller<Write>,
    Body(new): Body<Agent>,
) -> Result<(StatusCode, ETag, Json<Detail>)> {
    let (etag, saved) = save(&caller, None, None, new).await?;
    Ok((StatusCode::CREATED, etag, saved))
}

/// Replace an agent
///
/// What is not given is unset. An action keeps its flow by its `id`.
#[utoipa::path(put, path = "/v1/agents/{id}", tag = "agents", security(("key" = ["write"])), request_body = settings::Agent,
    params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = Detail, headers(("etag" = String)))))]
pub async fn replace(
    caller: Caller<Write>,
    At(id): At<AgentKind>,
    IfMatch(expect): IfMatch,
    Body(new): Body<Agent>,
) -> Result<(ETag, Json<Detail>)> {
    save(&caller, Some(id), expect, new).await
}

/// Change parts of an agent
///
/// As in RFC 7396: what is given replaces, lists as a whole; null removes.
#[utoipa::path(patch, path = "/v1/agents/{id}", tag = "agents", security(("key" = ["write"])), request_body = Object,
    params(("if-match" = Option<String>, Header, description = "The version that this changes, as in `ETag`.")),
    responses((status = 200, body = Detail, headers(("etag" = String)))))]
pub async fn patch(
    caller: Caller<Write>,
    At(id): At<AgentKind>,
    IfMatch(expect): IfMatch,
    Body(changes): Body<Value>,
) -> Result<(ETag, Json<Detail>)> {
    let current = caller.state.engine.agent(caller.workspace, id).await?;
    let new = patched(&current.value, changes)?;
    save(
        &caller,
        Some(id),
        Some(expect.unwrap_or(current.version)),
        new,
    )
    .await
}

async fn save(
    caller: &Caller<Write>,
    id: Option<AgentId>,
    expect: Option<u32>,
    new: Agent,
) -> Result<(ETag, Json<Detail>)> {
    let engine = &caller.state.engine;
    let saved = engine.save_agent(
        caller.workspace,
        id,
        expect,
        new,
        Some(caller.known.author()),
    );
    let saved = saved.await?;
    let flows = engine.flows_of_agent(caller.workspace, saved.id).await?;
    Ok((etag(saved.version), Json(Detail::new(saved, flows))))
}

/// Delete an agent
///
/// And the flows that its settings keep. Runs in flight go on; its calls stay.
#[utoipa::path(delete, path = "/v1/agents/{id}", tag = "agents", security(("key" = ["write"])), responses((status = 204)))]
pub async fn delete(caller: Caller<Write>, At(id): At<AgentKind>) -> Result<StatusCode> {
    let engine = &caller.state.engine;
    engine.delete_agent(caller.workspace, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
