//! What assistant and caller said. Prompts, tool calls and their results are not speech and are left out.

use crate::{field, talk};
use calls::call::Turn;
use serde_json::Value;

const SPEAKERS: [(&str, &str); 5] = [
    ("AI", "agent"),
    ("Bot", "agent"),
    ("Assistant", "agent"),
    ("User", "customer"),
    ("Customer", "customer"),
];

/// The messages of the artifact, or where there are none its text, which has no times.
pub fn read(body: &Value) -> Vec<Turn> {
    let messages = field::list(
        body,
        &[
            "/artifact/messages",
            "/messages",
            "/call/artifact/messages",
            "/call/messages",
        ],
    );
    let turns: Vec<Turn> = messages.iter().filter_map(turn).collect();
    if !turns.is_empty() {
        return turns;
    }
    let text = field::text(
        body,
        &["/artifact/transcript", "/transcript", "/call/transcript"],
    );
    talk::lines(text.as_deref().unwrap_or_default(), &SPEAKERS)
}

fn turn(message: &Value) -> Option<Turn> {
    let role = match field::text(message, &["/role"])?.as_str() {
        "bot" | "assistant" => "agent",
        "user" | "customer" => "customer",
        _ => return None,
    };
    let number = |pointer: &str| field::number(message, &[pointer]);
    let start_s = number("/secondsFromStart");
    // `duration` is milliseconds in captured data and seconds in the description; the two times agree with each other.
    let length_s = number("/endTime")
        .zip(number("/time"))
        .map(|(end, start)| (end - start) / 1e3);
    let end_s = start_s
        .zip(length_s.filter(|length| *length >= 0.0))
        .map(|(start, length)| start + length);
    Some(Turn {
        role: role.into(),
        text: field::text(message, &["/message", "/content"])?,
        start_s,
        end_s: end_s.map(|end| (end * 1e3).round() / 1e3),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_text_stands_in_where_there_are_no_messages() {
        let body = json!({"artifact": {"messages": [], "transcript": "noise\nAI: Hi: there.\nmore\nUser: Yes\n"}});
        let turns = read(&body);
        let said: Vec<_> = turns
            .iter()
            .map(|turn| (turn.role.as_str(), turn.text.as_str()))
            .collect();
        assert_eq!(said, [("agent", "Hi: there.\nmore"), ("customer", "Yes")]);
    }

    #[test]
    fn only_speech_becomes_a_turn_and_its_end_follows_from_its_times() {
        let body = json!({"artifact": {"messages": [
            {"role": "system", "message": "prompt"},
            {"role": "bot", "message": "Hi", "time": 1000, "endTime": 2500, "secondsFromStart": 1.2},
            {"role": "tool_calls", "message": "x"},
            {"role": "user", "message": "  "},
            {"role": "user", "message": "Yes", "secondsFromStart": "3"},
            "nonsense", null
        ]}});
        let times: Vec<_> = read(&body)
            .iter()
            .map(|turn| (turn.start_s, turn.end_s))
            .collect();
        assert_eq!(times, [(Some(1.2), Some(2.7)), (Some(3.0), None)]);
    }
}
