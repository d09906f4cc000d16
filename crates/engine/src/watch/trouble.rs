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

impl AlertKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::FlowFailing => "flow_failing",
            Self::FlowPaused => "flow_paused",
            Self::WebhookGone => "webhook_gone",
            Self::DestinationFailing => "destination_failing",
            Self::AgentQuiet => "agent_quiet",
            Self::Budget => "budget",
            Self::EndpointReconcileFailing => "endpoint_reconcile_failing",
        }
    }

    /// `None`: a later binary's.
    pub(super) fn read(name: &str) -> Option<Self> {
        serde_json::from_value(name.into()).ok()
    }

    /// What a binary reads that knows the first four kinds alone, and fails at any other.
    fn for_old(self) -> Self {
        match self {
            Self::AgentQuiet | Self::Budget | Self::EndpointReconcileFailing => {
                Self::DestinationFailing
            }
            old => old,
        }
    }
}

/// The kind as it is stored: one that every binary can read, and beside it which it really is. A later binary's kind is read as the
/// one that it was written for.
mod stored {
    use super::AlertKind;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Stored {
        kind: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        really: Option<String>,
    }

    pub fn serialize<S: Serializer>(kind: &AlertKind, to: S) -> Result<S::Ok, S::Error> {
        let old = kind.for_old();
        let stored = Stored {
            kind: old.name().into(),
            really: (old != *kind).then(|| kind.name().into()),
        };
        stored.serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<AlertKind, D::Error> {
        let stored = Stored::deserialize(from)?;
        let really = stored.really.as_deref().and_then(AlertKind::read);
        let kind = really.or_else(|| AlertKind::read(&stored.kind));
        Ok(kind.unwrap_or(AlertKind::DestinationFailing))
    }
}

/// What is to be alerted: a kind of trouble and whose it is say whether it is the same as before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trouble {
    #[serde(flatten, with = "stored")]
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn stored(kind: Value) -> Value {
        let mut stored = json!({ "subject": "x", "title": "t", "cause": "c", "since": "2026-11-20T12:00:00Z", "count": 1 });
        let kind = kind.as_object().unwrap().clone();
        stored.as_object_mut().unwrap().extend(kind);
        stored
    }

    fn kind(of: Value) -> AlertKind {
        let trouble: Trouble = serde_json::from_value(stored(of)).unwrap();
        trouble.kind
    }

    #[test]
    fn an_alert_of_a_later_binary_s_kind_can_be_read() {
        let later = json!({ "kind": "flow_failing", "really": "moon_full" });
        assert_eq!(kind(later), AlertKind::FlowFailing);
        let later = json!({ "kind": "moon_full" });
        assert_eq!(kind(later), AlertKind::DestinationFailing);
        // As it was written before there was anything beside it.
        assert_eq!(kind(json!({ "kind": "budget" })), AlertKind::Budget);
    }

    #[test]
    fn an_older_binary_finds_a_kind_that_it_knows_and_ours_the_real_one() {
        let old = [
            "flow_failing",
            "flow_paused",
            "webhook_gone",
            "destination_failing",
        ];
        for name in old
            .into_iter()
            .chain(["agent_quiet", "budget", "endpoint_reconcile_failing"])
        {
            let trouble = Trouble {
                kind: AlertKind::read(name).unwrap(),
                ..Trouble::of_destination("x", "c", Timestamp::UNIX_EPOCH, 1)
            };
            assert_eq!(trouble.kind.name(), name);
            let written = serde_json::to_value(&trouble).unwrap();
            assert!(
                old.contains(&written["kind"].as_str().unwrap()),
                "{written}"
            );
            assert_eq!(serde_json::from_value::<Trouble>(written).unwrap(), trouble);
        }
    }
}
