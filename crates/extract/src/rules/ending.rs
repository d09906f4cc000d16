//! How a call ended, by what customers say then, and the little that a summary by rules can be.

use crate::about::About;
use crate::quote::{holds, plain};

/// What is said, in the order in which it counts: who never wants a call again is not called later.
const SAYINGS: [(&str, &[&str]); 6] = [
    (
        "DNC",
        &[
            "do not call",
            "dont call me",
            "dont call again",
            "stop calling",
            "never call",
            "take me off",
            "remove me from",
            "remove my number",
        ],
    ),
    (
        "Wrong number",
        &[
            "wrong number",
            "wrong person",
            "nobody here by that name",
            "no one here by that name",
        ],
    ),
    (
        "Voicemail",
        &[
            "leave a message",
            "leave your message",
            "after the tone",
            "after the beep",
            "cannot take your call",
            "cant take your call",
        ],
    ),
    (
        "Not interested",
        &[
            "not interested",
            "no interest",
            "no thanks",
            "no thank you",
            "dont need it",
            "dont want it",
        ],
    ),
    (
        "Call later",
        &[
            "call me back",
            "call me later",
            "call back later",
            "call later",
            "call again",
            "call me tomorrow",
            "bad time",
            "im busy",
            "im driving",
        ],
    ),
    (
        "Interested",
        &[
            "im interested",
            "i am interested",
            "were interested",
            "sounds good",
            "sign me up",
            "lets do it",
            "tell me more",
        ],
    ),
];

/// The disposition, and the turn that says it.
pub(super) fn disposition(said: &[(usize, &str)]) -> Option<(&'static str, usize)> {
    let plain: Vec<(usize, String)> = said
        .iter()
        .map(|(turn, text)| (*turn, plain(text)))
        .collect();
    SAYINGS.iter().find_map(|(name, sayings)| {
        let says = |text: &str| sayings.iter().any(|saying| holds(text, saying));
        let turn = plain.iter().rev().find(|(_, text)| says(text))?.0;
        Some((*name, turn))
    })
}

const LONGEST: usize = 240;

/// How the customer began, and how the call ended.
pub(super) fn summary(about: &About) -> Option<String> {
    let show = |turn: usize| {
        let turn = about.turns.get(turn)?;
        let who = if turn.role == "agent" {
            "Agent"
        } else {
            "Customer"
        };
        let text: String = turn.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let short: String = text.chars().take(LONGEST).collect();
        let more = if short.len() < text.len() { "…" } else { "" };
        Some(format!("{who}: {short}{more}"))
    };
    let words = |turn: &usize| {
        about.is_said(*turn) && about.plain.get(*turn).is_some_and(|text| !text.is_empty())
    };
    let customer = about.of("customer").map(|(turn, _)| turn).find(&words);
    let first = customer.or_else(|| (0..about.turns.len()).find(&words))?;
    let last = (0..about.turns.len()).rev().find(&words)?;
    let mut summary = show(first)?;
    if last > first {
        summary.push('\n');
        summary.push_str(&show(last)?);
    }
    Some(summary)
}
