//! The kinds of events, by the names that flows and the API use.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    #[serde(rename = "call.dialing")]
    Dialing,
    #[serde(rename = "call.incoming")]
    Incoming,
    #[serde(rename = "call.started")]
    Started,
    #[serde(rename = "call.answered")]
    Answered,
    #[serde(rename = "tool.called")]
    ToolCalled,
    #[serde(rename = "call.voicemail_detected")]
    VoicemailDetected,
    #[serde(rename = "call.transfer_started")]
    TransferStarted,
    #[serde(rename = "call.transfer_ended")]
    TransferEnded,
    #[serde(rename = "call.ended")]
    Ended,
    #[serde(rename = "call.recording_ready")]
    RecordingReady,
    #[serde(rename = "call.analyzed")]
    Analyzed,
    #[serde(rename = "call.reanalyzed")]
    Reanalyzed,
}

impl Kind {
    pub const ALL: [Kind; 12] = [
        Kind::Dialing,
        Kind::Incoming,
        Kind::Started,
        Kind::Answered,
        Kind::ToolCalled,
        Kind::VoicemailDetected,
        Kind::TransferStarted,
        Kind::TransferEnded,
        Kind::Ended,
        Kind::RecordingReady,
        Kind::Analyzed,
        Kind::Reanalyzed,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Dialing => "call.dialing",
            Kind::Incoming => "call.incoming",
            Kind::Started => "call.started",
            Kind::Answered => "call.answered",
            Kind::ToolCalled => "tool.called",
            Kind::VoicemailDetected => "call.voicemail_detected",
            Kind::TransferStarted => "call.transfer_started",
            Kind::TransferEnded => "call.transfer_ended",
            Kind::Ended => "call.ended",
            Kind::RecordingReady => "call.recording_ready",
            Kind::Analyzed => "call.analyzed",
            Kind::Reanalyzed => "call.reanalyzed",
        }
    }

    pub fn parse(name: &str) -> Option<Kind> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether somebody waits for an answer.
    pub fn asks(self) -> bool {
        matches!(self, Kind::Dialing | Kind::Incoming | Kind::ToolCalled)
    }

    /// Raised once per call; the others once per the platform's own event, tool-call or recording id.
    pub fn is_one_shot(self) -> bool {
        !matches!(
            self,
            Kind::ToolCalled
                | Kind::TransferStarted
                | Kind::TransferEnded
                | Kind::RecordingReady
                | Kind::Reanalyzed
        )
    }
}
