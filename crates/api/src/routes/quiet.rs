//! Settings of a workspace: whether it wants to hear of agents that are quiet.

use crate::auth::{Admin, Caller, Read};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::routes::flows::etag::{ETag, IfMatch, etag};
use crate::state::State;
use axum::Json;
use engine::watch::QuietAlerts;
use kernel::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Whoever excepts more switches all of it off.
const MOST: usize = 200;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(show_quiet, save_quiet))
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietSettings {
    /// Whether agents that should have had calls and had none raise alerts.
    enabled: bool,
    /// Agents, as calls name them, that may be as quiet as they like; at most 200.
    #[serde(default)]
    #[schema(required = true, example = json!(["Night desk"]))]
    except: Vec<String>,
}

impl From<QuietAlerts> for QuietSettings {
    fn from(alerts: QuietAlerts) -> Self {
        Self {
            enabled: alerts.enabled,
            except: alerts.except,
        }
    }
}

/// Show whether quiet agents raise alerts
#[utoipa::path(get, path = "/v1/settings/quiet", tag = "settings", security(("key" = ["read"])),
    responses((status = 200, body = QuietSettings, headers(("etag" = String)))))]
pub async fn show_quiet(caller: Caller<Read>) -> Result<(ETag, Json<QuietSettings>)> {
    let engine = &caller.state.engine;
    let kept = engine.setting::<QuietAlerts>(caller.workspace, QuietAlerts::NAME);
    let (alerts, version) = kept.await?;
    Ok((etag(version), Json(alerts.into())))
}

/// Say whether quiet agents raise alerts
#[utoipa::path(put, path = "/v1/settings/quiet", tag = "settings", security(("key" = ["admin"])), request_body = QuietSettings,
    params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = QuietSettings, headers(("etag" = String)))))]
pub async fn save_quiet(
    caller: Caller<Admin>,
    IfMatch(expect): IfMatch,
    Body(settings): Body<QuietSettings>,
) -> Result<(ETag, Json<QuietSettings>)> {
    if settings.except.len() > MOST {
        let message = format!("has more than {MOST} agents: switch `enabled` off instead");
        let problem = Problem::new("/except", message);
        return Err(Error::invalid(Code::InvalidRequest, vec![problem]));
    }
    let engine = &caller.state.engine;
    let saved = engine.save_setting(caller.workspace, QuietAlerts::NAME, expect, &settings);
    Ok((etag(saved.await?), Json(settings)))
}
