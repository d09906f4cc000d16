//! Taking events in. The answer leaves when they and the runs they cause are on disk; a request is taken whole or not at all.

use super::format;
use crate::auth::{Caller, Ingest};
use crate::errors::Result;
use crate::intake::{self, hops};
use axum::Json;
use axum::extract::Request;
use engine::Receipt;
use http::StatusCode;
use kernel::id::{CallId, EventId, RunId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::shapes::snapshot::NewEvents;

#[derive(Debug, Serialize, ToSchema)]
pub struct Accepted {
    /// How many were new.
    accepted: usize,
    /// How many had been accepted before: nothing was done again.
    duplicates: usize,
    /// One per event, in the order sent.
    events: Vec<AcceptedEvent>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AcceptedEvent {
    /// The first event that it raised; null when it told nothing new.
    #[schema(value_type = Option<String>, required = true)]
    id: Option<EventId>,
    #[schema(value_type = String)]
    call_id: CallId,
    /// The runs that it caused.
    #[schema(value_type = Vec<String>)]
    runs: Vec<RunId>,
    duplicate: bool,
}

impl From<Vec<Receipt>> for Accepted {
    fn from(receipts: Vec<Receipt>) -> Self {
        let duplicates = receipts.iter().filter(|receipt| receipt.duplicate).count();
        let event = |receipt: Receipt| AcceptedEvent {
            id: receipt.event,
            call_id: receipt.call,
            runs: receipt.runs,
            duplicate: receipt.duplicate,
        };
        Self {
            accepted: receipts.len() - duplicates,
            duplicates,
            events: receipts.into_iter().map(event).collect(),
        }
    }
}

/// Send events
///
/// One event, a list, newline-delimited JSON, or CloudEvents (structured, batched or binary). Answers when the events and the
/// runs they cause are on disk. A request is taken whole or not at all; what was sent before is recognised by its `id`.
#[utoipa::path(post, path = "/v1/events", tag = "events", security(("key" = ["ingest"])),
    request_body(content(
        (NewEvents = "application/json"), (String = "application/x-ndjson"),
        (Object = "application/cloudevents+json"), (Vec<Object> = "application/cloudevents-batch+json"),
    )),
    responses((status = 202, description = "On disk.", body = Accepted)))]
pub async fn send(
    caller: Caller<Ingest>,
    request: Request,
) -> Result<(StatusCode, Json<Accepted>)> {
    let state = &caller.state;
    state.intake.take(caller.workspace)?;
    let (parts, body) = request.into_parts();
    let limits = state.settings.limits;
    let _room = state.intake.hold(&body, limits.event_body)?;
    let bytes = intake::body(body, limits.event_body).await?;
    let hops = hops(&parts.headers)?;
    let mut observations = format::read(&parts.headers, &bytes, limits.batch)?;
    // All that it says is read: it would be there once more while it is written.
    drop(bytes);
    observations.iter_mut().for_each(|seen| seen.hops = hops);
    let accepted = state
        .engine
        .accept(caller.workspace, None, observations)
        .await?;
    Ok((StatusCode::ACCEPTED, Json(accepted.into())))
}
