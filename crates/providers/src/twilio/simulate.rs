//! A rehearsal call in Twilio's dialect, as forms. Twilio tells the way of a call, and nothing of what is said on it.

use crate::form;
use crate::rehearsal::{self, Ending, Played};
use kernel::Timestamp;

pub fn messages(played: &Played<'_>) -> Vec<String> {
    let (story, url) = (played.story, played.recording());
    let seconds = story.seconds();
    let mut messages = vec![status(played, "initiated", "0", played.rang_at, &[])];
    if played.is_connected() {
        messages.push(status(played, "in-progress", "1", played.answered_at, &[]));
        if story.ending == Ending::Voicemail {
            messages.push(form::written(&[
                ("CallSid", played.id),
                ("AnsweredBy", "machine_start"),
            ]));
        }
        messages.push(form::written(&[
            ("CallSid", played.id),
            ("RecordingSid", &format!("RE-{}", played.id)),
            ("RecordingStatus", "completed"),
            ("RecordingUrl", &url),
            ("RecordingDuration", &seconds),
        ]));
    }
    let length = [("CallDuration", seconds.as_str())];
    let word = story.ending.call_status();
    messages.push(status(played, word, "2", played.ended_at, &length));
    messages
}

fn status(
    played: &Played<'_>,
    word: &str,
    sequence: &str,
    at: Timestamp,
    more: &[(&str, &str)],
) -> String {
    let at = at.to_string();
    let fields = [
        ("CallSid", played.id),
        ("CallStatus", word),
        ("CallbackSource", "call-progress-events"),
        ("SequenceNumber", sequence),
        ("Timestamp", &at),
        ("Direction", "outbound-api"),
        ("From", rehearsal::OURS),
        ("To", rehearsal::THEIRS),
    ];
    form::written(&[&fields[..], more].concat())
}
