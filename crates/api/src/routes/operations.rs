//! What operators and tools ask: is it alive, is it ready, its metrics, and the documents that describe it.

use crate::auth::{Caller, Read};
use crate::document::{openapi, schemas::schema};
use crate::errors::Result;
use crate::network::is_local;
use crate::redact::LookedThrough;
use crate::reference;
use crate::state::State;
use axum::extract::{self, FromRequestParts};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use http::header;
use http::request::Parts;
use serde_json::Value;
use std::sync::LazyLock;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(alive))
        .routes(routes!(ready))
        .routes(routes!(metrics))
        .routes(routes!(document))
        .routes(routes!(flow_schema))
        .routes(routes!(recipe_schema))
        .routes(routes!(event_schema))
        .routes(routes!(payload_schema))
        .routes(routes!(docs))
        .routes(routes!(errors))
}

/// Whether the process lives
#[utoipa::path(get, path = "/healthz", tag = "operations", responses((status = 200, body = String, content_type = "text/plain")))]
pub async fn alive() -> &'static str {
    "ok\n"
}

/// Whether the store answers
#[utoipa::path(get, path = "/readyz", tag = "operations", responses((status = 200, body = String, content_type = "text/plain")))]
pub async fn ready(extract::State(state): extract::State<State>) -> Result<&'static str> {
    let workspace = state.settings.default_workspace;
    state.engine.store().generation(workspace).await?;
    Ok("ready\n")
}

/// Metrics
///
/// In Prometheus' text format. Open to requests made on this machine itself; others need a key.
#[utoipa::path(get, path = "/metrics", tag = "operations", security((), ("key" = ["read"])),
    responses((status = 200, body = String, content_type = "text/plain")))]
pub async fn metrics(
    extract::State(state): extract::State<State>,
    mut parts: Parts,
) -> Result<Response> {
    if !is_local(&parts) {
        Caller::<Read>::from_request_parts(&mut parts, &state).await?;
    }
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    Ok((kind, Extension(LookedThrough), (state.metrics)()).into_response())
}

static DOCUMENT: LazyLock<Value> = LazyLock::new(openapi);

fn as_schema(text: &'static str) -> impl IntoResponse {
    let kind = [(header::CONTENT_TYPE, "application/schema+json")];
    (kind, text)
}

/// This API as OpenAPI
#[utoipa::path(get, path = "/openapi.json", tag = "operations", responses((status = 200, body = Object)))]
pub async fn document() -> Json<&'static Value> {
    Json(&*DOCUMENT)
}

/// The JSON Schema of a flow's document
#[utoipa::path(get, path = "/schema/flow.json", tag = "operations",
    responses((status = 200, body = Object, content_type = "application/schema+json")))]
pub async fn flow_schema() -> impl IntoResponse {
    as_schema(kernel::flow::JSON_SCHEMA)
}

/// The JSON Schema of a recipe's document
#[utoipa::path(get, path = "/schema/recipe.json", tag = "operations",
    responses((status = 200, body = Object, content_type = "application/schema+json")))]
pub async fn recipe_schema() -> impl IntoResponse {
    as_schema(kernel::recipe::JSON_SCHEMA)
}

/// The JSON Schema of what is sent to `POST /v1/events`
///
/// One event, or a list of them.
#[utoipa::path(get, path = "/schema/event.json", tag = "operations",
    responses((status = 200, body = Object, content_type = "application/schema+json")))]
pub async fn event_schema() -> impl IntoResponse {
    static EVENT: LazyLock<String> =
        LazyLock::new(|| schema(&DOCUMENT, "event", "NewEvents").to_string());
    as_schema(&EVENT)
}

/// The JSON Schema of the default payload
///
/// What `webhook.send` sends about an event unless the flow gives a body of its own.
#[utoipa::path(get, path = "/schema/payload.json", tag = "operations",
    responses((status = 200, body = Object, content_type = "application/schema+json")))]
pub async fn payload_schema() -> impl IntoResponse {
    static PAYLOAD: LazyLock<String> =
        LazyLock::new(|| schema(&DOCUMENT, "payload", "Payload").to_string());
    as_schema(&PAYLOAD)
}

/// This API as a page
#[utoipa::path(get, path = "/docs", tag = "operations", responses((status = 200, body = String, content_type = "text/html")))]
pub async fn docs() -> Response {
    reference::page(reference::operations())
}

/// All error codes, their causes and remedies
#[utoipa::path(get, path = "/docs/errors", tag = "operations", responses((status = 200, body = String, content_type = "text/html")))]
pub async fn errors() -> Response {
    reference::page(reference::errors())
}
