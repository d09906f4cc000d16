//! What can be done with a flow besides editing its document.

use super::edit::save;
use super::etag::{ETag, etag};
use super::shape::{Checked, Flow};
use crate::auth::{Caller, Read, Write};
use crate::body::Body;
use crate::errors::{Result, Wrong};
use crate::shapes::id::At;
use axum::Json;
use engine::Refusal;
use http::StatusCode;
use kernel::id::{Flow as FlowKind, FlowId};
use serde_json::Value;

/// Check a flow
///
/// Says what saving the document would say, without saving it.
#[utoipa::path(post, path = "/v1/flows/check", tag = "flows", security(("key" = ["read"])), request_body = Object,
    responses((status = 200, body = Checked)))]
pub async fn check(caller: Caller<Read>, Body(document): Body<Value>) -> Result<Json<Checked>> {
    let wrongs = |problems: Vec<kernel::Problem>| problems.iter().map(Wrong::from).collect();
    let checked = match caller
        .state
        .engine
        .check_flow(caller.workspace, &document)
        .await
    {
        Ok(fit) => Checked {
            problems: Vec::new(),
            warnings: wrongs(fit.warnings),
            settles: Some(fit.settles),
        },
        Err(Refusal::Invalid(problems)) => Checked {
            problems: wrongs(problems),
            warnings: Vec::new(),
            settles: None,
        },
        Err(other) => return Err(other.into()),
    };
    Ok(Json(checked))
}

/// Enable a flow
#[utoipa::path(post, path = "/v1/flows/{id}/enable", tag = "flows", security(("key" = ["write"])),
    responses((status = 200, body = Flow)))]
pub async fn enable(caller: Caller<Write>, At(id): At<FlowKind>) -> Result<(ETag, Json<Flow>)> {
    switch(caller, id, true).await
}

/// Disable a flow
///
/// Starts no more runs at once; runs in flight go on.
#[utoipa::path(post, path = "/v1/flows/{id}/disable", tag = "flows", security(("key" = ["write"])),
    responses((status = 200, body = Flow)))]
pub async fn disable(caller: Caller<Write>, At(id): At<FlowKind>) -> Result<(ETag, Json<Flow>)> {
    switch(caller, id, false).await
}

async fn switch(caller: Caller<Write>, id: FlowId, enabled: bool) -> Result<(ETag, Json<Flow>)> {
    let mut flow = caller.state.engine.flow(caller.workspace, id).await?;
    if flow.enabled == enabled {
        return Ok((etag(flow.version), Json(flow.into())));
    }
    flow.document["enabled"] = enabled.into();
    save(&caller, Some(id), Some(flow.version), flow.document).await
}

/// Duplicate a flow
///
/// The copy is disabled.
#[utoipa::path(post, path = "/v1/flows/{id}/duplicate", tag = "flows", security(("key" = ["write"])),
    responses((status = 201, body = Flow)))]
pub async fn duplicate(
    caller: Caller<Write>,
    At(id): At<FlowKind>,
) -> Result<(StatusCode, ETag, Json<Flow>)> {
    let mut flow = caller.state.engine.flow(caller.workspace, id).await?;
    flow.document["name"] = format!("{} (copy)", flow.name).into();
    flow.document["enabled"] = false.into();
    let (etag, copy) = save(&caller, None, None, flow.document).await?;
    Ok((StatusCode::CREATED, etag, copy))
}
