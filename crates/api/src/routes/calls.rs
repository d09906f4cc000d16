//! Calls as people look at them, and forgetting one.

mod again;
mod choices;
mod export;
mod filter;
mod messages;
mod related;
mod versions;

use crate::auth::{Caller, Operate, Read, Write};
use crate::errors::{Error, Result};
use crate::page::{List, Paging, ask, cut};
use crate::params::Params;
use crate::routes::runs::RunRef;
use crate::shapes::call::{CallSummary, made_at};
use crate::shapes::event::EventSummary;
use crate::shapes::lookup::Lookup;
use crate::shapes::run::RunSummary;
use crate::shapes::snapshot::Snapshot;
use crate::state::State;
use axum::Json;
use axum::extract::Path;
use filter::{CallQuery, named, read};
use http::StatusCode;
use jiff::Timestamp;
use kernel::id::WorkspaceId;
use related::RelatedCall;
use serde::Serialize;
use store::archive::{Page, Parts, RunFilter};
use store::journal::CallRow;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use versions::AnalysisVersion;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(export::csv))
        .routes(routes!(choices::choices))
        .routes(routes!(show, delete))
        .routes(routes!(messages::messages))
        .routes(routes!(analyze))
        .routes(routes!(again::analyze_all))
}

/// How many events and runs are shown with a call.
const SHOWN: u32 = 200;

#[derive(Debug, Serialize, ToSchema)]
pub struct CallDetail {
    #[serde(flatten)]
    summary: CallSummary,
    /// Everything known about it.
    #[schema(value_type = Snapshot)]
    snapshot: calls::Snapshot,
    /// The analyses that were made here, newest first, the last ten; behind them what the platform has found. `snapshot.analysis` is the
    /// newest one and, where that has nothing, the platform's.
    analyses: Vec<AnalysisVersion>,
    /// Everything expected is known, or its time is up.
    settled: bool,
    /// How many messages were recognised as sent before.
    duplicates: u32,
    /// Its parent, the calls begun from it and others of its session, at most 50. Beside the parent, those with a number in common
    /// that were first heard of within six hours of it, of the last 100 with that number then.
    related: Vec<RelatedCall>,
    /// The moments it went through, in order.
    moments: Vec<Moment>,
    /// Newest first.
    events: Vec<EventSummary>,
    /// Newest first.
    runs: Vec<RunSummary>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Moment {
    #[schema(example = "call.ended")]
    kind: &'static str,
    at: Timestamp,
}

/// List calls
#[utoipa::path(get, path = "/v1/calls", tag = "calls", security(("key" = ["read"])), params(CallQuery, Paging),
    responses((status = 200, body = List<CallSummary>)))]
pub async fn list(caller: Caller<Read>, mut params: Params) -> Result<Json<List<CallSummary>>> {
    let filter = read(&mut params, &caller);
    let page = params.page();
    params.finish()?;
    let filter = named(&caller.state, filter).await?;
    let mut rows = caller
        .state
        .engine
        .store()
        .calls(&filter, ask(page))
        .await?;
    let next = cut(&mut rows, page.limit, |row| row.id);
    let data = rows.iter().map(CallSummary::from).collect();
    Ok(Json(List { data, next }))
}

/// Show a call
///
/// By our id or as `provider:their id`; with everything known about it, its events and its runs.
#[utoipa::path(get, path = "/v1/calls/{id}", tag = "calls", security(("key" = ["read"])),
    responses((status = 200, body = CallDetail)))]
pub async fn show(caller: Caller<Read>, Path(id): Path<String>) -> Result<Json<CallDetail>> {
    let engine = &caller.state.engine;
    let store = engine.store();
    let row = find(&caller, &id).await?;
    let call: calls::Call = serde_json::from_slice(&row.state)
        .map_err(|error| store::Error::Corrupt(format!("{}: {error}", row.id)))?;
    let filter = RunFilter {
        workspace: Some(caller.workspace),
        call: Some(row.id),
        parts: Parts::Without,
        ..RunFilter::default()
    };
    let events = Page {
        before: None,
        limit: SHOWN,
    };
    let events = store.events(caller.workspace, Some(row.id), events).await?;
    let runs = store
        .runs(
            &filter,
            Page {
                before: None,
                limit: SHOWN,
            },
        )
        .await?;
    let mut lookup = Lookup::new(engine);
    let moment = |raised: &calls::call::Raised| Moment {
        kind: raised.kind.name(),
        at: raised.at,
    };
    Ok(Json(CallDetail {
        summary: CallSummary::from(&row),
        related: related::of(&caller.state, &row, &call.snapshot).await?,
        analyses: versions::of(&call),
        settled: call.settled,
        duplicates: call.duplicates,
        moments: call.raised.iter().map(moment).collect(),
        snapshot: call.snapshot,
        events: lookup.events(&events).await?,
        runs: lookup.runs(&runs, engine.now()).await?,
    }))
}

/// Analyse a call again
///
/// As the `extraction` of its agent says now: a new run, whose id is the answer. What it finds is the analysis then, the earlier
/// ones stay under `analyses`, and `call.reanalyzed` is raised if it says something else; post-call actions are not repeated. 409 for a call that has not ended,
/// has neither a transcript nor an analysis of its platform, or whose agent has no `extraction`.
#[utoipa::path(post, path = "/v1/calls/{id}/analyze", tag = "calls", security(("key" = ["operate"])),
    responses((status = 202, description = "The new run.", body = RunRef)))]
pub async fn analyze(
    caller: Caller<Operate>,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<RunRef>)> {
    let row = find(&caller, &id).await?;
    let run = caller
        .state
        .engine
        .analyze(caller.workspace, row.id)
        .await?;
    Ok((StatusCode::ACCEPTED, Json(RunRef::of(run))))
}

/// Forget a call
///
/// Removes it with its messages, events, runs, their journals and the copies of its recordings; runs that are not over are cancelled. 409 where one does not end at once, or a copy cannot be removed now.
#[utoipa::path(delete, path = "/v1/calls/{id}", tag = "calls", security(("key" = ["write"])), responses((status = 204)))]
pub async fn delete(caller: Caller<Write>, Path(id): Path<String>) -> Result<StatusCode> {
    let row = find(&caller, &id).await?;
    let engine = &caller.state.engine;
    if !engine.forget_call(caller.workspace, row.id).await? {
        return Err(missing());
    }
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn find<P>(caller: &Caller<P>, id: &str) -> Result<CallRow> {
    let row = row(&caller.state, caller.workspace, id).await?;
    caller.is_about(row.id);
    Ok(row)
}

pub(crate) async fn row(state: &State, workspace: WorkspaceId, id: &str) -> Result<CallRow> {
    let store = state.engine.store();
    let row = match id.parse() {
        Ok(id) => store.call_by_id(id).await?,
        Err(_) => {
            let (provider, theirs) = id.split_once(':').ok_or_else(missing)?;
            store
                .call(calls::call_key(workspace, provider, theirs))
                .await?
        }
    };
    row.filter(|row| row.workspace == workspace)
        .ok_or_else(missing)
}

fn missing() -> Error {
    Error::not_found("call with this id")
}
