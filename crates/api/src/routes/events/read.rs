//! Events as people look at them.

use crate::auth::{Caller, Read};
use crate::errors::{Error, Result};
use crate::page::{List, Paging, ask, cut};
use crate::params::Params;
use crate::shapes::event::{Detail, EventSummary};
use crate::shapes::id::At;
use crate::shapes::lookup::Lookup;
use crate::shapes::payload::Payloads;
use crate::shapes::run::RunSummary;
use crate::shapes::snapshot::{Snapshot, Tool};
use axum::Json;
use engine::Payload;
use jiff::Timestamp;
use kernel::id::{EndpointId, Event};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::archive::{Page, Parts, RunFilter};
use utoipa::{IntoParams, ToSchema};

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
pub struct EventQuery {
    /// Only events of this call.
    call: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EventDetail {
    #[serde(flatten)]
    summary: EventSummary,
    #[schema(value_type = Option<Tool>, required = true)]
    tool: Option<Value>,
    #[schema(value_type = Option<Value>, required = true)]
    script_step: Option<Value>,
    #[schema(required = true)]
    provider_event: Option<String>,
    #[schema(value_type = Option<String>, required = true)]
    endpoint_id: Option<EndpointId>,
    #[schema(required = true)]
    received_at: Option<Timestamp>,
    /// The call as it was known at this event; null once the payload has been removed.
    #[schema(value_type = Option<Snapshot>, required = true)]
    snapshot: Value,
    /// The message as it came in; null once the payload has been removed.
    #[schema(value_type = Option<Value>, required = true)]
    raw: Value,
    /// The runs that it caused, newest first.
    runs: Vec<RunSummary>,
}

/// What is stored of a message.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Message {
    call: Value,
    raw: Value,
}

/// List events
#[utoipa::path(get, path = "/v1/events", tag = "events", security(("key" = ["read"])), params(EventQuery, Paging),
    responses((status = 200, body = List<EventSummary>)))]
pub async fn list(caller: Caller<Read>, mut params: Params) -> Result<Json<List<EventSummary>>> {
    let (call, page) = (params.id("call"), params.page());
    params.finish()?;
    let store = caller.state.engine.store();
    let mut rows = store.events(caller.workspace, call, ask(page)).await?;
    let next = cut(&mut rows, page.limit, |row| row.id);
    let data = Lookup::new(&caller.state.engine).events(&rows).await?;
    Ok(Json(List { data, next }))
}

/// Show an event
///
/// With the call as it was known then, the message it came from, and the runs it caused.
#[utoipa::path(get, path = "/v1/events/{id}", tag = "events", security(("key" = ["read"])),
    responses((status = 200, body = EventDetail)))]
pub async fn show(caller: Caller<Read>, At(id): At<Event>) -> Result<Json<EventDetail>> {
    let store = caller.state.engine.store();
    let row = store
        .event(id)
        .await?
        .filter(|row| row.workspace == caller.workspace);
    let row = row.ok_or_else(|| Error::not_found("event with this id"))?;
    let message = store.message(row.message).await?;
    let stored = message
        .as_ref()
        .map(|message| serde_json::from_slice(&message.body));
    let stored: Message = stored.and_then(std::result::Result::ok).unwrap_or_default();
    let filter = RunFilter {
        workspace: Some(caller.workspace),
        event: Some(id),
        parts: Parts::Without,
        ..RunFilter::default()
    };
    let page = Page {
        before: None,
        limit: 100,
    };
    let runs = store.runs(&filter, page).await?;
    let mut lookup = Lookup::new(&caller.state.engine);
    let detail = Detail::of(&row);
    Ok(Json(EventDetail {
        summary: EventSummary::new(&row, lookup.call(row.call).await?),
        tool: detail.tool,
        script_step: detail.script_step,
        provider_event: message
            .as_ref()
            .map(|message| message.provider_event.clone()),
        endpoint_id: message.as_ref().and_then(|message| message.endpoint),
        received_at: message.as_ref().map(|message| message.received_at),
        snapshot: stored.call,
        raw: stored.raw,
        runs: lookup.runs(&runs, caller.state.engine.now()).await?,
    }))
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
pub struct PayloadQuery {
    /// `default`: the envelope `{id, type, timestamp, data}`; `flat`: `data` alone; `event`: the event as it would be sent to
    /// `POST /v1/events`, which a replay takes edited.
    #[param(default = "default", example = "flat")]
    shape: Option<String>,
}

/// Show the payload of an event
///
/// What `webhook.send` sends about it unless the flow gives a body of its own.
#[utoipa::path(get, path = "/v1/events/{id}/payload", tag = "events", security(("key" = ["read"])), params(PayloadQuery),
    responses((status = 200, body = Payloads)))]
pub async fn payload(
    caller: Caller<Read>,
    At(id): At<Event>,
    mut params: Params,
) -> Result<Json<Value>> {
    let shape = params.words::<Payload>("shape").pop().unwrap_or_default();
    params.finish()?;
    let engine = &caller.state.engine;
    let hidden = caller.hidden.as_deref();
    Ok(Json(
        engine.payload(caller.workspace, id, shape, hidden).await?,
    ))
}
