//! The list of calls as a table for spreadsheets, page after page so that no long list is held at once.

use super::{CallQuery, read};
use crate::auth::{Caller, Read};
use crate::csv::{self, Plain};
use crate::errors::{Code, Error, Result};
use crate::params::Params;
use crate::routes::agents;
use crate::shapes::call::CallSummary;
use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http_body_util::channel::{Channel, Sender};
use kernel::id::CallId;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use store::archive::{CallFilter, Page};
use store::journal::CallRow;
use tokio::time::timeout;
use utoipa::IntoParams;

const USUAL: u32 = 10_000;
const MOST: u32 = 50_000;
/// A reader that takes nothing for so long gives its place up.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many calls are read at once.
const STEP: u32 = 100;

const COLUMNS: [&str; 14] = [
    "id",
    "provider",
    "provider_call_id",
    "direction",
    "from",
    "to",
    "agent",
    "campaign",
    "status",
    "disposition",
    "duration_s",
    "started_at",
    "ended_at",
    "created_at",
];

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
pub struct Length {
    /// How many calls at most, the newest ones.
    #[param(minimum = 1, maximum = 50000, default = 10000)]
    limit: Option<u32>,
}

/// Export calls
///
/// The calls of a list as CSV with a header, newest first. `from` and `to` cut what is longer than the limit.
#[utoipa::path(get, path = "/v1/calls.csv", tag = "calls", security(("key" = ["read"])), params(CallQuery, Length),
    responses((status = 200, body = String, content_type = "text/csv")))]
pub async fn csv(caller: Caller<Read>, mut params: Params) -> Result<Response> {
    let mut filter = read(&mut params, caller.workspace);
    let left = params.number("limit", 1..=MOST, USUAL);
    params.finish()?;
    filter.agent = agents::listed(&caller.state, caller.workspace, filter.agent).await?;
    let permit = caller.state.streams.clone().try_acquire_owned();
    let permit = permit.map_err(|_| Error {
        retry_after: Some(30),
        ..Error::new(Code::TooManyRequests, "too many streams are open")
    })?;
    let mut walk = Walk {
        store: caller.state.engine.store().clone(),
        filter,
        before: None,
        left,
    };
    // What the store refuses at once is said as a refusal; later it cuts the answer off, which nobody takes for whole.
    let first = walk.next().await?;
    let (sender, body) = Channel::<Bytes, store::Error>::new(2);
    tokio::spawn(async move {
        pass_on(walk, first, sender).await;
        drop(permit);
    });
    Ok(csv::file("calls.csv", Body::new(body)))
}

async fn pass_on(mut walk: Walk, mut rows: Vec<CallRow>, mut reader: Sender<Bytes, store::Error>) {
    let mut text = csv::line(COLUMNS, Plain::Numbers);
    loop {
        rows.iter().for_each(|row| text.push_str(&line(row)));
        let sent = reader.send_data(std::mem::take(&mut text).into());
        match timeout(PATIENCE, sent).await {
            Ok(Ok(())) if walk.left > 0 => {}
            Ok(_) => return,
            Err(_) => {
                let stalled = "the reader of an export took nothing for too long";
                return reader.abort(store::Error::Unavailable(stalled.into()));
            }
        }
        match walk.next().await {
            Ok(next) => rows = next,
            Err(error) => return reader.abort(error),
        }
    }
}

/// A list that is read a step at a time.
struct Walk {
    store: Arc<dyn Store>,
    filter: CallFilter,
    before: Option<CallId>,
    /// How many may still come; 0 when there are no more.
    left: u32,
}

impl Walk {
    async fn next(&mut self) -> store::Result<Vec<CallRow>> {
        let page = Page {
            before: self.before,
            limit: STEP.min(self.left),
        };
        let rows = self.store.calls(&self.filter, page).await?;
        let is_last = rows.len() < page.limit as usize;
        self.left = if is_last { 0 } else { self.left - page.limit };
        self.before = rows.last().map(|row| row.id);
        Ok(rows)
    }
}

fn line(row: &CallRow) -> String {
    let call = CallSummary::from(row);
    let time = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string());
    let cells = [
        Some(call.id.to_string()),
        Some(call.provider),
        Some(call.provider_call_id),
        call.direction,
        call.from,
        call.to,
        call.agent,
        call.campaign,
        call.status,
        call.disposition,
        call.duration_s.map(|seconds| seconds.to_string()),
        time(call.started_at),
        time(call.ended_at),
        Some(call.created_at.to_string()),
    ];
    csv::line(cells.map(Option::unwrap_or_default), Plain::Numbers)
}
