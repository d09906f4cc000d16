//! What rules find without a model, and what they leave alone.

use super::call::{SALE, about, wanted};
use extract::{Extracted, Source, Wanted, by_rules};
use serde_json::{Value, json};

fn found(variables: Value, said: &[(&str, &str)]) -> Extracted {
    let wanted: Wanted = serde_json::from_value(json!({ "variables": variables })).unwrap();
    assert_eq!(wanted.check(), []);
    by_rules(&wanted, &about(said))
}

#[test]
fn a_plain_call_is_understood() {
    let extracted = by_rules(&wanted(), &about(&SALE));
    assert_eq!(
        Value::Object(extracted.outcome.clone()),
        json!({
            "status": null,
            "summary": "Customer: Uh, about twenty-five I think.\nCustomer: No, thanks. I'm interested, tell me more then.",
            "seats": 25, "budget": 12_000, "plan": "Pro", "email": "ada.lovelace@example.com", "decides": true,
            "meeting_day": "2026-11-21", "meeting_time": "15:00", "callback": "+14155552671", "company": null
        })
    );
    assert_eq!(
        extracted.answers["Is the customer the one who decides?"],
        true
    );
    assert_eq!(
        (extracted.by, extracted.missing.as_slice()),
        (Source::Rules, &["company".to_owned()][..])
    );
    assert_eq!(extracted.evidence["plan"].turn, Some(5));
    assert_eq!(
        extracted.evidence["budget"].currency.as_deref(),
        Some("USD")
    );
    assert_eq!(extracted.sentiment, None);
}

#[test]
fn an_answer_is_taken_for_the_question_that_names_the_variable() {
    let call = [
        ("agent", "How many people will come?"),
        ("customer", "Eight."),
        ("agent", "And how many nights will you stay?"),
        ("customer", "Three or four."),
        ("agent", "What is your company called?"),
        ("customer", "Analytical Engines"),
        ("agent", "Do you have a pet?"),
        ("customer", "Well, no."),
    ];
    let variables = json!([
        { "name": "guests", "type": "number", "description": "people who come" },
        { "name": "nights", "type": "number", "description": "how many nights they stay" },
        { "name": "company", "type": "text", "description": "" },
        { "name": "has_pet", "type": "boolean" },
        { "name": "smoker", "type": "boolean", "description": "whether they smoke" }
    ]);
    let outcome = found(variables, &call).outcome;
    assert_eq!(outcome["guests"], 8);
    // Two numbers are none.
    assert_eq!(outcome["nights"], Value::Null);
    assert_eq!(outcome["company"], "Analytical Engines");
    assert_eq!(
        (&outcome["has_pet"], &outcome["smoker"]),
        (&json!(false), &json!(null))
    );
}

#[test]
fn where_two_are_meant_as_well_nothing_is_taken() {
    let date = json!([{ "name": "day", "type": "date" }]);
    assert_eq!(
        found(date.clone(), &[("customer", "Tomorrow. No, Monday. Hm.")]).outcome["day"],
        Value::Null
    );
    assert_eq!(
        found(
            date,
            &[
                ("customer", "I was there today"),
                ("customer", "see you tomorrow")
            ]
        )
        .outcome["day"],
        Value::Null
    );
    let plan = json!([{ "name": "plan", "type": "choice", "choices": ["Pro", "Pro Plus"] }]);
    assert_eq!(
        found(plan.clone(), &[("customer", "pro plus it is")]).outcome["plan"],
        "Pro Plus"
    );
    assert_eq!(
        found(plan, &[("customer", "pro"), ("customer", "or pro plus")]).outcome["plan"],
        Value::Null
    );
    let mail = json!([{ "name": "mail", "type": "email" }]);
    let corrected = [
        ("customer", "ada@exmaple.com"),
        ("customer", "sorry, ada@example.com"),
    ];
    assert_eq!(found(mail, &corrected).outcome["mail"], "ada@example.com");
    let tags = json!([{ "name": "tags", "type": "list", "choices": ["red", "blue", "green"] }]);
    let colours = [
        ("customer", "Red and blue, not green"),
        ("customer", "Blue mostly"),
    ];
    assert_eq!(
        found(tags, &colours).outcome["tags"],
        json!(["red", "blue"])
    );
}

#[test]
fn dispositions_follow_what_is_said() {
    for (said, disposition) in [
        ("I'm not interested, thanks.", Some("Not interested")),
        (
            "Can you call me back later? I'm driving.",
            Some("Call later"),
        ),
        ("Don't call me again! Call later my foot.", Some("DNC")),
        ("You have the wrong number.", Some("Wrong number")),
        ("Please leave a message after the tone.", Some("Voicemail")),
        ("Yes, I'm interested.", Some("Interested")),
        ("The weather is nice.", None),
    ] {
        assert_eq!(
            found(json!([]), &[("customer", said)])
                .disposition
                .as_deref(),
            disposition,
            "{said}"
        );
    }
    assert_eq!(
        found(json!([]), &[("agent", "You are not interested?")]).disposition,
        None
    );
}

#[test]
fn a_call_in_which_nobody_spoke_says_nothing() {
    for call in [vec![], vec![("tool", "{}")], vec![("customer", " … ")]] {
        let extracted = found(
            json!([{ "name": "name_of", "type": "text", "required": true }]),
            &call,
        );
        assert_eq!(
            Value::Object(extracted.outcome),
            json!({ "status": null, "summary": null, "name_of": null })
        );
        assert_eq!((extracted.missing.len(), extracted.evidence.len()), (1, 0));
    }
}

#[test]
fn ten_thousand_turns_take_no_time_to_speak_of() {
    let turns: Vec<_> = SALE.iter().copied().cycle().take(10_000).collect();
    let (wanted, about) = (wanted(), about(&turns));
    let started = std::time::Instant::now();
    assert_eq!(by_rules(&wanted, &about).outcome["seats"], 25);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn a_date_that_nobody_asked_for_is_not_looked_for_without_end() {
    let rambling = ["we could meet in the week of the month of"; 30].join(" ");
    let mut said = vec![("customer", rambling.as_str()); 100];
    said.push(("customer", "Tomorrow."));
    let date = json!([{ "name": "day", "type": "date" }]);
    assert_eq!(found(date.clone(), &said).outcome["day"], Value::Null);
    assert_ne!(found(date.clone(), &said[50..]).outcome["day"], Value::Null);
    // One that was asked for is, however long the call.
    said.extend([("agent", "On which day?"), ("customer", "Tomorrow.")]);
    assert_ne!(found(date, &said).outcome["day"], Value::Null);
}
