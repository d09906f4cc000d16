//! Runs as people look at them: the list, and one with its journal.

use super::filter::{self, RunFilterIn};
use crate::auth::{Caller, Read};
use crate::errors::{Error, Result};
use crate::page::{List, Paging, ask, cut};
use crate::params::Params;
use crate::shapes::entry::Entry;
use crate::shapes::id::At;
use crate::shapes::lookup::Lookup;
use crate::shapes::run::RunSummary;
use axum::Json;
use kernel::id::Run;
use serde::Serialize;
use serde_json::value::RawValue;
use store::journal::EntryRow;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct RunDetail {
    #[serde(flatten)]
    summary: RunSummary,
    /// Its journal, in order.
    #[schema(value_type = Vec<Entry>)]
    entries: Vec<Box<RawValue>>,
}

/// List runs
#[utoipa::path(get, path = "/v1/runs", tag = "runs", security(("key" = ["read"])), params(RunFilterIn, Paging),
    responses((status = 200, body = List<RunSummary>)))]
pub async fn list(caller: Caller<Read>, mut params: Params) -> Result<Json<List<RunSummary>>> {
    let filter = filter::read(&mut params, caller.workspace);
    let page = params.page();
    params.finish()?;
    let filter = filter::named(&caller.state, caller.workspace, filter).await?;
    let engine = &caller.state.engine;
    let mut rows = engine.store().runs(&filter, ask(page)).await?;
    let next = cut(&mut rows, page.limit, |row| row.id);
    let data = Lookup::new(engine).runs(&rows, engine.now()).await?;
    Ok(Json(List { data, next }))
}

/// Show a run
///
/// With its journal: every attempt of every step, the exact request and response, and where the time went.
#[utoipa::path(get, path = "/v1/runs/{id}", tag = "runs", security(("key" = ["read"])),
    responses((status = 200, body = RunDetail)))]
pub async fn show(caller: Caller<Read>, At(id): At<Run>) -> Result<Json<RunDetail>> {
    let engine = &caller.state.engine;
    let row = engine
        .store()
        .run(id)
        .await?
        .filter(|row| row.workspace == caller.workspace);
    let row = row.ok_or_else(|| Error::not_found("run with this id"))?;
    let entries = engine.store().entries(id).await?;
    let summary = Lookup::new(engine).run(&row, engine.now()).await?;
    Ok(Json(RunDetail {
        summary,
        entries: entries.into_iter().map(entry).collect::<Result<_>>()?,
    }))
}

/// An entry as it is stored: JSON already.
fn entry(row: EntryRow) -> Result<Box<RawValue>> {
    let text = String::from_utf8(row.body.into()).ok();
    let value = text.and_then(|text| RawValue::from_string(text).ok());
    value.ok_or_else(|| {
        let reason = format!("entry {} of {}", row.number, row.run);
        store::Error::Corrupt(reason).into()
    })
}
