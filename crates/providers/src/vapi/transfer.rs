//! Transfers: Vapi tells when one begins, in up to two messages, and in the report how it went; never that the target has picked up.
//! Both beginnings share one key per destination, so that a transfer is told once.

use super::message::Message;
use crate::{Unreadable, field, number};
use calls::{Kind, Observation, call::Transfer};
use serde_json::Value;

/// `transfer-update` and the status `forwarding`.
pub fn started(message: &Message) -> Result<Observation, Unreadable> {
    let body = message.body();
    let mut transfer = read(body.pointer("/destination").unwrap_or(&Value::Null));
    let assistant = [
        "/toAssistant/name",
        "/toAssistant/id",
        "/call/destination/number",
    ];
    transfer.to = transfer.to.or_else(|| message.text(&assistant));
    transfer.status = Some("started".into());
    let mut observation = message.observe(None, vec![Kind::TransferStarted])?;
    transfer.at = observation.at;
    observation.dedupe = format!(
        "transfer:{}:{}",
        observation.call.provider_call_id,
        transfer.to.as_deref().unwrap_or("-")
    );
    observation.call.transfer = Some(transfer);
    Ok(observation)
}

/// `transfer-destination-request`: the model wants a transfer and asks where to. What comes of it is told when it begins.
pub fn requested(message: &Message) -> Result<Observation, Unreadable> {
    let mut observation = message.observe(None, vec![])?;
    observation.call.transfer = Some(Transfer {
        status: Some("requested".into()),
        at: observation.at,
        ..Transfer::default()
    });
    Ok(observation)
}

/// The last transfer a report lists, or the destination of a call that was forwarded.
pub fn last(body: &Value, forwarded: bool) -> Option<Transfer> {
    let listed = field::list(body, &["/artifact/transfers", "/call/artifact/transfers"]).last();
    let target = body
        .pointer("/destination")
        .or(body.pointer("/call/destination"));
    let mut transfer = match (listed, target) {
        (Some(listed), _) => {
            let mut transfer = read(listed.pointer("/destination").unwrap_or(&Value::Null));
            transfer.status = field::text(listed, &["/status"]).and_then(|text| status(&text));
            transfer.mode = transfer
                .mode
                .or_else(|| mode(&field::text(listed, &["/mode"])?));
            transfer
        }
        (None, Some(target)) if forwarded => read(target),
        (None, _) if forwarded => Transfer::default(),
        _ => return None,
    };
    if forwarded {
        transfer.status = Some("connected".into());
    }
    Some(transfer)
}

fn read(destination: &Value) -> Transfer {
    let to = [
        "/number",
        "/sipUri",
        "/assistantName",
        "/assistantId",
        "/stepName",
    ];
    let kind = field::text(destination, &["/type"]);
    Transfer {
        to: field::text(destination, &to).as_deref().map(number::shown),
        mode: field::text(destination, &["/transferPlan/mode"])
            .and_then(|plan| mode(&plan))
            .or_else(|| kind.filter(|kind| kind == "sip")),
        status: None,
        at: None,
    }
}

fn mode(plan: &str) -> Option<String> {
    ["blind", "warm"]
        .into_iter()
        .zip(["cold", "warm"])
        .find_map(|(prefix, mode)| plan.starts_with(prefix).then(|| mode.to_owned()))
}

fn status(text: &str) -> Option<String> {
    let text = text.to_ascii_lowercase();
    let words = [
        ("fail", "failed"),
        ("no-answer", "failed"),
        ("busy", "failed"),
        ("cancel", "cancelled"),
        ("complete", "connected"),
        ("connect", "connected"),
        ("success", "connected"),
    ];
    let known = words.into_iter().find(|(part, _)| text.contains(part));
    known.map(|(_, status)| status.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_report_tells_where_the_call_went_and_how() {
        let listed = json!({"artifact": {"transfers": [{
            "destination": {"type": "number", "number": "+1 415 555 0177", "transferPlan": {"mode": "warm-transfer-say-message"}},
            "status": "failed"
        }]}});
        let read = last(&listed, false).unwrap();
        assert_eq!(read.to.as_deref(), Some("+14155550177"));
        assert_eq!(read.mode.as_deref(), Some("warm"));
        assert_eq!(read.status.as_deref(), Some("failed"));
        let forwarded =
            json!({"call": {"destination": {"type": "sip", "sipUri": "sip:desk@example.com"}}});
        let read = last(&forwarded, true).unwrap();
        assert_eq!(read.to.as_deref(), Some("sip:desk@example.com"));
        assert_eq!(read.mode.as_deref(), Some("sip"));
        assert_eq!(read.status.as_deref(), Some("connected"));
        assert_eq!(last(&forwarded, false), None);
        assert_eq!(
            last(&json!({"artifact": {"transfers": [7]}}), false),
            Some(Transfer::default())
        );
    }
}
