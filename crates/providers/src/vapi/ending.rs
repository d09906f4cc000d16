//! What Vapi's ended reasons say for certain: how a call went and who ended it. There are over 600 and they grow, so the rules go by
//! prefix and an unknown one is only a completed call, or a failed one when it speaks of an error.

use calls::Snapshot;

struct Ending {
    status: &'static str,
    by: Option<&'static str>,
    connected: Option<bool>,
}

/// Puts the platform's word and what it means into the call.
pub fn apply(reason: &str, call: &mut Snapshot) {
    let ending = read(reason);
    call.status = Some(ending.status.into());
    call.ended_by = ending.by.map(Into::into);
    call.connected = ending.connected;
    if is_voicemail(reason) {
        call.answered_by = Some("voicemail".into());
    }
    call.end_reason = Some(reason.into());
}

pub fn is_voicemail(reason: &str) -> bool {
    reason == "voicemail"
}

/// The assistant has handed the call to somebody else.
pub fn is_transfer(reason: &str) -> bool {
    reason == "assistant-forwarded-call"
        || reason.ends_with("hook-executed-transfer")
        || reason.contains("warm-transfer-completed")
}

fn read(reason: &str) -> Ending {
    let ending = |status, by, connected| Ending {
        status,
        by,
        connected,
    };
    match reason {
        "customer-busy" => ending("busy", None, Some(false)),
        "customer-did-not-answer" => ending("unanswered", None, Some(false)),
        "customer-did-not-give-microphone-permission"
        | "vonage-rejected"
        | "twilio-reported-customer-misdialed"
        | "scheduled-call-deleted"
        | "call-deleted" => ending("failed", None, Some(false)),
        "manually-canceled" => ending("ended", Some("system"), None),
        "silence-timed-out" | "exceeded-max-duration" => ending("completed", Some("system"), None),
        "call.ringing.sip-inbound-caller-hungup-before-call-connect" => {
            ending("unanswered", Some("customer"), Some(false))
        }
        _ if reason.contains("failed-to-connect") || reason.starts_with("call.start.error") => {
            ending("failed", Some("system"), Some(false))
        }
        _ if is_error(reason) => ending("failed", Some("system"), None),
        _ if reason.starts_with("customer-ended-call") => ending("completed", Some("customer"), None),
        _ if reason.starts_with("assistant-") => ending("completed", Some("agent"), None),
        _ => ending("completed", None, None),
    }
}

fn is_error(reason: &str) -> bool {
    let prefixes = ["assistant-request-", "assistant-not-", "pipeline-", "worker-shutdown"];
    reason.contains("error")
        || reason.contains("vapifault")
        || reason == "assistant-join-timed-out"
        || reason == "phone-call-provider-closed-websocket"
        || prefixes.iter().any(|prefix| reason.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_say_how_the_call_went_and_who_ended_it() {
        let cases = [
            ("customer-ended-call", "completed", Some("customer"), None),
            ("assistant-ended-call", "completed", Some("agent"), None),
            ("assistant-forwarded-call", "completed", Some("agent"), None),
            ("voicemail", "completed", None, None),
            ("customer-did-not-answer", "unanswered", None, Some(false)),
            ("customer-busy", "busy", None, Some(false)),
            ("silence-timed-out", "completed", Some("system"), None),
            ("twilio-failed-to-connect-call", "failed", Some("system"), Some(false)),
            ("pipeline-error-openai-llm-failed", "failed", Some("system"), None),
            ("call.in-progress.error-vapifault-x", "failed", Some("system"), None),
            ("assistant-request-failed", "failed", Some("system"), None),
            ("something-new", "completed", None, None),
        ];
        for (reason, status, by, connected) in cases {
            let ending = read(reason);
            assert_eq!((ending.status, ending.by, ending.connected), (status, by, connected), "{reason}");
        }
    }
}
