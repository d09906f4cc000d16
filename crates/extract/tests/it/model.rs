//! Forms that models fill in, and what is taken from their answers.

use super::call::{SALE, about, only, said, wanted};
use extract::{Form, Source, Wanted};
use models::Schema;
use serde_json::{Value, json};

#[test]
fn the_form_is_one_that_vendors_enforce() {
    for wanted in [wanted(), Wanted::default()] {
        let about = about(&SALE);
        let form = Form::new(&wanted, &about, "");
        let schema = Schema::read(&form.schema()).unwrap();
        assert!(schema.strict().is_some(), "{}", form.schema());
    }
}

#[test]
fn a_whole_answer_becomes_typed_values() {
    let (wanted, about) = (wanted(), about(&SALE));
    let form = Form::new(&wanted, &about, "Sell.");
    let answer = json!({
        "variables": {
            "seats": said(25, "about twenty-five", 1),
            "budget": said("12000 USD", "we can spend 12,000 dollars", 3),
            "plan": said("Pro", "go for the PRO plan", 5),
            "email": said("ada.lovelace@example.com", "ada dot lovelace at example dot com", 7),
            "decides": said(true, "Yes, that's me", 9),
            "meeting_day": said("2026-11-21", "Tomorrow at 3 pm", 11),
            "meeting_time": said("15:00", "Tomorrow at 3 pm", 11),
            "callback": said("+14155552671", "415 555 2671", 11),
            "company": null
        },
        "answers": { "q1": said(true, "Yes, that's me", 9) },
        "status": said(true, "Booked.", 13),
        "disposition": said("Demo booked", "Booked", 13),
        "sentiment": "positive",
        "summary": " A demo was booked. "
    });
    assert!(
        Schema::read(&form.schema())
            .unwrap()
            .take(answer.clone())
            .is_ok()
    );
    let extracted = form.take(&[answer], false);
    assert_eq!(
        Value::Object(extracted.outcome.clone()),
        json!({
            "status": true, "summary": "A demo was booked.", "seats": 25, "budget": 12_000, "plan": "Pro",
            "email": "ada.lovelace@example.com", "decides": true, "meeting_day": "2026-11-21", "meeting_time": "15:00",
            "callback": "+14155552671", "company": null
        })
    );
    assert_eq!(
        extracted.answers["Is the customer the one who decides?"],
        true
    );
    assert_eq!(extracted.disposition.as_deref(), Some("Demo booked"));
    assert_eq!(extracted.sentiment.as_deref(), Some("positive"));
    assert_eq!(
        (extracted.by, extracted.missing.as_slice()),
        (Source::Model, &["company".to_owned()][..])
    );
    assert_eq!(
        extracted.evidence["budget"].currency.as_deref(),
        Some("USD")
    );
    assert_eq!(extracted.evidence["seats"].turn, Some(1));
    assert!(
        extracted
            .evidence
            .values()
            .all(|grounds| grounds.flag.is_none()),
        "{:?}",
        extracted.evidence
    );
    let kept = serde_json::to_string(&extracted).unwrap();
    assert_eq!(
        serde_json::from_str::<extract::Extracted>(&kept).unwrap(),
        extracted
    );
}

#[test]
fn a_value_without_its_words_in_the_call_is_null() {
    let text = json!({ "type": "text" });
    let call = [
        ("agent", "Hello there"),
        ("customer", "I know it's Ada's."),
        ("tool", "secret word"),
        ("system", "secret word"),
    ];
    for (quote, turn, taken) in [
        ("I know it’s   ADA'S", 1, true),
        ("i know its adas", 0, true),
        ("know it's", 99, true),
        ("no", 1, false),
        ("nothing of this kind", 1, false),
        ("secret word", 2, false),
        ("secret word", 3, false),
        ("", 1, false),
        ("…", 1, false),
    ] {
        let (value, grounds) = only(text.clone(), &call, said("x", quote, turn));
        assert_eq!(
            value,
            if taken { json!("x") } else { json!(null) },
            "{quote} {grounds}"
        );
        match taken {
            true => assert_eq!(grounds["turn"], 1),
            false => assert_eq!(grounds["flag"], "not_said"),
        }
    }
    for answer in [
        json!({ "value": "x" }),
        json!("x"),
        json!([]),
        json!({ "value": "x", "quote": 7, "turn": "one" }),
    ] {
        assert_eq!(only(text.clone(), &call, answer).0, json!(null));
    }
}

#[test]
fn words_that_say_another_value_make_it_null() {
    let call = [(
        "customer",
        "We have 12 seats, mail ada@example.com, call +1 415 555 2671, on 2026-12-05.",
    )];
    for (kind, value, quote, taken) in [
        ("number", json!(12), "12 seats", json!(12)),
        ("number", json!("12"), "12 seats", json!(12)),
        ("number", json!(1_000_000), "12 seats", json!(null)),
        ("money", json!("$12"), "12 seats", json!(12)),
        (
            "email",
            json!("eve@example.com"),
            "mail ada@example.com",
            json!(null),
        ),
        (
            "email",
            json!("ADA@example.com"),
            "mail ada@example.com",
            json!("ada@example.com"),
        ),
        (
            "phone",
            json!("+14155559999"),
            "call +1 415 555 2671",
            json!(null),
        ),
        (
            "phone",
            json!("415 555 2671"),
            "call +1 415 555 2671",
            json!("+14155552671"),
        ),
        (
            "date",
            json!("2027-01-01"),
            "on 2026-12-05",
            json!("2026-12-05"),
        ),
        ("boolean", json!("yes"), "We have", json!(true)),
    ] {
        let (found, grounds) = only(
            json!({ "type": kind }),
            &call,
            said(value.clone(), quote, 0),
        );
        assert_eq!(found, taken, "{kind} {value}: {grounds}");
        if found.is_null() {
            assert_eq!(grounds["flag"], "contradicted", "{kind} {value}");
        }
    }
}

#[test]
fn what_code_cannot_read_is_taken_and_flagged() {
    let call = [("customer", "Nächsten Dienstag um drei, für zwölf Leute.")];
    for (kind, value, quote, taken) in [
        ("number", json!(12), "für zwölf Leute", json!(12)),
        (
            "date",
            json!("2026-11-24"),
            "Nächsten Dienstag",
            json!("2026-11-24"),
        ),
        ("time", json!("15:00"), "um drei", json!("15:00")),
    ] {
        let (found, grounds) = only(json!({ "type": kind }), &call, said(value, quote, 0));
        assert_eq!(
            (found, &grounds["flag"]),
            (taken, &json!("unchecked")),
            "{kind}"
        );
    }
}

#[test]
fn what_is_no_value_of_the_type_is_null() {
    let call = [("customer", "Well, something.")];
    for (kind, value) in [
        (json!({ "type": "number" }), json!("many")),
        (json!({ "type": "number" }), json!(null)),
        (json!({ "type": "number" }), json!([1])),
        (json!({ "type": "boolean" }), json!("perhaps")),
        (json!({ "type": "date" }), json!("soon")),
        (json!({ "type": "date" }), json!("2026-02-30")),
        (json!({ "type": "time" }), json!("25:00")),
        (json!({ "type": "email" }), json!("ada")),
        (json!({ "type": "phone" }), json!("12")),
        (json!({ "type": "text" }), json!("  ")),
        (json!({ "type": "text" }), json!({ "a": 1 })),
        (
            json!({ "type": "choice", "choices": ["Pro", "Basic"] }),
            json!("Gold"),
        ),
        (json!({ "type": "list" }), json!([])),
        (
            json!({ "type": "list", "choices": ["red", "blue"] }),
            json!(["green"]),
        ),
    ] {
        let (found, grounds) = only(kind.clone(), &call, said(value.clone(), "something", 0));
        assert_eq!(
            (found, &grounds["flag"]),
            (json!(null), &json!("not_understood")),
            "{kind} {value}"
        );
    }
    let colours = json!({ "type": "list", "choices": ["Red", "Blue"] });
    let (found, _) = only(
        colours,
        &call,
        said(json!(["BLUE", "green", "blue"]), "something", 0),
    );
    assert_eq!(found, json!(["Blue"]));
}

#[test]
fn a_long_call_is_asked_about_in_stretches_and_the_last_word_counts() {
    let turns: Vec<(String, String)> = (0..10_000)
        .map(|n| {
            let who = if n % 2 == 0 { "agent" } else { "customer" };
            let text = format!("Turn {n}: {}", "some words about nothing at all ".repeat(2));
            (who.to_owned(), text)
        })
        .collect();
    let said_so: Vec<(&str, &str)> = turns
        .iter()
        .map(|(who, text)| (who.as_str(), text.as_str()))
        .collect();
    let about = about(&said_so);
    let wanted: Wanted =
        serde_json::from_value(json!({ "variables": [{ "name": "found", "type": "number" }] }))
            .unwrap();
    let form = Form::new(&wanted, &about, "");
    let (parts, shortened) = form.parts();
    assert!(
        (4..=6).contains(&parts.len()) && !shortened,
        "{}",
        parts.len()
    );
    let first = form.question(&parts[0], None);
    let second = form.question(&parts[1], Some("They talked."));
    assert!(first.len() < 210_000 && first.contains("\n0 agent: \"Turn 0:"));
    assert!(second.contains("\"They talked.\"") && !second.contains("\n0 agent"));
    let answer =
        |value: Value| json!({ "variables": { "found": value }, "summary": format!("of {value}") });
    let extracted = form.take(
        &[
            answer(said(3, "Turn 3", 3)),
            answer(said(9_001, "Turn 9001", 9_001)),
            answer(said(7, "never said", 7)),
            answer(json!(null)),
        ],
        false,
    );
    assert_eq!(
        (&extracted.outcome["found"], &extracted.outcome["summary"]),
        (&json!(9_001), &json!("of null"))
    );
    assert_eq!(extracted.evidence["found"].turn, Some(9_001));
}

#[test]
fn a_call_without_end_is_shortened_and_says_so() {
    let long = "word ".repeat(2_000);
    let said_so: Vec<_> = (0..1_000).map(|_| ("customer", long.as_str())).collect();
    let about = about(&said_so);
    let wanted = Wanted::default();
    let form = Form::new(&wanted, &about, "");
    let (parts, shortened) = form.parts();
    assert_eq!((parts.len(), shortened), (20, true));
    assert!(
        form.question(parts.last().unwrap(), Some("x"))
            .contains("\n999 customer")
    );
    assert!(form.take(&[], true).shortened);
}
