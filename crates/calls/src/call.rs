//! A call as it is known: the snapshot people and flows see, and the state that the fold needs beside it.

mod analysis;
pub mod search;

pub use analysis::{Analysis, Failure, Progress, State, Theirs, Version, Work};

use crate::agent::Extracts;
use crate::{Kind, number};
use kernel::Timestamp;
use kernel::id::FlowId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::sync::Arc;

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
    /// What the customer's number was made for, by the numbering plans: known here alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_type: Option<String>,
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
    /// Shared by all that is kept of a message: it is most of a large one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transcript: Arc<Vec<Turn>>,
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
    /// This call is being analysed here.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub extracts: bool,
    /// What follows its calls waits for their recordings.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub awaits_recording: bool,
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
    /// Ours, to a copy, where what goes out has such links.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
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

impl Recording {
    /// Where it is told to be: by a link of ours where there is one.
    pub fn address(&self) -> Option<&str> {
        self.link.as_deref().or(self.url.as_deref())
    }
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
    /// When a turn was last added to the talk, if it is told turn by turn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_turn_at: Option<Timestamp>,
    /// When the end was raised, by our clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_told_at: Option<Timestamp>,
    /// The analysis waits for more turns until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quiet_until: Option<Timestamp>,
    /// The call has ended and waits for its analysis until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settle_by: Option<Timestamp>,
    /// The call must have ended by then, else the watchdog ends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub watchdog_at: Option<Timestamp>,
    pub settled: bool,
    /// Of the end, until the call is settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered: Option<Offered>,
    /// Hash of the analysis that `call.analyzed` or `call.reanalyzed` last told of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub analysis_hash: Option<u64>,
    pub no_analysis_to_come: bool,
    /// A platform's analysis that no moment has told of yet, since ours is to come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub untold_analysis: Option<Timestamp>,
    /// Which calls of its agent are analysed here, and how far this one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extraction: Option<Extracts>,
    #[serde(skip_serializing_if = "has_no_progress")]
    pub progress: Progress,
    /// Analyses that were made here, the newest last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<Version>,
    /// Of a call that has `versions`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theirs: Option<Theirs>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// As its agent says, or else its workspace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settle_within_s: Option<u32>,
    /// How many messages were recognised as duplicates.
    pub duplicates: u32,
    /// Another call of its session is the one that an agent had: this one is nobody's.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub leg: bool,
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

fn has_no_progress(progress: &Progress) -> bool {
    *progress == Progress::None
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

/// What the end of a call was for flows when it came: one that changes before the call is settled neither misses it nor has it twice,
/// unless somebody has it catch up with what came in while it was paused.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Offered {
    /// They began on it.
    pub began: Vec<FlowId>,
    /// They wait for what is known later.
    pub waits: Arc<[FlowId]>,
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

    /// What the platform has found, whatever was found here.
    pub fn of_platform(&self) -> Option<&Analysis> {
        let is_ours = !self.versions.is_empty();
        let theirs = self
            .theirs
            .as_ref()
            .and_then(|theirs| theirs.analysis.as_ref());
        let known = self.snapshot.analysis.as_ref();
        let found = if is_ours { theirs } else { known };
        found.filter(|found| found.by.is_none() && found.says_something())
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
    pub const FIELDS: [&str; 28] = [
        "provider_call_id",
        "parent_id",
        "session_id",
        "direction",
        "from",
        "to",
        "phone_type",
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
