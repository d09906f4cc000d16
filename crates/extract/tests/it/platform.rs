//! What a platform delivers is mapped to the agent's types, and kept where nobody described it.

use super::call::{about, wanted};
use calls::call::Analysis;
use extract::{Source, mapped};
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
        json!({ "seats": { "flag": "not_understood" }, "status": { "flag": "not_understood" } })
    );
}
