//! An endpoint on the wire and as stored. Its `auth` goes in and rests sealed; it is never shown.

use super::reconcile::{KeptReconcile, Reconcile, ReconcileIn};
use crate::auth::{Known, Scope, read_body};
use crate::errors::Result;
use crate::lines::Link;
use crate::state::State;
use jiff::Timestamp;
use kernel::id::{EndpointId, WorkspaceId};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use store::catalog::Document;
use utoipa::ToSchema;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Signature {
    /// A message without a valid signature is refused, where the platform signs.
    #[default]
    Required,
    /// Whoever knows the address may send.
    Off,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEndpoint {
    /// See `GET /v1/providers`.
    #[schema(example = "vapi")]
    pub provider: String,
    #[schema(example = "Vapi production", max_length = 200)]
    pub name: String,
    /// What the platform's signature is checked with: `secret`, and settings of the platform.
    #[serde(default)]
    #[schema(value_type = Object, write_only, example = json!({"secret": "…"}))]
    pub auth: Map<String, Value>,
    #[serde(default)]
    pub signature: Signature,
    /// Looks for calls whose webhooks never came; nobody does unless given.
    #[serde(default)]
    #[schema(required = false)]
    pub reconcile: Option<ReconcileIn>,
}

/// What is given replaces what there is.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndpointPatch {
    #[schema(max_length = 200)]
    pub name: Option<String>,
    #[schema(value_type = Option<Object>, write_only)]
    pub auth: Option<Map<String, Value>>,
    pub signature: Option<Signature>,
    /// A disabled endpoint answers 404.
    pub enabled: Option<bool>,
    /// Null: calls are not looked for any more.
    #[serde(default, deserialize_with = "told")]
    #[schema(value_type = Option<ReconcileIn>)]
    pub reconcile: Option<Option<ReconcileIn>>,
}

/// A member that is there, be it null.
fn told<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Option<Option<ReconcileIn>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Endpoint {
    #[schema(value_type = String, example = "ep_01kacwvsy4n5b2m8r0t3x6z9fd")]
    pub id: EndpointId,
    /// Also the `ETag`.
    pub version: u32,
    pub name: String,
    pub provider: String,
    /// Where the platform sends to. Whoever knows it can send, so keep it to yourself: it ends in `••••` for those who may
    /// neither change anything nor send events.
    #[schema(example = "https://hooks.example/v1/in/…")]
    pub url: String,
    pub signature: Signature,
    /// Something to check the signature with is configured.
    pub has_secret: bool,
    pub enabled: bool,
    /// How the line to the switch does, where Switchhook connects to it.
    pub link: Option<Link>,
    /// How looking for missed calls is set and does; null: nobody looks.
    #[schema(required = true)]
    pub reconcile: Option<Reconcile>,
    /// When a message was accepted for the first time; null while none has come.
    #[schema(required = true)]
    pub first_message_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// As stored; `sealed` holds `auth` in base64.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EndpointBody {
    pub provider: String,
    pub signature: Signature,
    pub has_secret: bool,
    /// Switchhook connects to the platform.
    #[serde(default)]
    pub listens: bool,
    /// Missed calls are looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reconcile: Option<KeptReconcile>,
    /// When a message was accepted for the first time, as endpoints of before noted it themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_message_at: Option<Timestamp>,
    pub sealed: String,
}

/// Where the sealed `auth` of an endpoint stands.
pub fn place(workspace: WorkspaceId, id: [u8; 16]) -> String {
    format!("{workspace}/endpoint/{}", EndpointId::from_bytes(id))
}

impl Endpoint {
    pub async fn of(
        document: &Document,
        origin: &str,
        state: &State,
        known: &Known,
    ) -> Result<Self> {
        let body: EndpointBody = read_body(document)?;
        let may_send = known.may(Scope::Ingest) || known.may(Scope::Write);
        let token = document.alias.as_deref().filter(|_| may_send);
        let id = EndpointId::from_bytes(document.id);
        let reconcile = match body.reconcile {
            Some(kept) => Some(Reconcile::new(kept, state.engine.reconciled(id).await?.0)),
            None => None,
        };
        // What is told of is there at once, though it is written a moment later.
        let at_hand = body.first_message_at.or_else(|| state.arrivals.first(id));
        let first_message_at = match at_hand {
            Some(at) => Some(at),
            None => state.engine.first_message_at(id).await?,
        };
        Ok(Self {
            id,
            version: document.version,
            name: document.name.clone(),
            provider: body.provider,
            url: format!("{origin}/v1/in/{}", token.unwrap_or("••••")),
            signature: body.signature,
            has_secret: body.has_secret,
            enabled: document.enabled,
            link: body.listens.then(|| state.lines.link(id, document.enabled)),
            reconcile,
            first_message_at,
            created_at: document.created_at,
            updated_at: document.updated_at,
        })
    }
}
