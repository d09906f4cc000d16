//! What can be done with a flow besides editing its document.

use super::edit::{change, save, shown};
use super::etag::ETag;
use super::resume::resumed;
use super::shape::{Checked, Flow, Resumed};
use crate::auth::{Caller, Read, Scope, Write};
use crate::body::Body;
use crate::errors::{Result, Wrong};
use crate::shapes::id::At;
use axum::Json;
use engine::{Engine, Refusal};
use http::StatusCode;
use kernel::id::{Flow as FlowKind, WorkspaceId};
use serde_json::Value;

/// Characters of a name that leave room for what a copy adds to it.
const LONGEST_COPIED: usize = 190;
/// Settings that a key with `write` may change; all others are for `admin`.
const OF_AGENTS: &str = "/v1/agents/";

/// Check a flow
///
/// Says what saving the document would say, without saving it.
#[utoipa::path(post, path = "/v1/flows/check", tag = "flows", security(("key" = ["read"])), request_body = Object,
    responses((status = 200, body = Checked)))]
pub async fn check(caller: Caller<Read>, Body(document): Body<Value>) -> Result<Json<Checked>> {
    checked(&caller.state.engine, caller.workspace, &document)
        .await
        .map(Json)
}

/// What saving a document would say.
pub(in crate::routes) async fn checked(
    engine: &Engine,
    workspace: WorkspaceId,
    document: &Value,
) -> Result<Checked> {
    let wrongs = |problems: Vec<kernel::Problem>| problems.iter().map(Wrong::from).collect();
    let checked = match engine.check_flow(workspace, document).await {
        Ok(fit) => Checked {
            missing_secrets: engine.missing_secrets(workspace, document).await?,
            problems: Vec::new(),
            warnings: wrongs(fit.warnings),
            settles: Some(fit.settles),
        },
        Err(Refusal::Invalid(problems)) => Checked {
            problems: wrongs(problems),
            missing_secrets: Vec::new(),
            warnings: Vec::new(),
            settles: None,
        },
        Err(other) => return Err(other.into()),
    };
    Ok(checked)
}

/// Enable a flow
///
/// Resumes it too, where it was paused, and answers as that does.
#[utoipa::path(post, path = "/v1/flows/{id}/enable", tag = "flows", security(("key" = ["write"])),
    responses((status = 200, body = Resumed, headers(("etag" = String)))))]
pub async fn enable(caller: Caller<Write>, At(id): At<FlowKind>) -> Result<(ETag, Json<Resumed>)> {
    let engine = &caller.state.engine;
    engine.switch_flow(caller.workspace, id, true).await?;
    resumed(&caller, id).await
}

/// Disable a flow
///
/// Starts no more runs at once; runs in flight go on. Makes no version, as enabling makes none.
#[utoipa::path(post, path = "/v1/flows/{id}/disable", tag = "flows", security(("key" = ["write"])),
    responses((status = 200, body = Flow, headers(("etag" = String)))))]
pub async fn disable(caller: Caller<Write>, At(id): At<FlowKind>) -> Result<(ETag, Json<Flow>)> {
    let engine = &caller.state.engine;
    Ok(shown(
        engine.switch_flow(caller.workspace, id, false).await?,
    ))
}

/// Duplicate a flow
///
/// The copy is disabled, and has a key of its own.
#[utoipa::path(post, path = "/v1/flows/{id}/duplicate", tag = "flows", security(("key" = ["write"])),
    responses((status = 201, body = Flow)))]
pub async fn duplicate(
    caller: Caller<Write>,
    At(id): At<FlowKind>,
) -> Result<(StatusCode, ETag, Json<Flow>)> {
    let mut flow = caller.state.engine.flow(caller.workspace, id).await?;
    let name: String = flow.name.chars().take(LONGEST_COPIED).collect();
    flow.document["name"] = format!("{name} (copy)").into();
    flow.document["enabled"] = false.into();
    if let Some(members) = flow.document.as_object_mut() {
        members.shift_remove("key");
    }
    let note = format!("a copy of {}", flow.name);
    let change = change(&caller, flow.live.is_none(), Some(note))?;
    let (etag, copy) = save(&caller, None, flow.document, change).await?;
    Ok((StatusCode::CREATED, etag, copy))
}

/// Detach a flow
///
/// One that is derived from settings becomes one like others, with a key of its own, and what it does is taken out of them: it goes
/// on as it is, and is edited as a flow from then on. Out of settings that only `admin` changes, only `admin` takes one.
#[utoipa::path(post, path = "/v1/flows/{id}/detach", tag = "flows", security(("key" = ["write"])),
    responses((status = 200, body = Flow)))]
pub async fn detach(caller: Caller<Write>, At(id): At<FlowKind>) -> Result<(ETag, Json<Flow>)> {
    let engine = &caller.state.engine;
    let flow = engine.flow(caller.workspace, id).await?;
    let of_agent = |settings: &String| settings.starts_with(OF_AGENTS);
    if flow
        .origin
        .kept_by
        .is_some_and(|settings| !of_agent(&settings))
    {
        caller.known.needs(Scope::Admin)?;
    }
    let flow = engine.detach_flow(caller.workspace, id, Some(caller.known.author()));
    Ok(shown(flow.await?))
}
