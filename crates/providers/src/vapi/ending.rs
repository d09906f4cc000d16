//! Vapi's ended reasons: over 600, and they grow. Where the call was answered, Vapi's start is the moment of the answer.

use crate::ending;
use calls::{Snapshot, end_reason};

/// Puts Vapi's word and what it means into the call.
pub fn apply(reason: &str, call: &mut Snapshot) {
    ending::apply_as(class(reason), reason, call);
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
