//! What follows from an agent's calls: messages and webhooks once a call is settled, and requests at its moments.

use crate::Kind;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One thing that is done after each call that it is for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Action {
    /// Given on save when missing, and kept.
    pub id: String,
    pub kind: ActionKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Unless said, messages are sent and webhooks are not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    #[serde(skip_serializing_if = "When::is_any")]
    pub when: When,
    /// Of messages: the only one of its kind unless named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
    /// Of messages: numbers or addresses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
    /// Of an SMS, instead of the usual one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Of a mail, instead of the usual one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// `{{ secrets.name }}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub headers: Map<String, Value>,
    /// Of a webhook: only for calls that were completed; unless said, it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_completed: Option<bool>,
    /// Of mails and webhooks: `true` waits for the recording's address, `false` leaves it out; else it is in it if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_recording: Option<bool>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionKind {
    Sms,
    Email,
    #[default]
    Webhook,
}

impl ActionKind {
    pub fn name(self) -> &'static str {
        match self {
            ActionKind::Sms => "sms",
            ActionKind::Email => "email",
            ActionKind::Webhook => "webhook",
        }
    }
}

impl Action {
    pub fn is_on(&self) -> bool {
        self.enabled.unwrap_or(self.kind != ActionKind::Webhook)
    }

    pub fn includes_recording(&self) -> bool {
        self.include_recording.unwrap_or(true)
    }

    /// Nothing follows a call before its recording is there.
    pub fn awaits_recording(&self) -> bool {
        self.is_on() && self.include_recording == Some(true)
    }

    pub fn is_for_completed(&self) -> bool {
        self.kind == ActionKind::Webhook && self.only_completed.unwrap_or(true)
    }
}

/// For which calls; all that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct When {
    /// One of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dispositions: Vec<String>,
    /// One of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connected: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_duration_s: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    /// Any condition of the language.
    #[serde(rename = "if", skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
}

impl When {
    pub fn is_any(&self) -> bool {
        *self == Self::default()
    }
}

/// What the answer to a key question must be.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answer {
    pub question: String,
    pub is: Compare,
    /// A text, a number or a truth; none for `given`.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub value: Value,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    #[default]
    Equal,
    NotEqual,
    Contains,
    AtLeast,
    AtMost,
    /// There is an answer.
    Given,
}

/// A request at a moment of each call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CallAction {
    /// Given on save when missing, and kept.
    pub id: String,
    pub moment: Moment,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "is_true")]
    pub enabled: bool,
    pub method: String,
    pub url: String,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub headers: Map<String, Value>,
    pub timeout_s: u32,
    /// Nothing: the whole payload.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

fn is_true(value: &bool) -> bool {
    *value
}

impl Default for CallAction {
    fn default() -> Self {
        Self {
            id: String::new(),
            moment: Moment::default(),
            name: None,
            enabled: true,
            method: "POST".into(),
            url: String::new(),
            headers: Map::new(),
            timeout_s: 15,
            body: None,
        }
    }
}

/// A moment of a call, as people speak of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    Dialing,
    Incoming,
    Ringing,
    CallStart,
    ToolCalled,
    Voicemail,
    TransferStart,
    TransferEnd,
    #[default]
    CallEnd,
    CallEndConnected,
    CallEndNotConnected,
    RecordingReady,
    Analyzed,
}

impl Moment {
    /// The kind of event, and what it says of the connection where that matters.
    pub fn event(self) -> (Kind, Option<bool>) {
        match self {
            Moment::Dialing => (Kind::Dialing, None),
            Moment::Incoming => (Kind::Incoming, None),
            Moment::Ringing => (Kind::Started, None),
            Moment::CallStart => (Kind::Answered, None),
            Moment::ToolCalled => (Kind::ToolCalled, None),
            Moment::Voicemail => (Kind::VoicemailDetected, None),
            Moment::TransferStart => (Kind::TransferStarted, None),
            Moment::TransferEnd => (Kind::TransferEnded, None),
            Moment::CallEnd => (Kind::Ended, None),
            Moment::CallEndConnected => (Kind::Ended, Some(true)),
            Moment::CallEndNotConnected => (Kind::Ended, Some(false)),
            Moment::RecordingReady => (Kind::RecordingReady, None),
            Moment::Analyzed => (Kind::Analyzed, None),
        }
    }

    /// In a sentence: "when …".
    pub fn words(self) -> &'static str {
        match self {
            Moment::Dialing => "before it is dialled",
            Moment::Incoming => "when it comes in",
            Moment::Ringing => "when it rings",
            Moment::CallStart => "when it is answered",
            Moment::ToolCalled => "when a tool is called",
            Moment::Voicemail => "when voicemail is heard",
            Moment::TransferStart => "when a transfer is picked up",
            Moment::TransferEnd => "when a transfer is over",
            Moment::CallEnd => "when it ends",
            Moment::CallEndConnected => "when it ends and was connected",
            Moment::CallEndNotConnected => "when it ends and was not connected",
            Moment::RecordingReady => "when the recording is there",
            Moment::Analyzed => "when it is analysed",
        }
    }
}
