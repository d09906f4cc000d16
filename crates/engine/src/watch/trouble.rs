//! What people are alerted of: kinds of trouble, whose it is, and the words for it.

use kernel::Timestamp;
use kernel::id::{EndpointId, FlowId, RunId};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// Runs of a flow fail one after the other.
    FlowFailing,
    /// They did so for too long.
    FlowPaused,
    /// The receiver of a flow's webhook answered 410, and the flow is paused.
    WebhookGone,
    /// A destination does not answer, whichever flow asks.
    DestinationFailing,
    /// The platform of an endpoint does not say which calls there were.
    EndpointReconcileFailing,
    /// An agent that should have had calls has had none.
    AgentQuiet,
    /// Much of a budget is used, or all of it.
    Budget,
}

/// What is to be alerted: a kind of trouble and whose it is say whether it is the same as before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trouble {
    pub kind: AlertKind,
    /// Whose trouble: a flow's id, a destination, an agent, a budget's or an endpoint's id.
    pub subject: String,
    /// What happened, in one line for people.
    pub title: String,
    /// Why, as far as is known.
    pub cause: String,
    pub since: Timestamp,
    /// How often so far.
    pub count: u32,
    /// In per cent of what pauses a flow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow: Option<FlowId>,
    /// The last run that it happened to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<RunId>,
    /// Of the webhook that is gone, secrets masked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

impl Trouble {
    pub(super) fn of_flow(kind: AlertKind, flow: FlowId, title: String, cause: String) -> Self {
        Self {
            kind,
            subject: flow.to_string(),
            title,
            cause,
            since: Timestamp::UNIX_EPOCH,
            count: 1,
            level: None,
            flow: Some(flow),
            run: None,
            address: None,
        }
    }

    /// A destination that has not answered since then, after so many attempts.
    pub fn of_destination(destination: &str, cause: &str, since: Timestamp, count: u32) -> Self {
        Self {
            kind: AlertKind::DestinationFailing,
            subject: destination.to_owned(),
            title: format!("{destination} does not answer"),
            cause: cause.to_owned(),
            since,
            count,
            level: None,
            flow: None,
            run: None,
            address: None,
        }
    }

    /// An endpoint whose calls could not be looked for since then, so many times.
    pub fn of_endpoint(
        endpoint: EndpointId,
        name: &str,
        cause: &str,
        since: Timestamp,
        count: u32,
    ) -> Self {
        Self {
            kind: AlertKind::EndpointReconcileFailing,
            title: format!("The calls of “{name}” cannot be looked for"),
            ..Self::of_destination(&endpoint.to_string(), cause, since, count)
        }
    }
}
