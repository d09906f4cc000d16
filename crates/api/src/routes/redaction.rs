//! Settings of a workspace: which fields of calls not everybody may see.

use crate::auth::{Admin, Caller, Read};
use crate::body::Body;
use crate::errors::Result;
use crate::routes::flows::etag::{ETag, IfMatch, etag};
use crate::state::State;
use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(show_redaction, save_redaction))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RedactionSettings {
    /// `from`, `to`, `transcript`, `summary`, `recording`, `answers`, `transfer`; `contact`, `variables`, `metadata`, `tools`, or one part of
    /// these, such as `contact.email`. A variable is hidden where it was given and where it was found out, with the words that say it.
    #[schema(example = json!(["from", "to", "contact.phone", "variables.ssn"]), max_items = 100)]
    fields: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Redaction {
    /// What an administrator has named.
    fields: Vec<String>,
    /// Variables that agents call confidential: hidden, too.
    variables: Vec<String>,
}

/// Show what is confidential
#[utoipa::path(get, path = "/v1/settings/redaction", tag = "settings", security(("key" = ["read"])),
    responses((status = 200, body = Redaction, headers(("etag" = String)))))]
pub async fn show_redaction(caller: Caller<Read>) -> Result<(ETag, Json<Redaction>)> {
    let known = caller.state.engine.redaction(caller.workspace).await?;
    let (fields, variables, version) = known;
    Ok((etag(version), Json(Redaction { fields, variables })))
}

/// Say what is confidential
///
/// Values of these fields are `[redacted]` in every answer, to whoever has not asked with `reveal=true`, which needs `admin` and is
/// told in the audit log. What was copied out of a call (into a run's journal, a request, an answer) is found by its value. Flows see
/// everything, and what they send stays as it is. Other nodes go by it within 5 seconds.
#[utoipa::path(put, path = "/v1/settings/redaction", tag = "settings", security(("key" = ["admin"])), request_body = RedactionSettings,
    params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = Redaction, headers(("etag" = String)))))]
pub async fn save_redaction(
    caller: Caller<Admin>,
    IfMatch(expect): IfMatch,
    Body(settings): Body<RedactionSettings>,
) -> Result<(ETag, Json<Redaction>)> {
    let (engine, workspace) = (&caller.state.engine, caller.workspace);
    let saved = engine.save_redaction(workspace, expect, &settings.fields);
    let version = saved.await?;
    caller.state.confidential_changed(workspace);
    let (fields, variables, _) = engine.redaction(workspace).await?;
    Ok((etag(version), Json(Redaction { fields, variables })))
}
