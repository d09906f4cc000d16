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
    /// A run has failed: this and the next ones are about runs, and are raised here alone.
    #[serde(rename = "run.failed")]
    RunFailed,
    #[serde(rename = "flow.failing")]
    FlowFailing,
    #[serde(rename = "flow.paused")]
    FlowPaused,
    #[serde(rename = "destination.failing")]
    DestinationFailing,
    #[serde(rename = "budget.reached")]
    BudgetReached,
}

impl Kind {
    /// The moments of a call, which senders tell of.
    pub const MOMENTS: [Kind; 12] = [
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
    /// What a flow starts on that watches other flows.
    pub const WATCHES: [Kind; 5] = [
        Kind::RunFailed,
        Kind::FlowFailing,
        Kind::FlowPaused,
        Kind::DestinationFailing,
        Kind::BudgetReached,
    ];

    pub fn all() -> impl Iterator<Item = Kind> {
        Self::MOMENTS.into_iter().chain(Self::WATCHES)
    }

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
            Kind::RunFailed => "run.failed",
            Kind::FlowFailing => "flow.failing",
            Kind::FlowPaused => "flow.paused",
            Kind::DestinationFailing => "destination.failing",
            Kind::BudgetReached => "budget.reached",
        }
    }

    pub fn parse(name: &str) -> Option<Kind> {
        Self::all().find(|kind| kind.name() == name)
    }

    /// Whether it is about a run or a flow, and no moment of a call.
    pub fn watches(self) -> bool {
        Self::WATCHES.contains(&self)
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
                | Kind::RunFailed
                | Kind::FlowFailing
                | Kind::FlowPaused
                | Kind::DestinationFailing
                | Kind::BudgetReached
        )
    }
}
