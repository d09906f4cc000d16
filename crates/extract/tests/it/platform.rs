//! What a platform delivers is mapped to the agent's types, and kept where nobody described it.

use super::call::{SALE, about, wanted};
use calls::call::Analysis;
use extract::{Flag, Source, Wanted, by_rules, filled, left, mapped};
use serde_json::{Value, json};

#[test]
fn a_platforms_analysis_is_mapped_not_asked_again() {
    let analysis: Analysis = serde_json::from_value(json!({
        "summary": "Sold.", "success": true, "sentiment": "Positive",
        "structured": { "seats": "25", "budget": "$12,000", "plan": "pro", "email": "Ada@Example.com", "decides": "yes",
            "meeting_day": "2026-11-21", "meeting_time": "15:00:00", "callback": "(415) 555-2671", "company": "",
            "leadScore": 7, "nested": { "a": 1 } },
        "answers": { "Is the customer the one who decides?": "No", "Other?": "Yes" }
    }))
    .unwrap();
    let extracted = mapped(&wanted(), &analysis, &about(&[]));
    assert_eq!(
        Value::Object(extracted.outcome),
        json!({
            "status": true, "summary": "Sold.", "seats": 25, "budget": 12_000, "plan": "Pro", "email": "ada@example.com",
            "decides": true, "meeting_day": "2026-11-21", "meeting_time": "15:00", "callback": "+14155552671", "company": null,
            "leadScore": 7, "nested": { "a": 1 }
        })
    );
    assert_eq!(
        Value::Object(extracted.answers),
        json!({ "Is the customer the one who decides?": false, "Other?": "Yes" })
    );
    assert_eq!(
        (extracted.by, extracted.missing),
        (Source::Platform, vec!["company".to_owned()])
    );
    let odd: Analysis =
        serde_json::from_value(json!({ "structured": { "seats": "many", "status": "maybe" } }))
            .unwrap();
    let extracted = mapped(&wanted(), &odd, &about(&[]));
    assert_eq!(
        (&extracted.outcome["seats"], &extracted.outcome["status"]),
        (&json!(null), &json!(null))
    );
    let flags = serde_json::to_value(&extracted.evidence).unwrap();
    assert_eq!(
        flags,
        json!({
            "seats": { "quote": "many", "flag": "not_understood", "by": "platform" },
            "status": { "quote": "maybe", "flag": "not_understood", "by": "platform" }
        })
    );
}

#[test]
fn only_what_a_platform_has_left_out_is_read_and_its_values_stand() {
    let analysis: Analysis = serde_json::from_value(json!({
        "summary": "Sold.",
        "structured": { "lead_seats": "", "places": "30", "budget": "$12,000" }
    }))
    .unwrap();
    let mut wanted = wanted();
    wanted.variables[0].from = vec!["lead_seats".into(), "places".into()];
    let about = about(&SALE);
    let found = mapped(&wanted, &analysis, &about);
    let open = left(&wanted, &found).unwrap();
    let names: Vec<&str> = open.variables.iter().map(|v| v.name.as_str()).collect();
    assert!(!names.contains(&"seats") && !names.contains(&"budget"));
    assert!(names.contains(&"email") && names.contains(&"company"));
    let all = filled(&wanted, found, by_rules(&open, &about));
    assert_eq!(
        (&all.outcome["seats"], &all.outcome["places"]),
        (&json!(30), &json!("30"))
    );
    assert_eq!(all.outcome["email"], "ada.lovelace@example.com");
    assert_eq!(all.outcome["summary"], "Sold.");
    assert_eq!(all.evidence["seats"].by, Some(Source::Platform));
    assert!(all.evidence["email"].quote.is_some());
    assert_eq!(
        (all.by, all.missing),
        (Source::Rules, vec!["company".to_owned()])
    );

    let mut few = Wanted {
        variables: wanted.variables[..2].to_vec(),
        ..Wanted::default()
    };
    let found = mapped(&few, &analysis, &about);
    assert_eq!(left(&few, &found), None, "all of it is there");
    few.dispositions = wanted.dispositions;
    assert!(!few.dispositions.is_empty());
    let open = left(&few, &found).unwrap();
    assert_eq!(open.dispositions, few.dispositions, "all but how it ended");
}

#[test]
fn what_is_read_instead_of_a_value_that_was_not_understood_keeps_its_quote() {
    let odd = json!({ "structured": { "seats": "many", "status": "maybe" } });
    let odd: Analysis = serde_json::from_value(odd).unwrap();
    let (wanted, about) = (wanted(), about(&SALE));
    let found = mapped(&wanted, &odd, &about);
    let open = left(&wanted, &found).unwrap();
    let all = filled(&wanted, found, by_rules(&open, &about));
    assert_eq!(all.outcome["seats"], 25);
    let seats = &all.evidence["seats"];
    assert!(
        seats
            .quote
            .as_ref()
            .is_some_and(|words| words.contains("twenty-five"))
    );
    assert_eq!((seats.flag, seats.by), (None, None));
    assert_eq!(all.evidence["status"].flag, Some(Flag::NotUnderstood));
}
