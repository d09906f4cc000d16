//! Settings of a workspace: whom to tell when something fails, and when flows that keep failing are paused.

use crate::auth::{Admin, Caller, Read};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::routes::flows::etag::{ETag, IfMatch, etag};
use crate::state::State;
use axum::Json;
use engine::notify::{NewNotify, Notify, USUAL_INTERVAL_S};
use http::StatusCode;
use kernel::health::Pause;
use kernel::id::FlowId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Of the workspace's document.
const PAUSE_AFTER: &str = "pause_after";

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(show_notify, save_notify, delete_notify))
        .routes(routes!(show_pausing, save_pausing))
}

fn usual() -> u32 {
    USUAL_INTERVAL_S
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotifySettings {
    /// Where to send to; `{{ secrets.name }}` may stand in it.
    #[schema(example = "https://ops.example/switchhook", max_length = 2000)]
    webhook_url: String,
    /// Signs the webhook (`whsec_…`, or any text); the one that is kept stays when none is given.
    #[serde(default)]
    #[schema(write_only, max_length = 2000)]
    secret: Option<String>,
    /// Seconds: of each flow that fails at most one message in so long, which says for how many failures it stands; 0: one for
    /// each run that fails.
    #[serde(default = "usual")]
    #[schema(default = 300, maximum = 86400)]
    min_interval_s: u32,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct NotifyShown {
    /// Null: nobody is told.
    #[schema(required = true)]
    webhook_url: Option<String>,
    has_secret: bool,
    min_interval_s: u32,
    /// The flow that does it; it is changed here alone.
    #[schema(value_type = Option<String>, required = true)]
    flow_id: Option<FlowId>,
}

impl From<Option<Notify>> for NotifyShown {
    fn from(notify: Option<Notify>) -> Self {
        let min_interval_s = notify
            .as_ref()
            .map_or(USUAL_INTERVAL_S, |notify| notify.min_interval_s);
        Self {
            has_secret: notify.as_ref().is_some_and(|notify| notify.has_secret),
            flow_id: notify.as_ref().map(|notify| notify.flow),
            webhook_url: notify.map(|notify| notify.webhook_url),
            min_interval_s,
        }
    }
}

/// Show who is told when something fails
#[utoipa::path(get, path = "/v1/settings/notify", tag = "settings", security(("key" = ["read"])),
    responses((status = 200, body = NotifyShown, headers(("etag" = String)))))]
pub async fn show_notify(caller: Caller<Read>) -> Result<(ETag, Json<NotifyShown>)> {
    let notify = caller.state.engine.notify(caller.workspace).await?;
    Ok(told(notify))
}

fn told(notify: Option<Notify>) -> (ETag, Json<NotifyShown>) {
    let version = notify.as_ref().map_or(0, |notify| notify.version);
    (etag(version), Json(notify.into()))
}

/// Be told when something fails
///
/// A signed webhook with a flat payload for every flow of the workspace whose runs fail, that keeps failing, or that is paused, and
/// for every destination that does not answer. It is kept as a flow, so its runs, retries and replays are those of a flow.
#[utoipa::path(put, path = "/v1/settings/notify", tag = "settings", security(("key" = ["admin"])),
    request_body = NotifySettings, params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = NotifyShown, headers(("etag" = String)))))]
pub async fn save_notify(
    caller: Caller<Admin>,
    IfMatch(expect): IfMatch,
    Body(settings): Body<NotifySettings>,
) -> Result<(ETag, Json<NotifyShown>)> {
    let new = NewNotify {
        webhook_url: settings.webhook_url,
        secret: settings.secret,
        min_interval_s: settings.min_interval_s,
    };
    let engine = &caller.state.engine;
    let saved = engine.save_notify(caller.workspace, expect, new).await?;
    Ok(told(Some(saved)))
}

/// Be told no more
#[utoipa::path(delete, path = "/v1/settings/notify", tag = "settings", security(("key" = ["admin"])),
    responses((status = 204)))]
pub async fn delete_notify(caller: Caller<Admin>) -> Result<StatusCode> {
    caller.state.engine.delete_notify(caller.workspace).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Pausing {
    /// As in a flow: a number of failed runs in a row, `{failures, minutes}`, false for never; null: 50 failures over at least 10
    /// minutes.
    #[schema(required = true, example = json!({"failures": 20, "minutes": 10}))]
    pause_after: Value,
}

/// Show when flows that keep failing are paused
#[utoipa::path(get, path = "/v1/settings/pausing", tag = "settings", security(("key" = ["read"])),
    responses((status = 200, body = Pausing, headers(("etag" = String)))))]
pub async fn show_pausing(caller: Caller<Read>) -> Result<(ETag, Json<Pausing>)> {
    let engine = &caller.state.engine;
    let (pause_after, version) = engine.setting(caller.workspace, PAUSE_AFTER).await?;
    Ok((etag(version), Json(Pausing { pause_after })))
}

/// Say when flows that keep failing are paused
///
/// For those that say nothing themselves.
#[utoipa::path(put, path = "/v1/settings/pausing", tag = "settings", security(("key" = ["admin"])), request_body = Pausing,
    params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = Pausing, headers(("etag" = String)))))]
pub async fn save_pausing(
    caller: Caller<Admin>,
    IfMatch(expect): IfMatch,
    Body(pausing): Body<Pausing>,
) -> Result<(ETag, Json<Pausing>)> {
    Pause::read(Some(&pausing.pause_after), "/pause_after")
        .map_err(|problem| Error::invalid(Code::InvalidRequest, vec![problem]))?;
    let (engine, pause_after) = (&caller.state.engine, &pausing.pause_after);
    let saved = engine.save_setting(caller.workspace, PAUSE_AFTER, expect, pause_after);
    Ok((etag(saved.await?), Json(pausing)))
}
