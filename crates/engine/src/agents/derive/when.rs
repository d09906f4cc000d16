//! For which calls an action is, as one condition of the language.

use calls::agent::{Action, Answer, Compare};
use serde_json::Value;

/// How a call ends that was completed.
const COMPLETED: [&str; 4] = [
    "completed",
    "ended",
    "ended_by_customer",
    "ended_by_assistant",
];

pub(super) fn condition(action: &Action) -> Option<String> {
    let when = &action.when;
    let mut parts = Vec::new();
    if action.is_for_completed() {
        parts.push(format!(
            "status in [{}] and connected != false",
            list(&COMPLETED)
        ));
    }
    if !when.dispositions.is_empty() {
        let wanted: Vec<String> = when
            .dispositions
            .iter()
            .map(|word| word.to_lowercase())
            .collect();
        parts.push(format!("(disposition | lower) in [{}]", list(&wanted)));
    }
    if !when.statuses.is_empty() {
        parts.push(format!("status in [{}]", list(&when.statuses)));
    }
    if let Some(connected) = when.connected {
        parts.push(format!("connected == {connected}"));
    }
    if let Some(least) = when.min_duration_s {
        parts.push(format!("duration >= {least}"));
    }
    parts.extend(when.answers.iter().map(answer));
    if let Some(condition) = &when.condition {
        parts.push(format!("({condition})"));
    }
    (!parts.is_empty()).then(|| parts.join(" and "))
}

fn answer(answer: &Answer) -> String {
    let path = format!("answers[{}]", text(&answer.question));
    let value = match &answer.value {
        Value::String(said) => text(said),
        other => other.to_string(),
    };
    match answer.is {
        Compare::Equal => format!("{path} == {value}"),
        Compare::NotEqual => format!("{path} != {value}"),
        Compare::Contains => format!("{path} contains {value}"),
        Compare::AtLeast => format!("{path} >= {value}"),
        Compare::AtMost => format!("{path} <= {value}"),
        Compare::Given => format!("{path} exists"),
    }
}

fn list<T: AsRef<str>>(words: &[T]) -> String {
    let words: Vec<String> = words.iter().map(|word| text(word.as_ref())).collect();
    words.join(", ")
}

/// A text of the language.
pub(super) fn text(text: &str) -> String {
    let mut quoted = String::from("'");
    for c in text.chars() {
        match c {
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => {}
            '\\' | '\'' => quoted.extend(['\\', c]),
            c => quoted.push(c),
        }
    }
    quoted.push('\'');
    quoted
}
