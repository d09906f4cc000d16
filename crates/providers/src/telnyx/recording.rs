//! A saved recording. Links that are not public open for ten minutes.

use crate::{field, time};
use calls::call::Recording;
use jiff::SignedDuration;
use kernel::Timestamp;
use serde_json::Value;

const OPENS_FOR: SignedDuration = SignedDuration::from_mins(10);

pub fn read(payload: &Value, at: Option<Timestamp>) -> Option<Recording> {
    let choices = [
        ("/public_recording_urls/mp3", "mp3", false),
        ("/public_recording_urls/wav", "wav", false),
        ("/recording_urls/mp3", "mp3", true),
        ("/recording_urls/wav", "wav", true),
    ];
    let (url, format, expires) = choices.into_iter().find_map(|(pointer, format, expires)| {
        Some((field::text(payload, &[pointer])?, format, expires))
    })?;
    let start = time::at(payload, &["/recording_started_at"]);
    let end = time::at(payload, &["/recording_ended_at"]);
    Some(Recording {
        link: None,
        url: Some(url),
        channels: match payload["channels"].as_str() {
            Some("single") => Some(1),
            Some("dual") => Some(2),
            _ => None,
        },
        format: Some(format.into()),
        duration_s: start
            .zip(end)
            .and_then(|(start, end)| time::seconds_between(start, end)),
        expires_at: at
            .filter(|_| expires)
            .and_then(|at| at.checked_add(OPENS_FOR).ok()),
    })
}
