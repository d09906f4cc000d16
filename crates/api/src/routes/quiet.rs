//! Settings of a workspace: whether it wants to hear of agents that are quiet.

use crate::auth::{Admin, Caller, Read};
use crate::body::Body;
use crate::errors::{Code, Error, Result};
use crate::routes::flows::etag::{ETag, IfMatch, etag};
use crate::state::State;
use axum::Json;
use engine::Refusal;
use engine::watch::QuietAlerts;
use kernel::Problem;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::catalog::{Kind, Put};
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
    let store = caller.state.engine.store();
    let document = store.get(Kind::Workspace, caller.workspace.bytes()).await?;
    let version = document.as_ref().map_or(0, |document| document.version);
    let alerts = document.map(|document| QuietAlerts::of(&document.body));
    Ok((etag(version), Json(alerts.unwrap_or_default().into())))
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
    let (store, now) = (caller.state.engine.store(), caller.state.engine.now());
    loop {
        let document = store.get(Kind::Workspace, caller.workspace.bytes()).await?;
        let mut document = document.ok_or_else(|| Error::not_found("such workspace"))?;
        let all: Value = serde_json::from_slice(&document.body).unwrap_or_default();
        let mut all = match all {
            Value::Object(all) => all,
            _ => Default::default(),
        };
        all.insert(QuietAlerts::NAME.into(), json!(settings));
        document.body = Value::Object(all).to_string().into_bytes().into();
        document.updated_at = now;
        let version = document.version;
        if expect.is_some_and(|expect| expect != version) {
            return Err(Refusal::Conflict(version).into());
        }
        if store.put(document, version).await? == Put::Saved {
            return Ok((etag(version + 1), Json(settings)));
        }
    }
}
