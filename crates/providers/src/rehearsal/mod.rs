//! A rehearsal call before a platform's folder dresses it in its own format: what is said, what is found out, how it ends. Made up
//! from reserved names and numbers; a scenario always tells the same story, and a story of one's own may stand in its place.

mod stories;

use jiff::SignedDuration;
use kernel::Timestamp;
use serde_json::{Map, Value, json};

/// The number that calls, and the one that is called.
pub const OURS: &str = "+14155550100";
pub const THEIRS: &str = "+14155550123";
pub const FIRST_NAME: &str = "Ada";
pub const LAST_NAME: &str = "Lovelace";
pub const EMAIL: &str = "ada@example.com";
pub const AGENT: &str = "Sarah";
pub const AGENT_ID: &str = "9d1f6f0e-2f4a-4a55-8a0c-6f2f5a3c7b10";
pub const CAMPAIGN: &str = "Sales Outbound Q1";
/// How long it rings.
const RINGS_S: f64 = 6.0;

/// What happens in a rehearsal call that comes with the binary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scenario {
    Interested,
    NotInterested,
    Voicemail,
    NoAnswer,
}

impl Scenario {
    pub const ALL: [Scenario; 4] = [
        Scenario::Interested,
        Scenario::NotInterested,
        Scenario::Voicemail,
        Scenario::NoAnswer,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Scenario::Interested => "interested",
            Scenario::NotInterested => "not_interested",
            Scenario::Voicemail => "voicemail",
            Scenario::NoAnswer => "no_answer",
        }
    }

    pub fn parse(name: &str) -> Option<Scenario> {
        Self::ALL
            .into_iter()
            .find(|scenario| scenario.name() == name)
    }

    pub fn story(self) -> Story {
        let written = match self {
            Scenario::Interested => &stories::INTERESTED,
            Scenario::NotInterested => &stories::NOT_INTERESTED,
            Scenario::Voicemail => &stories::VOICEMAIL,
            Scenario::NoAnswer => &stories::NO_ANSWER,
        };
        written.story()
    }
}

/// How a rehearsal call ends. Each platform has a word of its own for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    CustomerHangup,
    AgentHangup,
    Voicemail,
    NoAnswer,
    Busy,
    Failed,
}

impl Ending {
    pub const ALL: [Ending; 6] = [
        Ending::CustomerHangup,
        Ending::AgentHangup,
        Ending::Voicemail,
        Ending::NoAnswer,
        Ending::Busy,
        Ending::Failed,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Ending::CustomerHangup => "customer_hangup",
            Ending::AgentHangup => "agent_hangup",
            Ending::Voicemail => "voicemail",
            Ending::NoAnswer => "no_answer",
            Ending::Busy => "busy",
            Ending::Failed => "failed",
        }
    }

    pub fn parse(name: &str) -> Option<Ending> {
        Self::ALL.into_iter().find(|ending| ending.name() == name)
    }

    /// Whether somebody or something picks up.
    pub fn is_connected(self) -> bool {
        !matches!(self, Ending::NoAnswer | Ending::Busy | Ending::Failed)
    }

    /// The word of the dialects that have but one for whatever comes after an answer.
    pub fn call_status(self) -> &'static str {
        match self {
            Ending::NoAnswer => "no-answer",
            Ending::Busy => "busy",
            Ending::Failed => "failed",
            Ending::CustomerHangup | Ending::AgentHangup | Ending::Voicemail => "completed",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    Agent,
    Customer,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    pub speaker: Speaker,
    /// Seconds from the answer.
    pub start_s: f64,
    pub text: String,
}

impl Said {
    /// The one or the other word, by who speaks.
    pub fn by<'w>(&self, agent: &'w str, customer: &'w str) -> &'w str {
        match self.speaker {
            Speaker::Agent => agent,
            Speaker::Customer => customer,
        }
    }

    /// How long it takes to say it.
    pub fn length_s(&self) -> f64 {
        0.06 * self.text.chars().count() as f64
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    pub ending: Ending,
    /// From the answer to the end.
    pub length_s: f64,
    pub turns: Vec<Said>,
    pub summary: String,
    pub success: Option<bool>,
    pub disposition: String,
    pub outcome: Map<String, Value>,
}

impl Story {
    pub fn is_analyzed(&self) -> bool {
        let says_nothing = self.summary.is_empty()
            && self.success.is_none()
            && self.disposition.is_empty()
            && self.outcome.is_empty();
        !says_nothing
    }

    /// How long it takes to say something: a story may be shorter than its words, and nothing is said after its end.
    pub fn length_of(&self, said: &Said) -> f64 {
        said.length_s().min((self.length_s - said.start_s).max(0.0))
    }

    /// The outcome, with the disposition for platforms that have no other place for it.
    pub fn found(&self) -> Map<String, Value> {
        let mut found = Map::new();
        if !self.disposition.is_empty() {
            found.insert("disposition".into(), self.disposition.as_str().into());
        }
        found.extend(self.outcome.clone());
        found
    }

    /// The same, each value in an object of its own.
    pub fn found_values(&self) -> Map<String, Value> {
        let found = self.found().into_iter();
        found
            .map(|(name, value)| (name, json!({ "value": value })))
            .collect()
    }

    /// One line for each turn, with the speaker before a colon.
    pub fn lines(&self, agent: &str, customer: &str) -> String {
        let line = |said: &Said| format!("{}: {}\n", said.by(agent, customer), said.text);
        self.turns.iter().map(line).collect()
    }

    /// What a telephone line says: the length in whole seconds, as text.
    pub fn seconds(&self) -> String {
        (self.length_s.round() as i64).to_string()
    }
}

/// A story as a call: its id and its times.
#[derive(Debug, Clone, Copy)]
pub struct Played<'p> {
    pub story: &'p Story,
    pub id: &'p str,
    pub rang_at: Timestamp,
    /// Of a call that nobody picks up, its end.
    pub answered_at: Timestamp,
    pub ended_at: Timestamp,
}

impl<'p> Played<'p> {
    pub fn ending_at(ended_at: Timestamp, story: &'p Story, id: &'p str) -> Self {
        Self::answered_at(later(ended_at, -story.length_s), story, id)
    }

    pub fn answered_at(answered_at: Timestamp, story: &'p Story, id: &'p str) -> Self {
        Self {
            story,
            id,
            rang_at: later(answered_at, -RINGS_S),
            answered_at,
            ended_at: later(answered_at, story.length_s),
        }
    }

    pub fn is_connected(&self) -> bool {
        self.story.ending.is_connected()
    }

    pub fn said_at(&self, said: &Said) -> Timestamp {
        later(self.answered_at, said.start_s)
    }

    pub fn recording(&self) -> String {
        format!("https://recordings.example/{}-mono.wav", self.id)
    }
}

/// Messages of JSON as they are sent.
pub(crate) fn bodies(messages: &[Value]) -> Vec<String> {
    messages.iter().map(Value::to_string).collect()
}

/// Clamped at the ends of time, which no clock ever reaches.
pub fn later(at: Timestamp, seconds: f64) -> Timestamp {
    at.saturating_add(SignedDuration::from_millis((seconds * 1e3) as i64))
        .unwrap_or(at)
}
