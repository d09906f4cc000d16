//! Settings of a workspace: what it is called, and how long its calls are waited for.

use crate::auth::{Admin, Caller, Read};
use crate::body::Body;
use crate::errors::Result;
use crate::routes::flows::etag::{ETag, IfMatch, etag};
use crate::state::State;
use axum::Json;
use engine::workspace::Workspace;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(show_workspace, save_workspace))
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceSettings {
    /// What `workspace_name` says in flows.
    #[schema(example = "Acme support", max_length = 100)]
    name: String,
    /// How long what follows a call waits for its analysis, in seconds from its end, where its agent does not say; null: 300.
    #[serde(default)]
    #[schema(required = true, minimum = 10, maximum = 3600)]
    settle_within_s: Option<u32>,
}

impl From<Workspace> for WorkspaceSettings {
    fn from(workspace: Workspace) -> Self {
        Self {
            name: workspace.name,
            settle_within_s: workspace.settle_within_s,
        }
    }
}

/// Show what the workspace is called, and how long its calls are waited for
#[utoipa::path(get, path = "/v1/settings/workspace", tag = "settings", security(("key" = ["read"])),
    responses((status = 200, body = WorkspaceSettings, headers(("etag" = String)))))]
pub async fn show_workspace(caller: Caller<Read>) -> Result<(ETag, Json<WorkspaceSettings>)> {
    let (workspace, version) = caller.state.engine.workspace(caller.workspace).await?;
    Ok((etag(version), Json(workspace.into())))
}

/// Name the workspace, and say how long its calls are waited for
///
/// The time goes for calls of which something comes from now on.
#[utoipa::path(put, path = "/v1/settings/workspace", tag = "settings", security(("key" = ["admin"])), request_body = WorkspaceSettings,
    params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = WorkspaceSettings, headers(("etag" = String)))))]
pub async fn save_workspace(
    caller: Caller<Admin>,
    IfMatch(expect): IfMatch,
    Body(settings): Body<WorkspaceSettings>,
) -> Result<(ETag, Json<WorkspaceSettings>)> {
    let workspace = Workspace {
        name: settings.name.trim().into(),
        settle_within_s: settings.settle_within_s,
    };
    let engine = &caller.state.engine;
    let version = engine.save_workspace(caller.workspace, expect, &workspace);
    Ok((etag(version.await?), Json(workspace.into())))
}
