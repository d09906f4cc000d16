//! What is kept of people, and how they are found.

use super::Office;
use api::Scope;
use axum::body::Body;
use http::Request;
use serde_json::{Value, json};

#[tokio::test]
async fn there_is_one_contact_for_each_number_however_it_is_written() {
    let office = Office::open().await;
    let ada = json!({ "phone": "+1 (415) 555-2671", "first_name": " Ada ", "email": "", "columns": { "plan": "gold" } });
    let made = office.make(ada.clone()).await;
    assert_eq!(made["phone"], "+14155552671");
    assert_eq!(made["first_name"], "Ada");
    assert_eq!(made["email"], Value::Null);
    let again = office.call("POST", "/v1/contacts", ada).await;
    again.refused(409, "already_exists");
    // The other workspace has a book of its own.
    let theirs = office.world.key(office.world.theirs, Scope::Write).await;
    let same = json!({ "phone": "+14155552671" });
    let made_there = office
        .world
        .call(&theirs, "POST", "/v1/contacts", same)
        .await;
    made_there.expect(201);
}

#[tokio::test]
async fn a_contact_is_changed_over_the_version_that_its_editor_saw() {
    let office = Office::open().await;
    let made = office
        .make(json!({ "phone": "+14155552671", "columns": { "a": "1", "b": "2" } }))
        .await;
    let path = format!("/v1/contacts/{}", made["id"].as_str().unwrap());
    let changed = json!({ "last_name": "Lovelace", "columns": { "a": null, "c": 3 } });
    let changed = office.call("PATCH", &path, changed).await.expect(200);
    assert_eq!(changed["columns"], json!({ "b": "2", "c": 3 }));
    assert_eq!(changed["version"], 2);
    let request = Request::put(&path)
        .header("authorization", format!("Bearer {}", office.key))
        .header("content-type", "application/json")
        .header("if-match", "\"1\"");
    let body = json!({ "phone": "+14155552671" }).to_string();
    let late = office
        .world
        .send(request.body(Body::from(body)).unwrap())
        .await;
    late.refused(412, "version_conflict");
    office.call("DELETE", &path, Value::Null).await.expect(204);
    office
        .call("GET", &path, Value::Null)
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn all_that_is_wrong_with_a_contact_is_said_at_once() {
    let office = Office::open().await;
    let wrong = json!({ "phone": "555-0100", "email": "ada@", "columns": { "Plan": "gold" } });
    let refused = office.call("POST", "/v1/contacts", wrong).await.expect(422);
    let errors = refused["errors"].as_array().unwrap().iter();
    let paths: Vec<&str> = errors.map(|e| e["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["/phone", "/email", "/columns/Plan"]);
    assert!(
        refused["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("has no country")
    );
    let odd = json!({ "phone": "+14155552671", "fist_name": "Ada" });
    office
        .call("POST", "/v1/contacts", odd)
        .await
        .refused(422, "invalid_request");
}

#[tokio::test]
async fn contacts_are_found_by_parts_of_names_addresses_and_numbers() {
    let office = Office::open().await;
    for (name, last, phone) in [
        ("Ada", "Lovelace", "+14155552671"),
        ("Charles", "Babbage", "+442079460018"),
        ("Ädam", "Love", "+4930901820"),
    ] {
        office.make(json!({ "phone": phone, "first_name": name, "last_name": last, "company": "Engines 100%" })).await;
    }
    assert_eq!(office.found("love").await, ["Ädam", "Ada"]);
    assert_eq!(office.found("ada LOVE").await, ["Ada"]);
    assert_eq!(office.found("ädam").await, ["Ädam"]);
    assert_eq!(office.found("+44 20").await, ["Charles"]);
    assert_eq!(office.found("(415) 555").await, ["Ada"]);
    assert_eq!(office.found("100%").await.len(), 3);
    assert_eq!(office.found("10_%").await.len(), 0);
    let page = office
        .call("GET", "/v1/contacts?limit=2", Value::Null)
        .await
        .expect(200);
    let next = page["next"].as_str().unwrap();
    let rest = office
        .call(
            "GET",
            &format!("/v1/contacts?limit=2&cursor={next}"),
            Value::Null,
        )
        .await
        .expect(200);
    assert_eq!(
        (rest["data"].as_array().unwrap().len(), &rest["next"]),
        (1, &Value::Null)
    );
}
