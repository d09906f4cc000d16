//! What a reason to end says for certain beyond its class: the call's last status, who ended it, and whether anybody had picked up.
//! A reason that is not known says nothing here and is kept as it is.

use calls::{Snapshot, end_reason};

/// Puts the platform's word and what it means into the call.
pub fn apply(reason: &str, call: &mut Snapshot) {
    apply_as(end_reason::class(reason), reason, call);
}

/// The same, where the platform gives the word another class.
pub fn apply_as(class: &str, reason: &str, call: &mut Snapshot) {
    let (status, ended_by) = match class {
        "customer_hangup" => (Some("completed"), Some("customer")),
        "agent_hangup" | "transferred" => (Some("completed"), Some("agent")),
        "silence_timeout" | "max_duration" => (Some("completed"), Some("system")),
        "voicemail" | "completed" => (Some("completed"), None),
        "no_answer" | "rejected" => (Some("unanswered"), None),
        "busy" => (Some("busy"), None),
        "error_provider" | "error_agent" | "blocked" => (Some("failed"), Some("system")),
        "invalid_destination" => (Some("failed"), None),
        _ => (None, None),
    };
    call.status = status.map(Into::into);
    call.ended_by = ended_by.map(Into::into);
    if class == "voicemail" {
        call.answered_by = Some("voicemail".into());
    }
    call.end_reason = Some(reason.into());
}

/// Nobody picked up: what the platform says of that goes before what its reason implies.
pub fn unanswered(call: &mut Snapshot) {
    call.connected = Some(false);
    if !matches!(call.status.as_deref(), Some("busy" | "failed")) {
        call.status = Some("unanswered".into());
    }
}
