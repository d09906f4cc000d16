//! A rehearsal call in Plivo's forms. Plivo tells the way of a call, and nothing of what is said on it.

use crate::form;
use crate::rehearsal::{self, Ending, Played};
use kernel::Timestamp;

pub fn messages(played: &Played<'_>) -> Vec<String> {
    let story = played.story;
    let (rang, answered) = (utc(played.rang_at), utc(played.answered_at));
    let began = ("SessionStart", rang.as_str());
    let mut messages = vec![message(played, "Ring", "ringing", &[began])];
    if played.is_connected() {
        let answer = ("AnswerTime", answered.as_str());
        messages.push(message(played, "StartApp", "in-progress", &[began, answer]));
        if story.ending == Ending::Voicemail {
            let machine = ("Machine", "true");
            messages.push(message(
                played,
                "MachineDetection",
                "in-progress",
                &[machine],
            ));
        }
    }
    let (ended, seconds) = (utc(played.ended_at), story.seconds());
    let mut over = vec![began, ("EndTime", &ended), ("Duration", &seconds)];
    if played.is_connected() {
        over.push(("AnswerTime", &answered));
    }
    match story.ending {
        Ending::CustomerHangup => over.push(("HangupSource", "Callee")),
        Ending::AgentHangup | Ending::Voicemail => over.push(("HangupSource", "Caller")),
        Ending::NoAnswer | Ending::Busy | Ending::Failed => {}
    }
    messages.push(message(played, "Hangup", story.ending.call_status(), &over));
    messages
}

/// Numbers have no plus, times no zone.
fn message(played: &Played<'_>, event: &str, status: &str, more: &[(&str, &str)]) -> String {
    let fields = [
        ("Event", event),
        ("CallUUID", played.id),
        ("Direction", "outbound"),
        ("From", rehearsal::OURS.trim_start_matches('+')),
        ("To", rehearsal::THEIRS.trim_start_matches('+')),
        ("CallStatus", status),
    ];
    form::written(&[&fields[..], more].concat())
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}
