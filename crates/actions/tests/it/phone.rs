//! `phone.lookup`: what is told about a number, and that nobody is asked.

use crate::world::{Workspace, closed, completed, failure, step};
use actions::Actions;
use serde_json::{Value, json};

async fn looked(with: Value) -> Value {
    let outcome = closed()
        .perform(&step("phone.lookup", with), &Workspace::default())
        .await;
    assert!(outcome.exchange.is_none());
    outcome.result.unwrap().body
}

#[tokio::test]
async fn a_number_tells_its_country_kind_place_and_zones() {
    for (with, told) in [
        (
            json!({ "number": "+1 (415) 555-2671" }),
            json!({ "valid": true, "e164": "+14155552671", "national": "(415) 555-2671", "international": "+1 415-555-2671",
                "country": "US", "type": "mobile_or_landline", "region": "California", "zones": ["America/Los_Angeles"] }),
        ),
        (
            json!({ "number": "030 901820", "country": "de" }),
            json!({ "valid": true, "e164": "+4930901820", "national": "030 901820", "international": "+49 30 901820",
                "country": "DE", "type": "landline", "region": "Berlin", "zones": ["Europe/Berlin"] }),
        ),
        (
            json!({ "number": 33912345678u64, "country": "FR" }),
            json!({ "valid": true, "e164": "+33912345678", "national": "09 12 34 56 78", "international": "+33 9 12 34 56 78",
                "country": "FR", "type": "voip", "region": null, "zones": ["Europe/Paris"] }),
        ),
    ] {
        assert_eq!(looked(with).await, told);
    }
}

#[tokio::test]
async fn what_no_plan_knows_is_not_valid_and_no_failure() {
    for number in [
        json!("anonymous"),
        json!("030 901820"),
        json!("+12"),
        json!(null),
        json!([1]),
        json!("1".repeat(5_000)),
    ] {
        let told = looked(json!({ "number": number })).await;
        assert_eq!(
            (&told["valid"], &told["type"], &told["zones"]),
            (&json!(false), &json!("unknown"), &json!([]))
        );
    }
}

#[tokio::test]
async fn a_country_that_is_none_is_said() {
    let with = json!({ "number": "1", "country": "Germany" });
    let refused = closed()
        .perform(&step("phone.lookup", with.clone()), &Workspace::default())
        .await;
    assert!(
        failure(refused)
            .message
            .contains("is not a region such as `DE`")
    );
    assert_eq!(completed(&closed(), "phone.lookup", with).1, ["/country"]);
}
