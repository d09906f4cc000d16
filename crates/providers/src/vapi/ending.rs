//! What an ended reason says for certain beyond its class: the call's last status, who ended it, and whether anybody had picked up.
//! There are over 600 reasons and they grow; one that is not known says nothing here and is kept as it is.

use calls::{Snapshot, end_reason};

/// Puts the platform's word and what it means into the call.
pub fn apply(reason: &str, call: &mut Snapshot) {
    let (status, ended_by) = match class(reason) {
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
    call.answered_by = is_voicemail(reason).then(|| "voicemail".into());
    call.end_reason = Some(reason.into());
    if call.status.as_deref() == Some("completed") {
        call.answered_at = call.started_at;
    }
}

pub fn is_voicemail(reason: &str) -> bool {
    class(reason) == "voicemail"
}

/// The assistant has handed the call to somebody else.
pub fn is_transfer(reason: &str) -> bool {
    class(reason) == "transferred"
}

/// A target of a transfer that is busy or does not answer leaves a call that was connected.
fn class(reason: &str) -> &'static str {
    match reason.strip_prefix("call.forwarding.") {
        Some("no-answer" | "operator-busy") => "completed",
        _ => end_reason::class(reason),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_say_how_the_call_went_and_who_ended_it() {
        let cases = [
            ("customer-ended-call", Some("completed"), Some("customer")),
            (
                "customer-ended-call-during-transfer",
                Some("completed"),
                Some("customer"),
            ),
            ("assistant-ended-call", Some("completed"), Some("agent")),
            (
                "assistant-said-end-call-phrase",
                Some("completed"),
                Some("agent"),
            ),
            ("assistant-forwarded-call", Some("completed"), Some("agent")),
            ("voicemail", Some("completed"), None),
            ("customer-did-not-answer", Some("unanswered"), None),
            ("call.forwarding.no-answer", Some("completed"), None),
            ("customer-busy", Some("busy"), None),
            ("silence-timed-out", Some("completed"), Some("system")),
            (
                "twilio-failed-to-connect-call",
                Some("failed"),
                Some("system"),
            ),
            (
                "pipeline-error-openai-llm-failed",
                Some("failed"),
                Some("system"),
            ),
            (
                "call.in-progress.error-vapifault-x",
                Some("failed"),
                Some("system"),
            ),
            ("assistant-request-failed", Some("failed"), Some("system")),
            ("something-new", None, None),
        ];
        for (reason, status, by) in cases {
            let mut call = Snapshot::default();
            apply(reason, &mut call);
            let read = (call.status.as_deref(), call.ended_by.as_deref());
            assert_eq!(read, (status, by), "{reason}");
            assert_eq!(call.end_reason.as_deref(), Some(reason));
        }
    }
}
