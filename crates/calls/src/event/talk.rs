//! The transcript as people read it and as webhooks carry it.

use crate::Snapshot;
use crate::call::Turn;
use serde_json::{Map, Value};

/// `AI: …` and `Customer: …`, one line each; what tools and the system said is left out.
pub(crate) fn formatted(turns: &[Turn]) -> String {
    let mut text = String::with_capacity(turns.iter().map(|turn| turn.text.len() + 12).sum());
    for turn in turns {
        let Some(who) = speaker(&turn.role) else {
            continue;
        };
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(who);
        text.push_str(": ");
        text.push_str(&turn.text);
    }
    text
}

fn speaker(role: &str) -> Option<&'static str> {
    match role {
        "agent" => Some("AI"),
        "customer" => Some("Customer"),
        "system" | "tool" => None,
        _ => Some("Other"),
    }
}

/// Turns as `{text, type, sender, timestamp}`: `bot` or `human`, and unix seconds where the start of the talk is known.
pub(crate) fn turns(call: &Snapshot) -> Value {
    let start = call.answered_at.or(call.started_at);
    let start = start.map(|start| start.as_millisecond() as f64 / 1000.0);
    let turn = |turn: &Turn| {
        let sender = match speaker(&turn.role)? {
            "AI" => "bot",
            _ => "human",
        };
        let at = start.zip(turn.start_s);
        let at = at.map(|(start, after)| ((start + after) * 1000.0).round() / 1000.0);
        let mut said = Map::with_capacity(4);
        said.insert("text".into(), turn.text.as_str().into());
        said.insert("type".into(), "transcript".into());
        said.insert("sender".into(), sender.into());
        said.insert(
            "timestamp".into(),
            at.map_or(Value::Null, crate::number::value),
        );
        Some(Value::Object(said))
    };
    call.transcript.iter().filter_map(turn).collect()
}
