//! Forgetting a phone number: what there is about it, removing it in the background, and the receipts that stay.

use crate::audit::ChangedNothing;
use crate::auth::{Admin, Caller};
use crate::body::Body;
use crate::errors::{Error, Result};
use crate::page::{List, Paging, ask, cut};
use crate::params::Params;
use crate::shapes::id::At;
use crate::state::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use engine::forget::{Found, Removed, Shown};
use http::StatusCode;
use jiff::Timestamp;
use kernel::id::{Receipt, ReceiptId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(forget, list))
        .routes(routes!(show))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ForgetNumber)]
pub struct Asked {
    /// With its country, or exactly as the platform writes it.
    #[schema(example = "+14155550100", max_length = 64)]
    number: String,
    /// Only say what there is.
    #[serde(default)]
    dry_run: bool,
}

/// How much there was, by kind.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RemovedByKind)]
pub struct RemovedOut {
    calls: u64,
    messages: u64,
    events: u64,
    runs: u64,
    /// Entries of the runs' journals.
    entries: u64,
    /// Copies.
    recordings: u64,
    contacts: u64,
    /// Columns of other contacts that named the number: emptied.
    columns: u64,
    alerts: u64,
    /// What was kept to answer repeated requests with.
    answers: u64,
}

impl From<Removed> for RemovedOut {
    fn from(removed: Removed) -> Self {
        Self {
            calls: removed.calls,
            messages: removed.messages,
            events: removed.events,
            runs: removed.runs,
            entries: removed.entries,
            recordings: removed.recordings,
            contacts: removed.contacts,
            columns: removed.columns,
            alerts: removed.alerts,
            answers: removed.answers,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ForgetFound)]
pub struct FoundOut {
    /// Messages and journals are not counted beforehand.
    found: RemovedOut,
    /// There are more calls than the 1,000 that were counted.
    more: bool,
    /// Runs that are not over and would be cancelled.
    cancelled: u64,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Receipt)]
pub struct ReceiptOut {
    #[schema(value_type = String, example = "fgt_01kacwvsy4n5b2m8r0t3x6z9fd")]
    id: ReceiptId,
    /// A keyed hash of the number, the same for the same number: all that stays of it.
    number_hash: String,
    asked_at: Timestamp,
    /// Null: it is worked on.
    #[schema(required = true)]
    done_at: Option<Timestamp>,
    /// What is in the way of what is left.
    #[schema(required = true)]
    waits_for: Option<String>,
    /// Who has asked for it.
    by: String,
    removed: RemovedOut,
}

impl From<Shown> for ReceiptOut {
    fn from(shown: Shown) -> Self {
        let receipt = shown.receipt;
        Self {
            id: shown.id,
            number_hash: receipt.number_hash,
            asked_at: shown.created_at,
            done_at: receipt.done_at,
            waits_for: receipt.waits_for,
            by: format!("{} {}", receipt.by.via, receipt.by.name)
                .trim()
                .to_owned(),
            removed: receipt.removed.into(),
        }
    }
}

/// Forget a phone number
///
/// Removes the calls that have it on either side with their messages, events, runs, journals and copies of recordings, its contact,
/// and alerts that name it. Runs that are not over are cancelled. Tallies stay. It is done in the background, whatever restarts; with `dry_run` nothing is removed,
/// and the answer says what there is.
#[utoipa::path(post, path = "/v1/forget", tag = "privacy", security(("key" = ["admin"])), request_body = Asked,
    responses((status = 200, description = "What there is; nothing is removed.", body = FoundOut), (status = 202, description = "It has begun.", body = ReceiptOut)))]
pub async fn forget(caller: Caller<Admin>, Body(asked): Body<Asked>) -> Result<Response> {
    let (engine, workspace) = (&caller.state.engine, caller.workspace);
    if asked.dry_run {
        let Found {
            removed,
            more,
            cancelled,
        } = engine.would_forget(workspace, &asked.number).await?;
        let found = FoundOut {
            found: removed.into(),
            more,
            cancelled,
        };
        return Ok((Extension(ChangedNothing), Json(found)).into_response());
    }
    let by = caller.known.author();
    let begun = engine.forget_number(workspace, &asked.number, by).await?;
    Ok((StatusCode::ACCEPTED, Json(ReceiptOut::from(begun))).into_response())
}

/// List receipts
#[utoipa::path(get, path = "/v1/forget", tag = "privacy", security(("key" = ["admin"])), params(Paging),
    responses((status = 200, body = List<ReceiptOut>)))]
pub async fn list(caller: Caller<Admin>, mut params: Params) -> Result<Json<List<ReceiptOut>>> {
    let page = params.page::<Receipt>();
    params.finish()?;
    let more = ask(page);
    let engine = &caller.state.engine;
    let receipts = engine.receipts(caller.workspace, more.before, more.limit);
    let mut receipts = receipts.await?;
    let next = cut(&mut receipts, page.limit, |shown| shown.id);
    let data = receipts.into_iter().map(ReceiptOut::from).collect();
    Ok(Json(List { data, next }))
}

/// Show a receipt
#[utoipa::path(get, path = "/v1/forget/{id}", tag = "privacy", security(("key" = ["admin"])),
    responses((status = 200, body = ReceiptOut)))]
pub async fn show(caller: Caller<Admin>, At(id): At<Receipt>) -> Result<Json<ReceiptOut>> {
    let found = caller.state.engine.receipt(caller.workspace, id).await;
    Ok(Json(found.map_err(Error::from)?.into()))
}
