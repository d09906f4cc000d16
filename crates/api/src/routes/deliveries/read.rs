//! Deliveries as people look at them.

use super::shape::{Delivery, DeliveryFilter, Wanted, destination, result};
use super::walk::walk;
use crate::auth::{Caller, Read};
use crate::errors::Result;
use crate::page::Paging;
use crate::params::Params;
use crate::shapes::lookup::Lookup;
use crate::shapes::run::RunSummary;
use axum::Json;
use kernel::id::Run;
use kernel::run::Entry;
use serde::Serialize;
use utoipa::ToSchema;

/// A part of the deliveries.
#[derive(Debug, Serialize, ToSchema)]
pub struct Deliveries {
    /// Newest run first, and of each run the newest first.
    data: Vec<Delivery>,
    /// How many runs were looked at.
    runs: u32,
    /// Cursor of the next page, which may be there although nothing was found so far; null when all runs were looked at.
    #[schema(required = true)]
    next: Option<String>,
}

/// List deliveries
///
/// Every attempt that reached out to the world, newest run first. At most 500 runs are looked at per request.
#[utoipa::path(get, path = "/v1/deliveries", tag = "deliveries", security(("key" = ["read"])), params(DeliveryFilter, Paging),
    responses((status = 200, body = Deliveries)))]
pub async fn list(caller: Caller<Read>, mut params: Params) -> Result<Json<Deliveries>> {
    let wanted = Wanted::read(&mut params, caller.workspace);
    let page = params.page::<Run>();
    params.finish()?;
    let engine = &caller.state.engine;
    let store = engine.store().as_ref();
    let walked = walk(store, &wanted, page.before, page.limit as usize).await?;
    let mut lookup = Lookup::new(engine);
    let mut data = Vec::new();
    for (row, entries) in &walked.found {
        let run = lookup.run(row, engine.now()).await?;
        data.extend(entries.iter().filter_map(|entry| shown(&run, entry)));
    }
    Ok(Json(Deliveries {
        data,
        runs: walked.looked_at,
        next: walked.next.map(|run| run.to_string()),
    }))
}

fn shown(run: &RunSummary, entry: &Entry) -> Option<Delivery> {
    let exchange = entry.exchange.as_ref()?;
    let took = entry.ended_at.duration_since(entry.started_at);
    let error = entry.error.as_ref();
    Some(Delivery {
        run_id: run.id,
        run_status: run.status,
        entry: entry.number,
        flow: run.flow.clone(),
        call: run.call.clone(),
        step: entry.step.clone(),
        action: entry.action.clone().unwrap_or_default(),
        attempt: entry.attempt,
        result: result(entry)?,
        destination: destination(entry),
        method: Some(exchange.request.method.clone()),
        url: Some(exchange.request.url.clone()),
        status: exchange.response.as_ref().map(|response| response.status),
        at: entry.started_at,
        duration_ms: i64::try_from(took.as_millis()).unwrap_or_default(),
        error: error.map(|error| error.code.to_string()),
        message: error.map(|error| error.message.clone()),
        retry_at: entry.retry_at,
    })
}
