//! What a replay would do to the world again, read out of the journals: nothing is done.

use super::act::again;
use super::bulk::ReplayAll;
use super::parts::{Families, entries};
use super::select::{Found, Wanted};
use crate::auth::{Caller, Read};
use crate::body::Body;
use crate::errors::Result;
use crate::shapes::lookup::Lookup;
use crate::shapes::run::{self, RunFlow};
use axum::Json;
use engine::{Replay, ReplayFrom};
use kernel::run::{Entry, EntryResult, Status};
use place::Place;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

mod place;

/// Journals are read whole, so that few of them go into an answer.
pub const PREVIEWED: u32 = 200;
/// The highest limit of the request that is previewed.
const HIGHEST: u32 = 1000;

#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayPreview {
    /// Runs that would be replayed.
    runs: u32,
    /// Runs that match but would not be: they are not over, have no failed step, cannot begin at that step, or are a part of another.
    skipped: u32,
    /// What was done before and would be done again, most often first.
    again: Vec<Again>,
    /// Steps that succeeded before the one with which it begins: they would be kept.
    kept: u32,
    /// Runs of which that cannot be said: their journal is gone, or they, or all of these runs together, have too many branches, items and sub-flows.
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
/// The body of `POST /v1/runs/replay`; at most 200 runs are looked at, whatever `limit` says. Says which steps with effects would be
/// performed again. From the failed step those are that step, all that it has begun, and what was done after it: steps that run on a
/// failure only if it fails again. Steps that were never reached are not in it. Where one run is named, and cannot begin at the step that is
/// asked for, that refusal is the answer.
#[utoipa::path(post, path = "/v1/runs/replay/preview", tag = "runs", security(("key" = ["read"])), request_body = ReplayAll,
    responses((status = 200, body = ReplayPreview)))]
pub async fn preview(
    caller: Caller<Read>,
    Body(request): Body<ReplayAll>,
) -> Result<Json<ReplayPreview>> {
    let _room = caller.state.room()?;
    let limit = request.limit.map(|limit| match limit {
        1..=HIGHEST => limit.min(PREVIEWED),
        refused => refused,
    });
    let is_one = request.runs.as_ref().is_some_and(|runs| runs.len() == 1);
    let wanted = Wanted {
        filter: request.filter.as_ref(),
        runs: request.runs,
        page: (request.cursor, limit),
        most: PREVIEWED,
        live: false,
    };
    let replay = again(request.from, request.version);
    let found = wanted.find(&caller.state, caller.workspace).await?;
    let preview = ReplayPreview::of(&caller, found, &replay, is_one).await?;
    Ok(Json(preview))
}

impl ReplayPreview {
    /// Of the runs that were found. `is_one`: one was named, whose refusal is the answer.
    pub async fn of(
        caller: &Caller<Read>,
        found: Found,
        replay: &Replay,
        is_one: bool,
    ) -> Result<Self> {
        let Found {
            rows,
            next,
            mut skipped,
        } = found;
        let engine = &caller.state.engine;
        let (mut lookup, mut tally) = (Lookup::new(engine), Tally::default());
        let store = engine.store().as_ref();
        let mut families = Families::new(store);
        let mut runs = 0;
        for row in rows {
            let can_be = match &replay.from {
                ReplayFrom::Start => row.status.is_final(),
                ReplayFrom::FailedStep => row.status == Status::Failed,
                ReplayFrom::Step(_) => {
                    let checked = engine.check_replay(caller.workspace, row.id, replay).await;
                    match checked {
                        // Whoever asks for one run hears why not.
                        Err(why) if is_one => return Err(why.into()),
                        checked => checked.is_ok(),
                    }
                }
            };
            if !can_be || run::parent(&row).is_some() {
                skipped += 1;
                continue;
            }
            runs += 1;
            let flow = lookup.run(&row, engine.now()).await?.flow;
            let own = entries(store, row.id).await?;
            let parts = families.parts(&row).await?;
            let (false, Some(parts)) = (own.is_empty(), parts) else {
                tally.unknown += 1;
                continue;
            };
            let place = match &replay.from {
                ReplayFrom::Start => None,
                ReplayFrom::FailedStep => Place::of(&row, &own),
                ReplayFrom::Step(step) => Place::step(step, &own),
            };
            let before = place.as_ref().map_or(0, |place| place.first);
            tally.kept(&own[..before]);
            tally.again(&flow, &own[before..]);
            for part in &parts {
                let entries = entries(store, part.id).await?;
                match &place {
                    Some(place) if place.keeps(&own, &part.top) => tally.kept(&entries),
                    _ => tally.again(&flow, &entries),
                }
            }
        }
        Ok(Self {
            runs,
            skipped,
            kept: tally.kept,
            unknown: tally.unknown,
            again: tally.listed(),
            next,
        })
    }
}

/// A step, and the rounds of the loops around it.
type At<'a> = (&'a str, &'a [(String, u32)]);

/// Of a step's attempts the last one says how it ended.
fn last(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    let mut last: BTreeMap<At<'_>, &Entry> = BTreeMap::new();
    for entry in entries {
        if entry.action.is_some() && entry.result != EntryResult::Skipped {
            last.insert((&entry.step, &entry.rounds), entry);
        }
    }
    last.into_values()
}

#[derive(Default)]
struct Tally {
    again: BTreeMap<(String, String, String), Again>,
    kept: u32,
    unknown: u32,
}

impl Tally {
    /// What failed and was gone on from is neither kept nor done again.
    fn kept(&mut self, entries: &[Entry]) {
        let done = last(entries).filter(|entry| entry.result == EntryResult::Ok);
        self.kept += done.count() as u32;
    }

    fn again(&mut self, flow: &RunFlow, entries: &[Entry]) {
        for entry in last(entries) {
            let request = entry.exchange.as_ref().map(|exchange| &exchange.request);
            let (method, to) = request.map_or(("", ""), |request| {
                (request.method.as_str(), engine::watch::origin(&request.url))
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
            again.succeeded += u32::from(entry.result == EntryResult::Ok);
        }
    }

    fn listed(self) -> Vec<Again> {
        let mut again: Vec<Again> = self.again.into_values().collect();
        again.sort_by_key(|again| std::cmp::Reverse(again.times));
        again
    }
}
