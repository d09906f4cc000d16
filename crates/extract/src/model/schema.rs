//! The form as a JSON Schema, of the part of JSON Schema that vendors enforce.

use crate::wanted::{Kind, STATUS, SUMMARY, Wanted};
use serde_json::{Map, Value, json};

pub(super) const SENTIMENTS: [&str; 3] = ["positive", "neutral", "negative"];

/// The name of a question in the form: its words may be anything.
pub(super) fn key(number: usize) -> String {
    format!("q{}", number + 1)
}

pub(super) fn of(wanted: &Wanted) -> Value {
    let mut fields = Map::new();
    let variables: Map<_, _> = wanted
        .own()
        .map(|variable| {
            let field = field(variable.kind, &variable.choices, &variable.description);
            (variable.name.clone(), field)
        })
        .collect();
    let answers: Map<_, _> = wanted
        .questions
        .iter()
        .enumerate()
        .map(|(number, question)| {
            (
                key(number),
                field(question.kind, &question.choices, &question.question),
            )
        })
        .collect();
    for (name, group) in [("variables", variables), ("answers", answers)] {
        if !group.is_empty() {
            fields.insert(name.into(), object(group));
        }
    }
    let status = wanted
        .words_for(STATUS)
        .unwrap_or("Whether the call reached its goal.");
    fields.insert(STATUS.into(), field(Kind::Boolean, &[], status));
    let dispositions: Vec<String> = wanted
        .dispositions()
        .into_iter()
        .map(str::to_owned)
        .collect();
    let how = "How the call ended for the customer.";
    fields.insert(
        "disposition".into(),
        field(Kind::Choice, &dispositions, how),
    );
    let sentiment = json!({ "type": ["string", "null"], "enum": [SENTIMENTS[0], SENTIMENTS[1], SENTIMENTS[2], null],
                            "description": "How the customer felt on the whole." });
    fields.insert("sentiment".into(), sentiment);
    let summary = wanted
        .words_for(SUMMARY)
        .unwrap_or("What the call was about.");
    fields.insert(
        SUMMARY.into(),
        json!({ "type": "string", "description": summary }),
    );
    object(fields)
}

fn object(fields: Map<String, Value>) -> Value {
    let names: Vec<&String> = fields.keys().collect();
    let names = json!(names);
    json!({ "type": "object", "properties": fields, "required": names, "additionalProperties": false })
}

/// A value with the words that say it, or null.
fn field(kind: Kind, choices: &[String], words: &str) -> Value {
    let text = |is: &str| json!({ "type": "string", "description": is });
    let value = match kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Number => json!({ "type": "number" }),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Date => text("YYYY-MM-DD"),
        Kind::Time => text("HH:MM"),
        Kind::Email => text("An e-mail address, as it is written."),
        Kind::Phone => text("A phone number with its country: +…"),
        Kind::Money => text("The amount in digits, with its currency where that was said."),
        Kind::Choice => json!({ "type": "string", "enum": choices }),
        Kind::List if choices.is_empty() => {
            json!({ "type": "array", "items": { "type": "string" } })
        }
        Kind::List => json!({ "type": "array", "items": { "type": "string", "enum": choices } }),
    };
    json!({
        "type": ["object", "null"], "description": words,
        "properties": { "value": value, "quote": { "type": "string" }, "turn": { "type": "integer" } },
        "required": ["value", "quote", "turn"], "additionalProperties": false
    })
}
