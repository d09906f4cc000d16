//! Settings of a workspace: which internal networks its requests may reach, and where they come from.

use crate::auth::{Admin, Caller, Read};
use crate::body::Body;
use crate::errors::Result;
use crate::routes::flows::etag::{ETag, IfMatch, etag};
use crate::state::State;
use axum::Json;
use engine::Engine;
use engine::network::Network;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(show_network, save_network))
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NetworkSettings {
    /// Networks that are no public ones and that this workspace may reach nevertheless, as `--allow-network` takes them:
    /// `CIDR[:PORT]`, an IPv6 network with a port in brackets; at most 100. Link-local addresses and those of clouds' metadata
    /// services stay shut.
    #[serde(default)]
    #[schema(required = true, example = json!(["10.0.0.0/8:443", "[fd00::/8]:443"]))]
    allow_networks: Vec<String>,
    /// The addresses that requests come from, for whoever opens a firewall for them; at most 100. The server cannot know them:
    /// this is a note of an admin's.
    #[serde(default)]
    #[schema(required = true, example = json!(["198.51.100.7"]))]
    egress_addresses: Vec<String>,
    /// Whoever runs this server forbids that workspaces open networks (`--forbid-internal-networks`): `allow_networks` has no
    /// effect, and must be empty to be saved. Told, and not read.
    #[serde(default)]
    #[schema(read_only, required = true)]
    forbidden: bool,
}

impl NetworkSettings {
    fn of(network: Network, engine: &Engine) -> Self {
        Self {
            allow_networks: network.allow,
            egress_addresses: network.egress,
            forbidden: engine.forbids_networks(),
        }
    }
}

impl From<NetworkSettings> for Network {
    fn from(settings: NetworkSettings) -> Self {
        Self {
            allow: settings.allow_networks,
            egress: settings.egress_addresses,
        }
    }
}

/// Show which networks are open, and where requests come from
///
/// What is open to every workspace (`--allow-network`) is not told.
#[utoipa::path(get, path = "/v1/settings/network", tag = "settings", security(("key" = ["read"])),
    responses((status = 200, body = NetworkSettings, headers(("etag" = String)))))]
pub async fn show_network(caller: Caller<Read>) -> Result<(ETag, Json<NetworkSettings>)> {
    let engine = &caller.state.engine;
    let (network, version) = engine.network(caller.workspace).await?;
    Ok((etag(version), Json(NetworkSettings::of(network, engine))))
}

/// Open networks to the workspace, or shut them again
///
/// Whoever may edit a flow reaches what stands here. It goes for whatever begins from now on, on every node; a line to a switch
/// that is open already stays until it breaks.
#[utoipa::path(put, path = "/v1/settings/network", tag = "settings", security(("key" = ["admin"])), request_body = NetworkSettings,
    params(("if-match" = Option<String>, Header, description = "The version that this replaces, as in `ETag`.")),
    responses((status = 200, body = NetworkSettings, headers(("etag" = String)))))]
pub async fn save_network(
    caller: Caller<Admin>,
    IfMatch(expect): IfMatch,
    Body(settings): Body<NetworkSettings>,
) -> Result<(ETag, Json<NetworkSettings>)> {
    let (engine, network) = (&caller.state.engine, Network::from(settings));
    let version = engine.save_network(caller.workspace, expect, &network);
    let version = etag(version.await?);
    Ok((version, Json(NetworkSettings::of(network, engine))))
}
