//! A call as it is known: the snapshot people and flows see, and the state that the fold needs beside it.

use crate::{Kind, number};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Everything known about a call, in the shape of `call` in an event. Every field but `provider_call_id` may be missing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Snapshot {
    pub provider_call_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// `inbound`, `outbound`, `web` or `unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Agent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign: Option<Campaign>,
    /// `first_name`, `last_name`, `email`, `company`, `phone`, `id` and any custom column.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub contact: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// `human`, `voicemail`, `machine`, `fax` or `unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connected: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::serialize"
    )]
    pub duration_s: Option<f64>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::serialize"
    )]
    pub talk_s: Option<f64>,
    /// The platform's own word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_reason: Option<String>,
    /// `customer`, `agent` or `system`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disposition: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transcript: Vec<Turn>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording: Option<Recording>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub analysis: Option<Analysis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transfer: Option<Transfer>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub variables: Map<String, Value>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub metadata: Map<String, Value>,
    /// Each tool called so far, by its name → the arguments it was last called with.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub tools: Map<String, Value>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Agent {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The agent of the workspace that it is, where there is one: known here alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
}

/// An agent as the workspace has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    pub id: String,
    pub name: String,
    /// Its calls are analysed here, and this one still is to be.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub extracts: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Campaign {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The campaign of the workspace that it is, where there is one: known here alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<CampaignProfile>,
}

/// A campaign as the workspace has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CampaignProfile {
    pub id: String,
    pub name: String,
}

/// One thing somebody said. `role` is `agent`, `customer`, `system`, `tool` or `third_party`; times are seconds from the start.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Turn {
    pub role: String,
    pub text: String,
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::serialize"
    )]
    pub start_s: Option<f64>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::serialize"
    )]
    pub end_s: Option<f64>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recording {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channels: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "number::serialize"
    )]
    pub duration_s: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Analysis {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub success: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentiment: Option<String>,
    /// What templates see as `outcome.*`.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub structured: Map<String, Value>,
    /// Key question → answer, what templates see as `answers.*`.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub answers: Map<String, Value>,
    /// By the name of a variable, by the question, or `disposition`: the words that say it (`quote`), their `turn`, a `flag`.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub evidence: Map<String, Value>,
    /// Required variables that the call does not say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// What has analysed it, where that was done here: `model`, `rules` or `flow`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Transfer {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// `cold`, `warm` or `sip`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// `requested`, `started`, `connected`, `failed` or `cancelled`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

/// A call as stored: its snapshot and what the state machine remembers. Stored as JSON; fields are only ever added.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Call {
    pub provider: String,
    pub snapshot: Snapshot,
    /// Moments already raised, with when each happened: one-shot kinds stand here once.
    pub raised: Vec<Raised>,
    /// Hashes of the messages already taken (endpoint and de-duplication key) and of repeatable moments.
    pub seen: Vec<u64>,
    /// `call.ended` is claimed but waits for a complete report until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grace_until: Option<Timestamp>,
    /// The call has ended and waits for its analysis until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settle_by: Option<Timestamp>,
    /// The call must have ended by then, else the watchdog ends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub watchdog_at: Option<Timestamp>,
    pub settled: bool,
    /// Hash of the analysis that `call.analyzed` or `call.reanalyzed` last told of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub analysis_hash: Option<u64>,
    pub no_analysis_to_come: bool,
    /// How many messages were recognised as duplicates.
    pub duplicates: u32,
    /// Nobody ever told of the end: what comes now is too late to be a moment of the call.
    pub ended_by_watchdog: bool,
    pub derived: Derived,
    /// Repeatable moments that a back-fill told, of which the platform's own message may still come.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub backfilled: Vec<Kind>,
    /// The most hops of any message taken.
    #[serde(skip_serializing_if = "is_zero")]
    pub hops: u8,
}

fn is_zero(hops: &u8) -> bool {
    *hops == 0
}

/// Fields of the snapshot that nobody has told: they are derived again from every message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Derived {
    pub connected: bool,
    pub duration_s: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Raised {
    pub kind: Kind,
    pub at: Timestamp,
}

impl Call {
    pub fn has(&self, kind: Kind) -> bool {
        self.raised.iter().any(|raised| raised.kind == kind)
    }
}

impl Analysis {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Snapshot {
    /// Whether a person said anything that is known.
    pub fn has_words(&self) -> bool {
        let spoken = |turn: &Turn| {
            matches!(turn.role.as_str(), "agent" | "customer" | "third_party")
                && turn.text.contains(char::is_alphanumeric)
        };
        self.transcript.iter().any(spoken)
    }

    pub(crate) fn profile_mut(&mut self) -> Option<&mut Profile> {
        self.agent.as_mut()?.profile.as_mut()
    }

    /// The names of its fields, as `call.<field>` writes them.
    pub const FIELDS: [&str; 27] = [
        "provider_call_id",
        "parent_id",
        "session_id",
        "direction",
        "from",
        "to",
        "agent",
        "campaign",
        "contact",
        "status",
        "answered_by",
        "connected",
        "started_at",
        "answered_at",
        "ended_at",
        "duration_s",
        "talk_s",
        "end_reason",
        "ended_by",
        "disposition",
        "transcript",
        "recording",
        "analysis",
        "transfer",
        "variables",
        "metadata",
        "tools",
    ];
}
