//! What a replay would do to the world again, read out of the journals: nothing is done.

use super::act::From;
use super::bulk::ReplayAll;
use super::select::{Found, Wanted};
use crate::auth::{Caller, Read};
use crate::body::Body;
use crate::errors::Result;
use crate::shapes::lookup::Lookup;
use crate::shapes::run::{self, RunFlow};
use axum::Json;
use kernel::id::RunId;
use kernel::run::{Entry, EntryResult, Status};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use store::Store;
use store::archive::{Page, RunFilter};
use store::journal::RunRow;
use utoipa::ToSchema;

/// Journals are read whole, so that few of them go into an answer.
const MOST: u32 = 200;
/// How many runs of one event are looked at for branches and items.
const PARTS: u32 = 200;

#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayPreview {
    /// Runs that would be replayed.
    runs: u32,
    /// Runs that match but would not be: they are not over, have no failed step, or are a part of another.
    skipped: u32,
    /// What was done before and would be done again, most often first.
    again: Vec<Again>,
    /// Attempts that succeeded and would be kept.
    kept: u32,
    /// Runs of which the journal is gone: what they did is not known any more.
    unknown: u32,
    /// Cursor of the next request; null when all were looked at.
    #[schema(required = true)]
    next: Option<String>,
}

/// A step that would be performed again.
#[derive(Debug, Serialize, ToSchema)]
pub struct Again {
    flow: RunFlow,
    #[schema(example = "tell")]
    step: String,
    #[schema(example = "webhook.send")]
    action: String,
    /// The method of its request; `GET` and `HEAD` change nothing. Empty where nothing was sent.
    #[schema(example = "POST")]
    method: String,
    /// Where it went, without its path and query.
    #[schema(example = "https://crm.example")]
    to: String,
    times: u32,
    /// How many of them had succeeded: the world would see those twice.
    succeeded: u32,
}

/// Preview a replay
///
/// The body of `POST /v1/runs/replay`; at most 200 runs are looked at. Says which steps with effects would be performed again;
/// from the failed step that is the step that failed. Steps that were never reached are not in it.
#[utoipa::path(post, path = "/v1/runs/replay/preview", tag = "runs", security(("key" = ["read"])), request_body = ReplayAll,
    responses((status = 200, body = ReplayPreview)))]
pub async fn preview(
    caller: Caller<Read>,
    Body(request): Body<ReplayAll>,
) -> Result<Json<ReplayPreview>> {
    let wanted = Wanted {
        filter: request.filter.as_ref(),
        runs: request.runs,
        page: (request.cursor, request.limit),
        most: MOST,
        live: false,
    };
    let found = wanted.find(&caller.state, caller.workspace).await?;
    let Found {
        rows,
        next,
        mut skipped,
    } = found;
    let engine = &caller.state.engine;
    let (mut lookup, mut tally) = (Lookup::new(engine), Tally::default());
    let mut runs = 0;
    for row in rows {
        let is_over = match request.from {
            From::Start => row.status.is_final(),
            From::FailedStep => row.status == Status::Failed,
        };
        if !is_over || run::parent(&row).is_some() {
            skipped += 1;
            continue;
        }
        runs += 1;
        let flow = lookup.run(&row, engine.now()).await?.flow;
        let entries = journal(engine.store().as_ref(), &row).await?;
        tally.count(&flow, &entries, request.from);
    }
    Ok(Json(ReplayPreview {
        runs,
        skipped,
        kept: tally.kept,
        unknown: tally.unknown,
        again: tally.listed(),
        next,
    }))
}

/// The attempts of a run and of its branches, items and sub-flows.
async fn journal(store: &dyn Store, row: &RunRow) -> Result<Vec<Entry>> {
    let filter = RunFilter {
        workspace: Some(row.workspace),
        event: Some(row.event),
        ..RunFilter::default()
    };
    let page = Page {
        before: None,
        limit: PARTS,
    };
    let others = store.runs(&filter, page).await?;
    let parents: HashMap<RunId, RunId> = others
        .iter()
        .filter_map(|other| Some((other.id, run::parent(other)?)))
        .collect();
    let belongs = |id: &RunId| {
        let mut at = *id;
        // Parents are older than their parts, so this ends.
        while let Some(parent) = parents.get(&at) {
            at = *parent;
        }
        at == row.id
    };
    let mut ids: Vec<RunId> = parents.keys().copied().filter(belongs).collect();
    ids.push(row.id);
    let mut entries = Vec::new();
    for id in ids {
        let found = store.entries(id).await?;
        entries.extend(
            found
                .iter()
                .filter_map(|entry| serde_json::from_slice::<Entry>(&entry.body).ok()),
        );
    }
    Ok(entries)
}

/// A step, and the rounds of the loops around it.
type Place<'a> = (&'a str, &'a [(String, u32)]);

#[derive(Default)]
struct Tally {
    again: BTreeMap<(String, String, String), Again>,
    kept: u32,
    unknown: u32,
}

impl Tally {
    fn count(&mut self, flow: &RunFlow, entries: &[Entry], from: From) {
        if entries.is_empty() {
            self.unknown += 1;
        }
        // Of a step's attempts the last one says how it ended.
        let mut last: BTreeMap<Place<'_>, &Entry> = BTreeMap::new();
        for entry in entries {
            if entry.action.is_some() && entry.result != EntryResult::Skipped {
                last.insert((&entry.step, &entry.rounds), entry);
            }
        }
        for entry in last.into_values() {
            let is_done = entry.result == EntryResult::Ok;
            if matches!(from, From::FailedStep) && is_done {
                self.kept += 1;
                continue;
            }
            let request = entry.exchange.as_ref().map(|exchange| &exchange.request);
            let (method, to) = request.map_or(("", ""), |request| {
                (request.method.as_str(), origin(&request.url))
            });
            let key = (flow.id.to_string(), entry.step.clone(), to.to_owned());
            let again = self.again.entry(key).or_insert_with(|| Again {
                flow: flow.clone(),
                step: entry.step.clone(),
                action: entry.action.clone().unwrap_or_default(),
                method: method.to_owned(),
                to: to.to_owned(),
                times: 0,
                succeeded: 0,
            });
            again.times += 1;
            again.succeeded += u32::from(is_done);
        }
    }

    fn listed(self) -> Vec<Again> {
        let mut again: Vec<Again> = self.again.into_values().collect();
        again.sort_by_key(|again| std::cmp::Reverse(again.times));
        again
    }
}

/// Scheme and host: paths and queries may hold what identifies a person.
fn origin(url: &str) -> &str {
    let rest = url.find("://").map_or(0, |at| at + 3);
    let end = url[rest..].find(['/', '?', '#']);
    end.map_or(url, |end| &url[..rest + end])
}
