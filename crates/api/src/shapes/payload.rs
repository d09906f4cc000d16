//! The documented form of the default payload, which `webhook.send` sends unless the flow gives a body of its own: these types
//! only describe JSON. A test compares them with what is written.
#![allow(dead_code, clippy::large_enum_variant, reason = "schemas only")]

use super::snapshot::{NewEvent, Transfer};
use jiff::Timestamp;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// An event as a webhook tells it.
#[derive(ToSchema)]
pub struct Payload {
    /// The event's, the same in every attempt.
    #[schema(example = "evt_01m7x047a8071040g2081040g2")]
    id: String,
    /// The event's kind.
    #[schema(example = "call.ended")]
    r#type: String,
    /// When it happened.
    timestamp: Timestamp,
    data: PayloadData,
}

/// The flat payload. Fields of the call have its signal beside them in events about runs.
#[derive(ToSchema)]
pub struct PayloadData {
    /// The call's, the same in all its events.
    id: String,
    #[schema(required = true, example = "+15550101")]
    customer_phone: Option<String>,
    #[schema(required = true, example = "+15550100")]
    assistant_phone: Option<String>,
    /// `inbound`, `outbound`, `web` or `unknown`.
    #[schema(required = true)]
    direction: Option<String>,
    /// Seconds from the start to the end, ringing included.
    #[schema(required = true)]
    duration: Option<f64>,
    #[schema(required = true, example = "completed")]
    status: Option<String>,
    /// What was extracted from the call; `status` and `summary` are always there.
    #[schema(value_type = Object)]
    extracted_variables: Map<String, Value>,
    #[schema(value_type = Object)]
    input_variables: Map<String, Value>,
    transcript: Vec<PayloadTurn>,
    formatted_transcript: String,
    /// Left out by a webhook that does not include recordings.
    recording_url: Option<String>,
    #[schema(required = true)]
    created_at: Option<Timestamp>,
    #[schema(required = true)]
    finished_at: Option<Timestamp>,
    /// The contact, with `phone`; only in calls of a campaign.
    #[schema(required = false, value_type = Object)]
    lead: Map<String, Value>,
    #[schema(required = false)]
    campaign: PayloadCampaign,
    #[schema(required = true)]
    contact_name: Option<String>,
    #[schema(required = true, example = "mobile")]
    phone_type: Option<String>,
    /// The platform's own word.
    #[schema(required = true)]
    end_reason: Option<String>,
    events: Vec<PayloadMoment>,
    /// What the other post-call actions of the agent did.
    #[schema(value_type = Vec<Object>)]
    action_results: Vec<Value>,
    #[schema(rename = "callInfo")]
    call_info: PayloadCallInfo,
    analysis: PayloadAnalysis,
    /// The call's variables over what every call has.
    #[schema(value_type = Object)]
    context: Map<String, Value>,
    /// The disposition.
    #[schema(required = true, example = "Interested")]
    outcome: Option<String>,
    #[schema(required = true)]
    connected: Option<bool>,
    /// Where the platform reports it.
    #[schema(required = true)]
    talk_duration: Option<f64>,
    #[schema(example = "custom")]
    provider: String,
    provider_call_id: String,
    /// Of an event about a run or a flow: why it failed.
    #[schema(required = false, value_type = Object)]
    error: Map<String, Value>,
    /// Of such an event: the run.
    #[schema(required = false, value_type = Object)]
    failed: Map<String, Value>,
    /// Of such an event: the row of failures, the destination or the budget.
    #[schema(required = false, value_type = Object)]
    failing: Map<String, Value>,
}

#[derive(ToSchema)]
pub struct PayloadTurn {
    text: String,
    /// Always `transcript`.
    r#type: String,
    /// `bot` or `human`.
    sender: String,
    /// Unix seconds.
    #[schema(required = true)]
    timestamp: Option<f64>,
}

#[derive(ToSchema)]
pub struct PayloadCampaign {
    #[schema(required = true)]
    id: Option<String>,
    #[schema(required = true)]
    name: Option<String>,
    #[schema(required = true)]
    r#type: Option<String>,
}

/// A moment of the call so far.
#[derive(ToSchema)]
pub struct PayloadMoment {
    /// The event's kind.
    r#type: String,
    at: Timestamp,
}

#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct PayloadCallInfo {
    #[schema(required = true)]
    from: Option<String>,
    #[schema(required = true)]
    to: Option<String>,
    /// The direction.
    #[schema(required = true)]
    r#type: Option<String>,
    /// The platform's id of the call.
    call_sid: String,
    #[schema(required = false)]
    recording_url: Option<String>,
    #[schema(required = true)]
    end_reason: Option<String>,
}

#[derive(ToSchema)]
pub struct PayloadAnalysis {
    /// As `extracted_variables`; empty before the analysis.
    #[schema(value_type = Object)]
    results: Map<String, Value>,
    /// Key question → answer.
    #[schema(value_type = Object)]
    answers: Map<String, Value>,
    #[schema(required = true)]
    sentiment: Option<String>,
    /// Of a call that is analysed here: `pending`, `done` or `failed`.
    #[schema(required = false)]
    state: String,
    /// Of such a call: why the last try failed.
    failure: Option<String>,
    #[schema(required = true)]
    transfer: Option<Transfer>,
    /// Tool → arguments of its last call.
    #[schema(value_type = Object)]
    tools: Map<String, Value>,
}

/// What an event may be shown as.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum Payloads {
    Default(Payload),
    Flat(PayloadData),
    Event(NewEvent),
}
