//! Doing the runs again that failed at a destination: a bounded number per request, the rest behind a cursor.

use super::shape::{DeliveryFilter, DeliveryResult, Wanted};
use super::walk::{MOST_RUNS, Runs};
use crate::auth::{Caller, Operate, Read};
use crate::body::Body;
use crate::errors::Result;
use crate::params::Params;
use crate::routes::runs::{
    Families, Found, From, PREVIEWED, ReplayPreview, Replayed, Version, again, entries,
};
use crate::shapes::run;
use axum::Json;
use engine::Replay;
use http::StatusCode;
use kernel::id::{RunId, WorkspaceId};
use kernel::run::{Entry, EntryKind, EntryResult, Status};
use serde::Deserialize;
use serde_json::{Map, Value};
use store::Store;
use store::journal::RunRow;
use utoipa::ToSchema;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplayDeliveries {
    /// At least one member; `result` is `failed` whatever it says.
    #[schema(value_type = DeliveryFilter)]
    filter: Map<String, Value>,
    #[serde(default)]
    from: From,
    #[serde(default)]
    version: Version,
    /// `next` of the request before.
    #[schema(value_type = Option<String>)]
    cursor: Option<RunId>,
    /// How many runs to look at, at most.
    #[schema(minimum = 1, maximum = 500, default = 500)]
    limit: Option<u32>,
}

/// Replay failed deliveries
///
/// Runs that failed, and have a failed delivery that the filter takes (their own, or of their branches, items and sub-flows), are done
/// again: from the step that failed, unless `from` says otherwise. Newest first; says what was replayed and where to go on.
#[utoipa::path(post, path = "/v1/deliveries/replay", tag = "deliveries", security(("key" = ["operate"])), request_body = ReplayDeliveries,
    responses((status = 202, body = Replayed)))]
pub async fn replay(
    caller: Caller<Operate>,
    Body(request): Body<ReplayDeliveries>,
) -> Result<(StatusCode, Json<Replayed>)> {
    let _room = caller.state.room()?;
    let store = caller.state.engine.store().as_ref();
    let (found, again) = request.find(store, caller.workspace, MOST_RUNS).await?;
    let replayed = Replayed::of(&caller, found, &again).await?;
    Ok((StatusCode::ACCEPTED, Json(replayed)))
}

/// Preview a replay of failed deliveries
///
/// The body of `POST /v1/deliveries/replay`; at most 200 runs are looked at, whatever `limit` says. Says what
/// `POST /v1/runs/replay/preview` says of those runs.
#[utoipa::path(post, path = "/v1/deliveries/replay/preview", tag = "deliveries", security(("key" = ["read"])), request_body = ReplayDeliveries,
    responses((status = 200, body = ReplayPreview)))]
pub async fn preview(
    caller: Caller<Read>,
    Body(request): Body<ReplayDeliveries>,
) -> Result<Json<ReplayPreview>> {
    let _room = caller.state.room()?;
    let store = caller.state.engine.store().as_ref();
    let (found, again) = request.find(store, caller.workspace, PREVIEWED).await?;
    let preview = ReplayPreview::of(&caller, found, &again, false).await?;
    Ok(Json(preview))
}

impl ReplayDeliveries {
    /// The runs to be done again among the next `most`, and how.
    async fn find(
        self,
        store: &dyn Store,
        workspace: WorkspaceId,
        most: u32,
    ) -> Result<(Found, Replay)> {
        let mut params = Params::of_object(&self.filter, "/filter/");
        let mut wanted = Wanted::read(&mut params, workspace);
        params.narrowed(&self.filter);
        let page = params.portion(self.cursor, self.limit, MOST_RUNS);
        params.finish()?;
        wanted.result = Some(DeliveryResult::Failed);
        wanted.runs.statuses = vec![Status::Failed];
        let limit = page.limit.min(most);
        let found = failed(store, &wanted, page.before, limit).await?;
        Ok((found, again(self.from, self.version)))
    }
}

/// Of each run only whether it is one of them is kept: its journal is large.
async fn failed(
    store: &dyn Store,
    wanted: &Wanted,
    before: Option<RunId>,
    most: u32,
) -> Result<Found> {
    let mut families = Families::new(store);
    let mut runs = Runs::new(store, &wanted.runs, before, most);
    let (mut rows, mut skipped) = (Vec::new(), 0);
    while let Some(row) = runs.next().await? {
        match look(store, wanted, &mut families, &row).await? {
            Some(true) => rows.push(row),
            Some(false) => skipped += 1,
            None => {}
        }
    }
    Ok(Found {
        rows,
        next: runs.cursor.map(|run| run.to_string()),
        skipped,
    })
}

/// Whether a run is to be done again; `None`: no delivery of its own, or of what it has begun, is wanted.
async fn look(
    store: &dyn Store,
    wanted: &Wanted,
    families: &mut Families<'_>,
    row: &RunRow,
) -> Result<Option<bool>> {
    // A part is done again with its run, which is looked at by itself.
    if run::parent(row).is_some() {
        return Ok(None);
    }
    let own = entries(store, row.id).await?;
    let found = judge(wanted, &own);
    let begins = |entry: &Entry| {
        let kinds = [EntryKind::ForEach, EntryKind::Parallel, EntryKind::Flow];
        entry.result == EntryResult::Failed && kinds.contains(&entry.kind)
    };
    if found == Some(true) || !own.iter().any(begins) {
        return Ok(found);
    }
    let Some(parts) = families.parts(row).await? else {
        return Ok(Some(false));
    };
    for part in parts {
        if judge(wanted, &entries(store, part.id).await?) == Some(true) {
            return Ok(Some(true));
        }
    }
    Ok(found)
}

/// A failure that was tried again is one that the run got over, or has another entry for.
fn judge(wanted: &Wanted, entries: &[Entry]) -> Option<bool> {
    let mut taken = entries
        .iter()
        .filter(|entry| wanted.takes(entry))
        .peekable();
    taken.peek()?;
    Some(taken.any(|entry| entry.retry_at.is_none()))
}
