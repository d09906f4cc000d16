//! The JSON value in a model's text, where the model puts words, a code fence or its thoughts around it.

use serde_json::Value;

/// The value; `None`: there is none that can be read.
pub fn value(text: &str) -> Option<Value> {
    let text = text.rsplit_once("</think>").map_or(text, |(_, said)| said);
    let text = text.trim().trim_start_matches('\u{FEFF}');
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let inner = fenced(text).unwrap_or(text);
    if let Ok(value) = serde_json::from_str(inner.trim()) {
        return Some(value);
    }
    // The first object or list that can be read: at most a few places are tried.
    let starts = inner.match_indices(['{', '[']).take(8);
    starts
        .filter_map(|(at, _)| {
            serde_json::Deserializer::from_str(&inner[at..])
                .into_iter()
                .next()?
                .ok()
        })
        .next()
}

/// What stands between the first fence and the next.
fn fenced(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("```")?;
    let (_, rest) = rest.split_once('\n')?;
    Some(rest.split_once("```").map_or(rest, |(inner, _)| inner))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn the_value_is_found_whatever_stands_around_it() {
        for text in [
            "{\"a\": 1}",
            "  {\"a\":1}\n",
            "```json\n{\"a\": 1}\n```",
            "Here you are:\n```\n{\"a\": 1}\n```\nAnything else?",
            "Sure! {\"a\": 1} is it.",
            "<think>maybe {\"a\": 2}</think>{\"a\": 1}",
            "\u{FEFF}{\"a\":1}",
            "A set {x} of: {\"a\":1}",
        ] {
            assert_eq!(value(text), Some(json!({ "a": 1 })), "{text}");
        }
        assert_eq!(value("[1, 2]"), Some(json!([1, 2])));
        assert_eq!(value("true"), Some(json!(true)));
        for text in [
            "",
            "I cannot do that.",
            "{\"a\": 1",
            "{a: 1}",
            "```json\n```",
        ] {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_not_followed() {
        assert_eq!(value(&"[".repeat(1_000_000)), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,200}", json in "[\\[\\]{}\":,0-9a-z`<>/ \\n]{0,200}") {
            value(&text);
            value(&json);
        }
    }
}
