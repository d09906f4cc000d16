//! Agents as people look at them.

use super::shape::{Detail, Shown};
use crate::auth::{Caller, Read};
use crate::errors::Result;
use crate::page::{List, Paging, cut};
use crate::params::Params;
use crate::routes::flows::etag::{ETag, etag};
use crate::shapes::id::At;
use axum::Json;
use kernel::id::Agent as AgentKind;

/// List agents
#[utoipa::path(get, path = "/v1/agents", tag = "agents", security(("key" = ["read"])),
    params(Paging, ("search" = Option<String>, Query, description = "Parts of names.")),
    responses((status = 200, body = List<Shown>)))]
pub async fn list(caller: Caller<Read>, mut params: Params) -> Result<Json<List<Shown>>> {
    let page = params.page::<AgentKind>();
    let search = params.text("search").unwrap_or_default();
    params.finish()?;
    let engine = &caller.state.engine;
    let found = engine.agents(caller.workspace, &search, page.before, page.limit + 1);
    let mut found = found.await?;
    let next = cut(&mut found, page.limit, |agent| agent.id);
    let data = found.into_iter().map(Shown::from).collect();
    Ok(Json(List { data, next }))
}

/// Show an agent
///
/// With the flows that its settings keep.
#[utoipa::path(get, path = "/v1/agents/{id}", tag = "agents", security(("key" = ["read"])),
    responses((status = 200, body = Detail, headers(("etag" = String)))))]
pub async fn show(caller: Caller<Read>, At(id): At<AgentKind>) -> Result<(ETag, Json<Detail>)> {
    let engine = &caller.state.engine;
    let agent = engine.agent(caller.workspace, id).await?;
    let flows = engine.flows_of_agent(caller.workspace, id).await?;
    Ok((etag(agent.version), Json(Detail::new(agent, flows))))
}
