//! What came in at an endpoint lately, on whichever node, and one message as it came.

use super::read::find;
use crate::arrivals::{Arrival, Request};
use crate::auth::{Caller, Read};
use crate::errors::{Code, Error, Result};
use crate::page::{List, Paging, cut};
use crate::params::Params;
use crate::shapes::id::{At, parse};
use axum::Json;
use axum::extract::Path;
use engine::heard::Arrived;
use kernel::id::{Arrival as ArrivalKind, ArrivalId, Endpoint as EndpointKind, EndpointId};
use serde::Serialize;
use utoipa::ToSchema;

/// A message that came in at an endpoint, with what it said.
#[derive(Debug, Serialize, ToSchema)]
pub struct EndpointMessage {
    #[serde(flatten)]
    arrival: Arrival,
    /// What to do about a refusal.
    #[schema(required = true)]
    remedy: Option<String>,
    /// Null where too much came in at once to keep it, and once larger messages took its room.
    #[schema(required = true)]
    request: Option<Request>,
}

/// List what came in at an endpoint
///
/// The last 50 messages with what was made of each, newest first, kept as long as payloads are. Of refused ones at most 30 a minute are
/// kept on each node. The stream tells all of them as `message`.
#[utoipa::path(get, path = "/v1/endpoints/{id}/messages", tag = "endpoints", security(("key" = ["read"])), params(Paging),
    responses((status = 200, body = List<Arrival>)))]
pub async fn messages(
    caller: Caller<Read>,
    At(id): At<EndpointKind>,
    mut params: Params,
) -> Result<Json<List<Arrival>>> {
    let page = params.page::<ArrivalKind>();
    params.finish()?;
    find(&caller.state, caller.workspace, id).await?;
    let mut found = arrived(&caller, id).await?;
    found.retain(|message| page.before.is_none_or(|before| message.id < before));
    let next = cut(&mut found, page.limit, |message| message.id);
    let data = found.into_iter().map(read).collect::<Result<_>>()?;
    Ok(Json(List { data, next }))
}

/// Show what came in at an endpoint
///
/// With headers and body as they came, without what proves the sender. The body of one that was accepted is among the messages of
/// its call.
#[utoipa::path(get, path = "/v1/endpoints/{id}/messages/{message}", tag = "endpoints", security(("key" = ["read"])),
    params(("id" = String, Path), ("message" = String, Path)), responses((status = 200, body = EndpointMessage)))]
pub async fn message(
    caller: Caller<Read>,
    Path((id, message)): Path<(String, String)>,
) -> Result<Json<EndpointMessage>> {
    let missing = || Error::not_found("such message: the last 50 of an endpoint are kept");
    let id = parse::<EndpointKind>(&id)?;
    let message: ArrivalId = message.parse().map_err(|_| missing())?;
    find(&caller.state, caller.workspace, id).await?;
    let found = arrived(&caller, id).await?;
    let found = found.into_iter().find(|one| one.id == message);
    let mut found = found.ok_or_else(missing)?;
    let request = found.request.take();
    let request = request.and_then(|request| serde_json::from_value(request).ok());
    let arrival = read(found)?;
    let code = Code::ALL.iter();
    let code = code
        .copied()
        .find(|code| arrival.code.as_deref() == Some(code.name()));
    Ok(Json(EndpointMessage {
        remedy: code.and_then(Code::remedy).map(str::to_owned),
        arrival,
        request,
    }))
}

/// With those that are not written down yet.
async fn arrived(caller: &Caller<Read>, id: EndpointId) -> Result<Vec<Arrived>> {
    // In this order: what is written down meanwhile is seen twice, not missed.
    let pending = caller.state.arrivals.of(id);
    let mut log = caller.state.engine.arrived(id).await?;
    log.add(pending);
    Ok(log.messages)
}

fn read(message: Arrived) -> Result<Arrival> {
    let unreadable = |error| store::Error::Corrupt(format!("{}: {error}", message.id));
    Ok(serde_json::from_value(message.what).map_err(unreadable)?)
}
