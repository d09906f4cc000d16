//! Making, changing and removing agents. Whoever answers has made their flows, too.

use super::settings;
use super::shape::Detail;
use crate::auth::{Caller, Scope, Write};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::patch::patched;
use crate::routes::flows::etag::{ETag, IfMatch, etag};
use crate::shapes::id::At;
use axum::Json;
use calls::agent::Agent;
use http::StatusCode;
use kernel::id::{Agent as AgentKind, AgentId};
use serde_json::Value;
use std::collections::BTreeSet;

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
    mut expect: Option<u32>,
    new: Agent,
) -> Result<(ETag, Json<Detail>)> {
    let engine = &caller.state.engine;
    if let Some(id) = id {
        let current = engine.agent(caller.workspace, id).await?;
        keeps(caller, &current.value, &new)?;
        // Saved over what was looked at, and over nothing that came since.
        expect = expect.or(Some(current.version));
    }
    let saved = engine.save_agent(
        caller.workspace,
        id,
        expect,
        new,
        Some(caller.known.author()),
    );
    let saved = saved.await?;
    caller.state.confidential_changed(caller.workspace);
    let flows = engine.flows_of_agent(caller.workspace, saved.id).await?;
    Ok((etag(saved.version), Json(Detail::new(saved, flows))))
}

/// What an agent calls confidential is shown to nobody new but by an administrator.
fn keeps(caller: &Caller<Write>, current: &Agent, new: &Agent) -> Result<()> {
    let still: BTreeSet<&String> = new.confidential().collect();
    match current.confidential().find(|name| !still.contains(name)) {
        Some(name) if !caller.known.may(Scope::Admin) => {
            let detail = format!(
                "the variable `{name}` is confidential: showing its values, by taking that, the variable or a name that it comes under away, needs the permission `admin`"
            );
            Err(Error::new(Code::Forbidden, detail))
        }
        _ => Ok(()),
    }
}

/// Delete an agent
///
/// And the flows that its settings keep. Runs in flight go on; its calls stay.
#[utoipa::path(delete, path = "/v1/agents/{id}", tag = "agents", security(("key" = ["write"])), responses((status = 204)))]
pub async fn delete(caller: Caller<Write>, At(id): At<AgentKind>) -> Result<StatusCode> {
    let engine = &caller.state.engine;
    let current = engine.agent(caller.workspace, id).await?.value;
    keeps(&caller, &current, &Agent::default())?;
    engine.delete_agent(caller.workspace, id).await?;
    caller.state.confidential_changed(caller.workspace);
    Ok(StatusCode::NO_CONTENT)
}
