//! The catalogue of event kinds: what each means and what it looks like.

use crate::auth::{Caller, Read};
use axum::Json;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct EventKind {
    #[schema(example = "call.ended")]
    kind: String,
    title: String,
    description: String,
    /// Somebody waits for an answer.
    asks: bool,
    /// Raised once per call.
    one_shot: bool,
    /// A full event of this kind, as it is sent.
    #[schema(value_type = NewEvent)]
    sample: Value,
    /// What `${…}` sees of the sample.
    #[schema(value_type = Object)]
    payload: Value,
}

use crate::shapes::snapshot::NewEvent;

/// List event kinds
#[utoipa::path(get, path = "/v1/events/kinds", tag = "events", security(("key" = ["read"])),
    responses((status = 200, body = Vec<EventKind>)))]
pub async fn kinds(_: Caller<Read>) -> Json<Vec<EventKind>> {
    Json(Vec::new())
}
