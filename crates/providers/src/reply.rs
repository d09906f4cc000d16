//! Answers to a platform, and what they have in common: a neutral excuse where no flow answered, and variables apart from the platform's
//! own words. Text that is put into XML is escaped, so that a caller's words stay words.

use serde_json::{Map, Value, json};

/// Said to a caller whom no flow takes.
pub const NO_ASSISTANT: &str = "Sorry, this call cannot be taken right now.";
pub const NO_RESULT: &str = "no result is available right now";

#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    pub status: u16,
    pub content_type: &'static str,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

impl Reply {
    pub fn json(value: &Value) -> Self {
        Self {
            status: 200,
            content_type: "application/json",
            headers: Vec::new(),
            body: value.to_string(),
        }
    }

    /// For a message that asks nothing.
    pub fn empty() -> Self {
        Self::json(&json!({}))
    }

    /// `inside` is put into `<Response>` as it is.
    pub fn xml(inside: &str) -> Self {
        let body = match inside {
            "" => "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>".into(),
            _ => format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>{inside}</Response>"),
        };
        Self::document(body)
    }

    pub fn document(body: String) -> Self {
        Self {
            status: 200,
            content_type: "text/xml; charset=utf-8",
            headers: Vec::new(),
            body,
        }
    }

    /// What a flow answered to a platform that speaks XML: a document of its own, a text to say, or nothing.
    pub fn spoken(given: Option<Value>, verb: &str) -> Self {
        let text = match given {
            Some(Value::String(text)) if is_document(&text) => return Self::document(text),
            Some(Value::String(text)) if !text.trim().is_empty() => text,
            _ => NO_ASSISTANT.into(),
        };
        Self::xml(&format!("<{verb}>{}</{verb}>", escaped(&text)))
    }
}

fn is_document(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with("<?xml") || text.starts_with("<Response")
}

/// XML 1.0 has no way to write control characters, so they become blanks.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push(' '),
            sign if sign.is_control() => escaped.push(' '),
            sign => escaped.push(sign),
        }
    }
    escaped
}

/// A flow's answer apart: the platform's own words, and the variables beside them or instead of them.
pub fn apart(given: Option<Value>, own_words: &[&str]) -> (Map<String, Value>, Map<String, Value>) {
    let Some(Value::Object(mut answer)) = given else {
        return Default::default();
    };
    let has_own_words = own_words.iter().any(|word| answer.contains_key(*word));
    let variables = match answer.shift_remove("variables") {
        Some(Value::Object(variables)) => variables,
        _ if has_own_words => Map::new(),
        _ => std::mem::take(&mut answer),
    };
    answer.retain(|word, _| own_words.contains(&word.as_str()));
    (answer, variables)
}

/// Puts variables into the object under `name`, over those that are there.
pub fn merge(answer: &mut Map<String, Value>, name: &str, variables: Map<String, Value>) {
    match answer.entry(name).or_insert_with(|| json!({})) {
        Value::Object(known) => known.extend(variables),
        other => *other = variables.into(),
    }
}

/// A tool's result in free form: an object is sent as it is, anything else as `result`.
pub fn result(given: Option<Value>) -> Reply {
    Reply::json(&match given {
        Some(value @ Value::Object(_)) => value,
        Some(value) => json!({ "result": value }),
        None => json!({ "error": NO_RESULT }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_never_become_markup() {
        let said = Reply::spoken(Some("</Say><Dial>1</Dial>\u{1b}&".into()), "Say");
        assert!(said.body.ends_with(
            "<Response><Say>&lt;/Say&gt;&lt;Dial&gt;1&lt;/Dial&gt; &amp;</Say></Response>"
        ));
        let own = Reply::spoken(Some("<Response><Hangup/></Response>".into()), "Say");
        assert_eq!(own.body, "<Response><Hangup/></Response>");
        for nothing in [None, Some(json!("")), Some(json!(7))] {
            assert!(Reply::spoken(nothing, "Say").body.contains(NO_ASSISTANT));
        }
        assert!(Reply::xml("").body.ends_with("<Response/>"));
    }

    #[test]
    fn variables_stand_beside_own_words_or_alone() {
        let own = ["agent"];
        let read = |given| {
            let (answer, variables) = apart(Some(given), &own);
            (Value::Object(answer), Value::Object(variables))
        };
        assert_eq!(read(json!({ "a": 1 })), (json!({}), json!({ "a": 1 })));
        let both = json!({ "agent": "x", "variables": { "a": 1 }, "odd": 2 });
        assert_eq!(read(both), (json!({ "agent": "x" }), json!({ "a": 1 })));
        assert_eq!(
            read(json!({ "agent": "x" })),
            (json!({ "agent": "x" }), json!({}))
        );
        assert_eq!(apart(Some(json!("text")), &own), Default::default());
    }
}
