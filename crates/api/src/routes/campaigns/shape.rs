//! A campaign on the wire.
#![allow(
    dead_code,
    reason = "what is sent is described here and read by `calls`"
)]

use calls::campaign;
use engine::resource::Kept;
use jiff::Timestamp;
use kernel::id::CampaignId;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// The documented form of `calls::campaign::Campaign`.
#[derive(ToSchema)]
#[schema(as = CampaignSettings)]
pub struct Settings {
    /// Unique in the workspace.
    #[schema(example = "Sales Outbound Q1", max_length = 100)]
    name: String,
    #[schema(required = false)]
    r#type: Type,
    /// The platform's own id of it: calls that name it are this campaign's. Without one, those that name this campaign's name or id are.
    #[schema(example = "cmp-4711", max_length = 200)]
    provider_campaign_id: Option<String>,
    /// Id or name of an agent.
    #[schema(example = "Sarah")]
    agent: Option<String>,
    /// The number that contacts see.
    #[schema(example = "+14155550100")]
    caller_id: Option<String>,
    /// When contacts may be called, by their own clocks; none: at any time.
    #[schema(required = false)]
    windows: Vec<Window>,
    /// For contacts whose zone is not known.
    #[schema(example = "America/New_York")]
    zone: Option<String>,
    /// Calls at once.
    #[schema(required = false, default = 1, minimum = 1, maximum = 1000)]
    concurrency: u32,
    no_answer: Option<Again>,
    busy: Option<Again>,
    /// Numbers that are not called, beside contacts that say so.
    #[schema(required = false)]
    do_not_call: Vec<String>,
    /// Contacts whose columns have these values; none: all.
    #[schema(value_type = Object, required = false, example = json!({"list": "spring"}))]
    contacts: Map<String, Value>,
}

/// `outbound` unless said.
#[derive(ToSchema)]
#[schema(as = CampaignType, rename_all = "snake_case")]
pub enum Type {
    Inbound,
    Outbound,
}

#[derive(ToSchema)]
#[schema(as = CallingWindow)]
pub struct Window {
    /// `mon` … `sun`.
    #[schema(example = json!(["mon", "tue"]))]
    days: Vec<String>,
    #[schema(example = "09:00")]
    from: String,
    #[schema(example = "17:00")]
    to: String,
}

/// How often a contact is called again, and how much later.
#[derive(ToSchema)]
#[schema(as = CallAgain)]
pub struct Again {
    #[schema(minimum = 1, maximum = 20)]
    attempts: u32,
    #[schema(minimum = 1, maximum = 44640)]
    after_minutes: u32,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SavedCampaign)]
pub struct Shown {
    #[schema(value_type = String, example = "camp_01kacwvsy4n5b2m8r0t3x6z9fd")]
    id: CampaignId,
    /// Also the `ETag`.
    version: u32,
    #[serde(flatten)]
    #[schema(value_type = Settings)]
    settings: Value,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl From<Kept<campaign::Campaign>> for Shown {
    fn from(kept: Kept<campaign::Campaign>) -> Self {
        let mut whole = json!({
            "name": "", "type": "outbound", "provider_campaign_id": null, "agent": null, "caller_id": null, "windows": [], "zone": null, "concurrency": 1,
            "no_answer": null, "busy": null, "do_not_call": [], "contacts": {},
        });
        let given = serde_json::to_value(&kept.value).expect("our own types have text keys only");
        if let (Some(whole), Value::Object(given)) = (whole.as_object_mut(), given) {
            whole.extend(given);
        }
        Self {
            id: kept.id,
            version: kept.version,
            settings: whole,
            created_at: kept.created_at,
            updated_at: kept.updated_at,
        }
    }
}
