//! `GET /2010-04-01/Accounts/{sid}/Recordings.json`: each recording is the callback that told it is ready. The list has those of all
//! of the account's calls, so one is taken only of a call that is known here; deleted ones are left out.

use super::list::form_of;
use crate::listing::{Listed, State};
use crate::{Wrong, field, line, time};
use serde_json::Value;

pub const FIELD: &str = "recordings";
/// Where the list begins.
pub const FIRST: &str = "recordings";

/// A key may be restricted to calls.
pub fn are_wanted(api: &Value) -> bool {
    match line::given(api, FIELD) {
        "" => line::given(api, "key_sid").is_empty(),
        given => given == "yes",
    }
}

pub fn wrong(api: &Value) -> Option<Wrong> {
    let is_known = ["", "yes", "no"].contains(&line::given(api, FIELD));
    (!is_known).then(|| Wrong {
        field: FIELD,
        message: "is yes or no".into(),
    })
}

pub fn listed(recording: &Value) -> Option<Listed> {
    let text = |pointer| text(recording, pointer);
    let state = match text("/status")?.as_str() {
        "completed" => State::Ended(time::at(recording, &["/date_updated", "/date_created"])),
        "absent" | "deleted" => return None,
        _ => State::Live,
    };
    Some(Listed {
        id: text("/call_sid")?,
        part: Some(text("/sid")?),
        began: time::at(recording, &["/date_created"]),
        messages: match state {
            State::Ended(_) => vec![callback(recording)?],
            State::Live => Vec::new(),
        },
        state,
        in_part: false,
    })
}

fn callback(recording: &Value) -> Option<Vec<u8>> {
    let own = || {
        Some(format!(
            "https://api.twilio.com{}",
            text(recording, "/uri")?
        ))
    };
    let url = text(recording, "/media_url").or_else(own)?;
    let names = [
        ("AccountSid", "/account_sid"),
        ("CallSid", "/call_sid"),
        ("RecordingSid", "/sid"),
        ("RecordingStatus", "/status"),
        ("RecordingDuration", "/duration"),
        ("RecordingChannels", "/channels"),
        ("RecordingSource", "/source"),
        ("RecordingTrack", "/track"),
        ("RecordingStartTime", "/start_time"),
        ("Timestamp", "/date_updated"),
    ];
    let url = url.strip_suffix(".json").unwrap_or(&url);
    Some(form_of(recording, &names, &[("RecordingUrl", url)]))
}

fn text(recording: &Value, pointer: &str) -> Option<String> {
    field::text(recording, &[pointer])
}
