//! Flows as people look at them.

use super::etag::{ETag, etag};
use super::shape::{Flow, FlowSummary, LastRun, RecentRuns};
use crate::auth::{Caller, Read};
use crate::errors::Result;
use crate::page::{List, Paging, cut};
use crate::params::Params;
use crate::shapes::call::made_at;
use crate::shapes::id::At;
use axum::Json;
use engine::flows::{Find, Is, Sort};
use kernel::id::{Flow as FlowKind, FlowId, WorkspaceId};
use kernel::run::Status;
use store::Store;
use store::archive::{Page, Parts, RunFilter};
use utoipa::IntoParams;

/// How many runs say how a flow does.
const RECENT: u32 = 20;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
pub struct FlowQuery {
    /// Part of the name or key, whatever its case.
    q: Option<String>,
    /// Only flows that this event kind starts.
    #[param(example = "call.ended")]
    trigger: Option<String>,
    enabled: Option<bool>,
    /// `failing`: runs of it failed in the last day (of the hundred with most); `paused`; `draft`: one waits to be published; `kept`:
    /// settings keep it, as an agent's do.
    #[param(example = "failing")]
    is: Option<String>,
    /// `created` and `updated`: newest first; `name`: A to Z.
    #[param(default = "created", example = "name")]
    sort: Option<String>,
    /// Whether to say how the newest runs of each flow went.
    recent: Option<bool>,
}

/// List flows
#[utoipa::path(get, path = "/v1/flows", tag = "flows", security(("key" = ["read"])), params(FlowQuery, Paging),
    responses((status = 200, body = List<FlowSummary>)))]
pub async fn list(caller: Caller<Read>, mut params: Params) -> Result<Json<List<FlowSummary>>> {
    let page = params.page::<FlowKind>();
    let mut sort = params.words::<Sort>("sort");
    let mut is = params.words::<Is>("is");
    if is.len() > 1 {
        params.refuse("is", "is given more than once");
    }
    let find = Find {
        words: params.text("q"),
        trigger: params.text("trigger"),
        enabled: params.parsed("enabled"),
        is: is.pop(),
        sort: sort.pop().unwrap_or_default(),
    };
    let with_runs = params.parsed("recent").unwrap_or(false);
    params.finish()?;
    let engine = &caller.state.engine;
    let mut flows = engine
        .flows(caller.workspace, &find, page.before, page.limit + 1)
        .await?;
    let next = cut(&mut flows, page.limit, |flow| flow.id);
    let mut data: Vec<FlowSummary> = flows.into_iter().map(FlowSummary::from).collect();
    if with_runs {
        for flow in &mut data {
            flow.recent = Some(recent(&**engine.store(), caller.workspace, flow.id).await?);
        }
    }
    Ok(Json(List { data, next }))
}

async fn recent(store: &dyn Store, workspace: WorkspaceId, flow: FlowId) -> Result<RecentRuns> {
    let filter = RunFilter {
        workspace: Some(workspace),
        flow: Some(flow),
        parts: Parts::Without,
        ..RunFilter::default()
    };
    let page = Page {
        before: None,
        limit: RECENT,
    };
    let runs = store.runs(&filter, page).await?;
    let count = |status| runs.iter().filter(|run| run.status == status).count();
    let succeeded = count(Status::Succeeded);
    Ok(RecentRuns {
        ended: succeeded + count(Status::Failed),
        succeeded,
        last: runs.first().map(|run| LastRun {
            id: run.id,
            status: run.status,
            started_at: made_at(run.id),
        }),
    })
}

/// Show a flow
///
/// The version in force; of a flow that was never published the newest draft. A draft beside it is at `versions/{draft}`.
#[utoipa::path(get, path = "/v1/flows/{id}", tag = "flows", security(("key" = ["read"])),
    responses((status = 200, body = Flow, headers(("etag" = String)))))]
pub async fn show(caller: Caller<Read>, At(id): At<FlowKind>) -> Result<(ETag, Json<Flow>)> {
    let flow = caller.state.engine.flow(caller.workspace, id).await?;
    Ok((etag(flow.newest), Json(flow.into())))
}
