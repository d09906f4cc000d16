//! The catalogue of event kinds: what each means and what it looks like.

use crate::auth::{Caller, Read};
use crate::shapes::snapshot::NewEvent;
use axum::Json;
use calls::{Kind, event::Origin, samples};
use kernel::Scope;
use kernel::id::{CallId, EventId};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct EventKind {
    #[schema(value_type = String, example = "call.ended")]
    kind: Kind,
    title: &'static str,
    description: &'static str,
    /// Somebody waits for an answer.
    asks: bool,
    /// Raised once per call.
    one_shot: bool,
    /// About a run or a flow: raised here, never sent. A flow on it watches other flows.
    watches: bool,
    /// An event of this kind, as it is sent; of one that is raised here, what it says beside its call.
    #[schema(value_type = NewEvent)]
    sample: Value,
    /// What `${…}` sees of the sample, and what a webhook of it would carry as `data`.
    #[schema(value_type = Object)]
    payload: Value,
}

/// List event kinds
#[utoipa::path(get, path = "/v1/events/kinds", tag = "events", security(("key" = ["read"])),
    responses((status = 200, body = Vec<EventKind>)))]
pub async fn kinds(caller: Caller<Read>) -> Json<Vec<EventKind>> {
    let origin = Origin {
        workspace_id: caller.workspace,
        workspace_name: "Sample".into(),
        call_id: CallId::from_bytes([0; 16]),
        raw: Value::Null.into(),
    };
    Json(Kind::all().map(|kind| describe(kind, &origin)).collect())
}

fn describe(kind: Kind, origin: &Origin) -> EventKind {
    let (title, description) = words(kind);
    let event = samples::event(kind, EventId::from_bytes([0; 16]), origin);
    EventKind {
        kind,
        title,
        description,
        asks: kind.asks(),
        one_shot: kind.is_one_shot(),
        watches: kind.watches(),
        sample: samples::json(kind),
        payload: event
            .get("payload_flat")
            .map(|payload| payload.into_owned())
            .unwrap_or_default(),
    }
}

pub fn words(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Dialing => (
            "Before dialling",
            "Right before an outbound call is dialled; the answer gives its variables.",
        ),
        Kind::Incoming => (
            "Incoming call",
            "An inbound call arrives and the agent has not spoken yet; the answer gives its variables.",
        ),
        Kind::Started => ("Call started", "The call was created and rings."),
        Kind::Answered => (
            "Call answered",
            "The other side picked up and the conversation begins.",
        ),
        Kind::ToolCalled => (
            "Tool called",
            "The agent called a tool or reached a script step; the answer goes back into the call.",
        ),
        Kind::VoicemailDetected => ("Voicemail detected", "A voicemail greeting was heard."),
        Kind::TransferStarted => ("Transfer started", "The target of a transfer picked up."),
        Kind::TransferEnded => ("Transfer ended", "The transferred call is over."),
        Kind::Ended => (
            "Call ended",
            "The call is over. A flow that reads the outcome starts when the call is settled.",
        ),
        Kind::RecordingReady => ("Recording ready", "The recording can be fetched."),
        Kind::Analyzed => ("Call analyzed", "Variables, summary and outcome are known."),
        Kind::Reanalyzed => ("Call analyzed again", "The analysis of a call has changed."),
        Kind::RunFailed => (
            "Run failed",
            "A run of another flow has failed. Raised by Switchhook itself; everything known of the call is known here too.",
        ),
        Kind::FlowFailing => (
            "Flow keeps failing",
            "Runs of another flow fail one after the other: at 50, 70 and 90 % of what pauses it.",
        ),
        Kind::FlowPaused => (
            "Flow paused",
            "Another flow was paused: it kept failing, or its webhook is gone.",
        ),
        Kind::DestinationFailing => (
            "Destination failing",
            "A destination is held back since it does not answer, whichever flow asks; again after half of what pauses it, and when it is paused.",
        ),
        Kind::BudgetReached => (
            "Budget reached",
            "A budget is used to 60, 80 or 100 %. Told of the call of the last run that counted for it.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::id::WorkspaceId;

    #[test]
    fn every_kind_has_a_sample_and_the_payload_that_flows_see() {
        let origin = Origin {
            workspace_id: WorkspaceId::from_bytes([1; 16]),
            workspace_name: "Sample".into(),
            call_id: CallId::from_bytes([0; 16]),
            raw: Value::Null.into(),
        };
        for kind in Kind::all() {
            let shown = describe(kind, &origin);
            assert_eq!(shown.sample["kind"], kind.name());
            assert!(shown.payload["callInfo"].is_object(), "{}", kind.name());
        }
    }
}
