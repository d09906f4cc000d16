//! The documented form of `calls::Snapshot`, in events as they are sent and in calls as they are shown: these types only
//! describe JSON. A test compares the two.
#![allow(dead_code, clippy::large_enum_variant, reason = "schemas only")]

use jiff::Timestamp;
use serde_json::Map;
use serde_json::Value;
use utoipa::ToSchema;

/// Everything known about a call. Only `provider_call_id` is always there.
#[derive(ToSchema)]
#[schema(as = Call)]
pub struct Snapshot {
    #[schema(example = "c-123")]
    provider_call_id: String,
    parent_id: Option<String>,
    session_id: Option<String>,
    /// `inbound`, `outbound`, `web` or `unknown`.
    direction: Option<String>,
    #[schema(example = "+15550100")]
    from: Option<String>,
    to: Option<String>,
    /// What the customer's number was made for, by the numbering plans: `mobile`, `landline`, `mobile_or_landline`, `voip`, …; not sent, known here.
    #[schema(example = "mobile")]
    phone_type: Option<String>,
    agent: Option<Agent>,
    campaign: Option<Campaign>,
    contact: Option<Contact>,
    #[schema(example = "completed")]
    status: Option<String>,
    /// `human`, `voicemail`, `machine`, `fax` or `unknown`.
    answered_by: Option<String>,
    connected: Option<bool>,
    started_at: Option<Timestamp>,
    answered_at: Option<Timestamp>,
    ended_at: Option<Timestamp>,
    duration_s: Option<f64>,
    talk_s: Option<f64>,
    /// The platform's own word.
    end_reason: Option<String>,
    /// `customer`, `agent` or `system`.
    ended_by: Option<String>,
    #[schema(example = "Interested")]
    disposition: Option<String>,
    #[schema(required = false)]
    transcript: Vec<Turn>,
    recording: Option<Recording>,
    analysis: Option<Analysis>,
    transfer: Option<Transfer>,
    /// What templates see as `vars.*`.
    #[schema(required = false, value_type = Object)]
    variables: Map<String, Value>,
    #[schema(required = false, value_type = Object)]
    metadata: Map<String, Value>,
}

#[derive(ToSchema)]
pub struct Agent {
    id: Option<String>,
    name: Option<String>,
    language: Option<String>,
    version: Option<String>,
    /// The agent of the workspace that it is; not sent, known here.
    profile: Option<Profile>,
}

#[derive(ToSchema)]
#[schema(as = AgentProfile)]
pub struct Profile {
    #[schema(example = "agent_01kacwvsy4n5b2m8r0t3x6z9fd")]
    id: String,
    name: String,
    /// This call is being analysed, as the agent's `extraction` says.
    #[schema(required = false, default = false)]
    extracts: bool,
    /// What follows its calls waits for their recordings, as the agent's `include_recording` says.
    #[schema(required = false, default = false)]
    awaits_recording: bool,
}

#[derive(ToSchema)]
pub struct Campaign {
    id: Option<String>,
    name: Option<String>,
    r#type: Option<String>,
    /// The campaign of the workspace that it is; not sent, known here.
    profile: Option<CampaignProfile>,
}

#[derive(ToSchema)]
pub struct CampaignProfile {
    #[schema(example = "camp_01kacwvsy4n5b2m8r0t3x6z9fd")]
    id: String,
    name: String,
}

/// Any further column may stand beside these.
#[derive(ToSchema)]
pub struct Contact {
    id: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    email: Option<String>,
    company: Option<String>,
    phone: Option<String>,
    #[serde(flatten)]
    columns: std::collections::BTreeMap<String, Value>,
}

#[derive(ToSchema)]
pub struct Turn {
    /// `agent`, `customer`, `system`, `tool` or `third_party`.
    role: String,
    text: String,
    /// From the start of the call.
    start_s: Option<f64>,
    end_s: Option<f64>,
}

#[derive(ToSchema)]
pub struct Recording {
    /// The platform's.
    url: Option<String>,
    /// Ours, to the copy; not sent, made here where the settings for recordings say so.
    link: Option<String>,
    channels: Option<u32>,
    format: Option<String>,
    duration_s: Option<f64>,
    expires_at: Option<Timestamp>,
}

#[derive(ToSchema)]
pub struct Analysis {
    summary: Option<String>,
    success: Option<bool>,
    sentiment: Option<String>,
    /// What templates see as `outcome.*`.
    #[schema(required = false, value_type = Object)]
    structured: Map<String, Value>,
    /// Key question → answer, what templates see as `answers.*`.
    #[schema(required = false, value_type = Object)]
    answers: Map<String, Value>,
    /// By the name of a variable, by the question, or `disposition`; of an analysis that was made here.
    #[schema(required = false)]
    evidence: std::collections::BTreeMap<String, Evidence>,
    /// Required variables that the call does not say.
    #[schema(required = false)]
    missing: Vec<String>,
    /// What has made the analysis, if that was here: `model`, `rules`, `platform` (its values, brought to the agent's types) or `flow`.
    #[schema(example = "model")]
    by: Option<String>,
    /// Of a call that is analysed here: `pending`, `done` or `failed`.
    #[schema(example = "done")]
    state: Option<String>,
    /// Why the last try failed; what was known before stays.
    failure: Option<AnalysisFailure>,
}

#[derive(ToSchema)]
pub struct AnalysisFailure {
    #[schema(example = "the analysis failed: the server answered 401")]
    message: String,
    run_id: String,
}

/// Where a value was said; for one that was not taken, what is wrong with it.
#[derive(ToSchema)]
pub struct Evidence {
    quote: Option<String>,
    /// The number of the turn, from 0.
    turn: Option<u32>,
    /// `not_said`, `instruction`, `contradicted` or `not_understood`: not taken; `unchecked`: taken, but code cannot read it.
    flag: Option<String>,
    /// Of an amount of money.
    currency: Option<String>,
    /// `platform`: taken from what the platform has found, not from the transcript.
    by: Option<String>,
}

#[derive(ToSchema)]
pub struct Transfer {
    to: Option<String>,
    /// `cold`, `warm` or `sip`.
    mode: Option<String>,
    /// `requested`, `started`, `connected`, `failed` or `cancelled`.
    status: Option<String>,
    at: Option<Timestamp>,
}

/// A tool that the agent called.
#[derive(ToSchema)]
pub struct Tool {
    id: Option<String>,
    name: String,
    #[schema(required = false)]
    arguments: Value,
}

/// An event as senders write it. Only `kind` and `call.provider_call_id` are required; unknown fields are kept under `raw`.
#[derive(ToSchema)]
pub struct NewEvent {
    /// The sender's de-duplication key; else one is derived from provider, call, kind and time.
    #[schema(example = "evt-from-sender-1")]
    id: Option<String>,
    #[schema(example = "call.ended")]
    kind: String,
    at: Option<Timestamp>,
    #[schema(example = "custom")]
    provider: Option<String>,
    call: Snapshot,
    tool: Option<Tool>,
    script_step: Option<Value>,
}

/// One event, or several.
#[derive(ToSchema)]
#[serde(untagged)]
pub enum NewEvents {
    One(NewEvent),
    Many(Vec<NewEvent>),
}
