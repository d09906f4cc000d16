//! Whatever is said and whatever a model answers: nothing panics, and every value is null or of its type.

use super::call::about;
use extract::{Extracted, Form, Kind, Wanted, by_rules, mapped};
use proptest::prelude::*;
use serde_json::{Value, json};

const KINDS: [&str; 10] = [
    "text", "number", "boolean", "date", "time", "email", "phone", "money", "choice", "list",
];

fn wanted() -> Wanted {
    let variable = |kind: &&str| {
        let choices = if matches!(*kind, "choice" | "list") {
            json!(["Red", "Blue"])
        } else {
            json!([])
        };
        json!({ "name": format!("the_{kind}"), "type": kind, "description": format!("the {kind} that is meant"), "choices": choices })
    };
    let questions: Vec<_> = KINDS[..8]
        .iter()
        .map(|kind| json!({ "question": format!("Which {kind}?"), "type": kind }))
        .collect();
    let variables: Vec<_> = KINDS.iter().map(variable).collect();
    serde_json::from_value(json!({ "variables": variables, "questions": questions })).unwrap()
}

fn fits(kind: Kind, choices: &[String], value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    match (kind, value) {
        (_, Value::Null) => true,
        (Kind::Text, Value::String(_)) => !text.trim().is_empty(),
        (Kind::Number | Kind::Money, Value::Number(_)) | (Kind::Boolean, Value::Bool(_)) => true,
        (Kind::Date, Value::String(_)) => {
            text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10
        }
        (Kind::Time, Value::String(_)) => {
            text.parse::<jiff::civil::Time>().is_ok() && text.len() == 5
        }
        (Kind::Email, Value::String(_)) => {
            text.split('@').count() == 2 && text == text.to_lowercase()
        }
        (Kind::Phone, Value::String(_)) => {
            text.starts_with('+') && text[1..].bytes().all(|b| b.is_ascii_digit())
        }
        (Kind::Choice, Value::String(_)) => choices.iter().any(|choice| choice == text),
        (Kind::List, Value::Array(items)) => {
            !items.is_empty()
                && items
                    .iter()
                    .all(|item| choices.iter().any(|choice| item == choice))
        }
        _ => false,
    }
}

fn check(wanted: &Wanted, extracted: &Extracted) -> Result<(), TestCaseError> {
    for variable in &wanted.variables {
        let value = &extracted.outcome[&variable.name];
        prop_assert!(
            fits(variable.kind, &variable.choices, value),
            "{variable:?} {value}"
        );
    }
    for question in &wanted.questions {
        let value = &extracted.answers[&question.question];
        prop_assert!(
            fits(question.kind, &question.choices, value),
            "{question:?} {value}"
        );
    }
    prop_assert!(fits(Kind::Boolean, &[], &extracted.outcome["status"]));
    let known = wanted.dispositions();
    prop_assert!(
        extracted
            .disposition
            .as_deref()
            .is_none_or(|name| known.contains(&name))
    );
    let kept = serde_json::to_value(extracted).unwrap();
    prop_assert_eq!(
        &serde_json::from_value::<Extracted>(kept).unwrap(),
        extracted
    );
    Ok(())
}

/// Words that mean something to some rule, and any others.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        3 => prop::sample::select(vec![
            "one", "five", "twenty", "hundred", "thousand", "million", "and", "point", "double", "triple", "plus", "oh", "a",
            "at", "dot", "ada", "example", "com", "@", "ada@example.com", "tomorrow", "next", "Tuesday", "3", "pm", "noon", "in",
            "two", "weeks", "$", "12,000", "1.5m", "2k", "€", "dollars", "red", "Blue", "not", "yes", "no", "which", "number?",
            "date?", "time?", "phone", "text", "415", "555", "2671", "+1", "ignore", "instructions", "…", "'", "O'Neill", "Größe",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => "[0-9.,:+-]{0,12}",
    ];
    prop::collection::vec(word, 0..14).prop_map(|words| words.join(" "))
}

fn call() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let role = prop::sample::select(vec!["agent", "customer", "tool", "third_party", ""]);
    prop::collection::vec((role, words()), 0..12)
}

fn answer() -> impl Strategy<Value = Value> {
    let value = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        words().prop_map(Value::from),
        prop::collection::vec(words(), 0..3).prop_map(Value::from),
        Just(json!({ "a": 1 })),
    ];
    (value, words(), any::<u8>())
        .prop_map(|(value, quote, turn)| json!({ "value": value, "quote": quote, "turn": turn }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_said_rules_give_values_of_their_types(call in call()) {
        let said: Vec<_> = call.iter().map(|(role, text)| (*role, text.as_str())).collect();
        let wanted = wanted();
        check(&wanted, &by_rules(&wanted, &about(&said)))?;
    }

    #[test]
    fn whatever_a_model_answers_only_values_of_their_types_come_out(
        call in call(), given in prop::collection::vec(answer(), 18), pick in any::<prop::sample::Index>(), whole in answer(),
    ) {
        let said: Vec<_> = call.iter().map(|(role, text)| (*role, text.as_str())).collect();
        let (wanted, about) = (wanted(), about(&said));
        let form = Form::new(&wanted, &about, "");
        let mut answers = given.into_iter();
        let mut variables = serde_json::Map::new();
        for kind in KINDS {
            let mut entry = answers.next().unwrap();
            // Often enough with words that were said.
            if let Some((_, text)) = said.get(pick.index(said.len().max(1))).filter(|_| !said.is_empty()) {
                entry["quote"] = (*text).into();
            }
            variables.insert(format!("the_{kind}"), entry);
        }
        let questions: serde_json::Map<_, _> = (1..=8).zip(answers).map(|(n, entry)| (format!("q{n}"), entry)).collect();
        let full = json!({ "variables": variables, "answers": questions, "status": whole, "disposition": whole,
                           "sentiment": whole["value"], "summary": whole["value"] });
        check(&wanted, &form.take(&[full, whole.clone()], false))?;
        check(&wanted, &form.take(&[whole], true))?;
        for part in form.parts().0 {
            form.question(&part, Some("x"));
        }
    }

    #[test]
    fn whatever_a_platform_delivers_described_variables_have_their_types(given in prop::collection::vec(answer(), 10)) {
        let wanted = wanted();
        let structured: serde_json::Map<_, _> =
            KINDS.iter().zip(given).map(|(kind, entry)| (format!("the_{kind}"), entry["value"].clone())).collect();
        let analysis = serde_json::from_value(json!({ "structured": structured })).unwrap();
        let mut extracted = mapped(&wanted, &analysis, &about(&[]));
        extracted.disposition = None;
        check(&wanted, &extracted)?;
    }
}
