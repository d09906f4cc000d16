//! The list of calls as a table for spreadsheets.

use super::filter::{CallQuery, named, read};
use crate::auth::{Caller, Read};
use crate::csv::{self, Plain};
use crate::errors::Result;
use crate::params::Params;
use crate::redact::LookedThrough;
use crate::shapes::call::CallSummary;
use crate::table::{self, Lines};
use ::calls::Confidential;
use ::calls::confidential::MASK;
use axum::Extension;
use axum::response::{IntoResponse, Response};
use kernel::id::CallId;
use std::sync::Arc;
use store::Store;
use store::archive::{CallFilter, Page};
use store::journal::CallRow;
use utoipa::IntoParams;

const USUAL: u32 = 10_000;
const MOST: u32 = 50_000;
/// How many calls are read at once.
const STEP: u32 = 100;

const COLUMNS: [&str; 15] = [
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
    "sentiment",
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
    let filter = read(&mut params, &caller);
    let left = params.number("limit", 1..=MOST, USUAL);
    params.finish()?;
    let room = caller.state.stream_room()?;
    let filter = named(&caller.state, filter).await?;
    let hidden = caller.hidden.clone();
    let rows = Rows {
        hidden,
        store: caller.state.engine.store().clone(),
        filter,
        before: None,
        left,
    };
    let head = csv::line(COLUMNS, Plain::Numbers);
    let table = table::send(room, "calls.csv", head, rows).await?;
    Ok((Extension(LookedThrough), table).into_response())
}

/// A list that is read a step at a time.
struct Rows {
    hidden: Option<Arc<Confidential>>,
    store: Arc<dyn Store>,
    filter: CallFilter,
    before: Option<CallId>,
    /// How many may still come; 0 when there are no more.
    left: u32,
}

impl Lines for Rows {
    async fn next(&mut self) -> Result<Option<String>> {
        if self.left == 0 {
            return Ok(None);
        }
        let page = Page {
            before: self.before,
            limit: STEP.min(self.left),
        };
        let rows = self.store.calls(&self.filter, page).await?;
        let is_last = rows.len() < page.limit as usize;
        self.left = if is_last { 0 } else { self.left - page.limit };
        self.before = rows.last().map(|row| row.id);
        let hidden = self.hidden.as_deref();
        Ok(Some(rows.iter().map(|row| line(row, hidden)).collect()))
    }
}

fn line(row: &CallRow, hidden: Option<&Confidential>) -> String {
    let mut call = CallSummary::from(row);
    let direction = call.direction.as_deref();
    for (side, number) in [("from", &mut call.from), ("to", &mut call.to)] {
        if hidden.is_some_and(|hidden| hidden.hides_number(side, direction)) && number.is_some() {
            *number = Some(MASK.into());
        }
    }
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
        call.sentiment,
        call.duration_s.map(|seconds| seconds.to_string()),
        time(call.started_at),
        time(call.ended_at),
        Some(call.created_at.to_string()),
    ];
    csv::line(cells.map(Option::unwrap_or_default), Plain::Numbers)
}
