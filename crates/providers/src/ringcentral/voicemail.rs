//! A message in the mailbox. It names no call, so it stands alone.

use crate::message::Message;
use crate::{field, number};
use calls::call::Recording;
use calls::{Kind, Observation, Snapshot};
use serde_json::Value;

pub fn told(message: &Message<'_>, body: &Value) -> Option<Observation> {
    let text = |pointers: &[&str]| field::text(body, pointers);
    let id = text(&["/id"])?;
    let from = text(&["/from/phoneNumber", "/from/extensionNumber"]);
    let from = from.as_deref().map(number::shown);
    let mut call = Snapshot {
        provider_call_id: format!("voicemail-{id}"),
        direction: text(&["/direction"]).map(|way| way.to_lowercase()),
        from: from.clone(),
        to: text(&["/to/0/phoneNumber", "/to/0/extensionNumber"])
            .as_deref()
            .map(number::shown),
        answered_by: Some("voicemail".into()),
        recording: Some(Recording {
            url: text(&["/attachments/0/uri"]),
            duration_s: field::number(body, &["/attachments/0/vmDuration"]),
            format: text(&["/attachments/0/contentType"]).map(|kind| kind.replace("audio/x-", "")),
            ..Recording::default()
        }),
        ..Snapshot::default()
    };
    for (name, value) in [("phone", from), ("name", text(&["/from/name"]))] {
        if let Some(value) = value {
            call.contact.insert(name.into(), value.into());
        }
    }
    let claims = vec![Kind::VoicemailDetected, Kind::RecordingReady];
    Some(Observation {
        made_up: true,
        ..message.observe("", claims, call)
    })
}
