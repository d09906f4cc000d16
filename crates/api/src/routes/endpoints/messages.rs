//! What came in at an endpoint lately.

use super::read::find;
use crate::arrivals::Arrival;
use crate::auth::{Caller, Read};
use crate::errors::Result;
use crate::shapes::id::At;
use axum::Json;
use kernel::id::Endpoint as EndpointKind;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct EndpointMessages {
    /// The last 50 that this node has seen since it started, newest first.
    data: Vec<Arrival>,
}

/// List what came in at an endpoint
///
/// The last messages with what was made of each, as the node that is asked has seen them since it started. The stream tells those of all
/// nodes as `message`.
#[utoipa::path(get, path = "/v1/endpoints/{id}/messages", tag = "endpoints", security(("key" = ["read"])),
    responses((status = 200, body = EndpointMessages)))]
pub async fn messages(
    caller: Caller<Read>,
    At(id): At<EndpointKind>,
) -> Result<Json<EndpointMessages>> {
    find(&caller.state, caller.workspace, id).await?;
    let data = caller.state.arrivals.of(id);
    Ok(Json(EndpointMessages { data }))
}
