//! The messages of a call as its platform sent them: what the call was folded from.

use super::find;
use crate::auth::{Caller, Read};
use crate::errors::Result;
use crate::page::{List, ask, cut};
use crate::params::Params;
use axum::Json;
use axum::extract::Path;
use jiff::Timestamp;
use kernel::id::{EndpointId, MessageId};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use store::archive::Page;
use store::journal::MessageRow;
use utoipa::{IntoParams, ToSchema};

/// Bodies are whole, so that few of them go into an answer.
const MOST: u32 = 20;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
pub struct MessageQuery {
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many at most.
    #[param(minimum = 1, maximum = 20, default = 20)]
    limit: Option<u32>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CallMessage {
    #[schema(value_type = String)]
    id: MessageId,
    provider: String,
    /// What the platform calls it.
    provider_event: String,
    /// The endpoint where it came in; null for what came in at `POST /v1/events` or was concluded.
    #[schema(value_type = Option<String>, required = true)]
    endpoint_id: Option<EndpointId>,
    received_at: Timestamp,
    /// The JSON text as it came in, so that no digit of a number is lost on the way to a reader; null for what came in without a
    /// message, and once the payload has been removed.
    #[schema(required = true)]
    raw: Option<String>,
}

/// What is shown of a stored message: the platform's own text.
#[derive(Deserialize)]
struct Body {
    #[serde(default)]
    raw: Option<Box<RawValue>>,
}

impl From<MessageRow> for CallMessage {
    fn from(row: MessageRow) -> Self {
        let body: Option<Body> = serde_json::from_slice(&row.body).ok();
        Self {
            id: row.id,
            provider: row.provider,
            provider_event: row.provider_event,
            endpoint_id: row.endpoint,
            received_at: row.received_at,
            raw: body
                .and_then(|body| body.raw)
                .map(|raw| raw.get().to_owned()),
        }
    }
}

/// List the messages of a call
///
/// As its platform sent them, newest first.
#[utoipa::path(get, path = "/v1/calls/{id}/messages", tag = "calls", security(("key" = ["read"])), params(MessageQuery),
    responses((status = 200, body = List<CallMessage>)))]
pub async fn messages(
    caller: Caller<Read>,
    Path(id): Path<String>,
    mut params: Params,
) -> Result<Json<List<CallMessage>>> {
    let page = Page {
        before: params.id("cursor"),
        limit: params.number("limit", 1..=MOST, MOST),
    };
    params.finish()?;
    let call = find(&caller, &id).await?;
    let store = caller.state.engine.store();
    let mut rows = store.messages(caller.workspace, call.id, ask(page)).await?;
    let next = cut(&mut rows, page.limit, |row| row.id);
    // What a replay was told instead is no message of the platform.
    let sent = rows
        .into_iter()
        .filter(|row| row.endpoint.is_some() || row.provider_event != engine::EDITED);
    let data = sent.map(CallMessage::from).collect();
    Ok(Json(List { data, next }))
}
