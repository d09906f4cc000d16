//! What calls find of their contact.

use super::Office;
use api::Scope;
use serde_json::{Value, json};

#[tokio::test]
async fn a_call_finds_its_contact_by_the_customers_number() {
    let office = Office::open().await;
    let event = |id: &str, call: Value| {
        let mut call = call;
        call["provider_call_id"] = id.into();
        json!({ "kind": "call.started", "call": call })
    };
    let contact_of = async |id: &str, call: Value| {
        let ingest = office.world.key(office.world.ours, Scope::Ingest).await;
        let sent = office
            .world
            .call(&ingest, "POST", "/v1/events", event(id, call))
            .await
            .expect(202);
        let call = sent["events"][0]["call_id"].as_str().unwrap().to_owned();
        let shown = office
            .call("GET", &format!("/v1/calls/{call}"), Value::Null)
            .await
            .expect(200);
        shown["snapshot"]["contact"].clone()
    };
    let inbound =
        json!({ "direction": "inbound", "from": "+1 415-555-2671", "to": "+14155550000" });
    assert_eq!(contact_of("before", inbound.clone()).await, Value::Null);
    let made = office
        .make(
            json!({ "phone": "+14155552671", "first_name": "Ada", "columns": { "plan": "gold" } }),
        )
        .await;
    let found = contact_of("found", inbound.clone()).await;
    let wanted = json!({ "plan": "gold", "first_name": "Ada", "phone": "+14155552671", "do_not_call": false, "id": made["id"] });
    assert_eq!(found, wanted);
    let outbound = json!({ "direction": "outbound", "from": "+14155552671", "to": "+14155550000" });
    assert_eq!(contact_of("theirs", outbound).await, Value::Null);
    // A platform that repeats the number as the contact's brings no contact.
    let mut bare = inbound.clone();
    bare["contact"] = json!({ "phone": "+14155552671" });
    assert_eq!(contact_of("bare", bare).await, wanted);
    let alone = json!({ "contact": { "phone": "+1 415 555 2671" } });
    assert_eq!(contact_of("alone", alone).await, wanted);
    // Who brings a contact knows better what it says, and hides nothing that it does not.
    let mut told = inbound.clone();
    told["contact"] = json!({ "full_name": "Ada King", "email": "", "seat": "3a" });
    let merged = contact_of("told", told).await;
    let said = [&merged["full_name"], &merged["seat"], &merged["email"]];
    assert_eq!(said, ["Ada King", "3a", ""]);
    assert_eq!(
        (&merged["plan"], &merged["id"]),
        (&json!("gold"), &made["id"])
    );
}

/// What a call says of its contact once an event has told of it.
async fn contact_of(office: &Office, kind: &str, call: Value) -> Value {
    let ingest = office.world.key(office.world.ours, Scope::Ingest).await;
    let event = json!({ "kind": kind, "call": call });
    let sent = office.world.call(&ingest, "POST", "/v1/events", event);
    let sent = sent.await.expect(202);
    let call = sent["events"][0]["call_id"].as_str().unwrap();
    let path = format!("/v1/calls/{call}");
    let shown = office.call("GET", &path, Value::Null).await.expect(200);
    shown["snapshot"]["contact"].clone()
}

#[tokio::test]
async fn what_is_told_of_another_person_with_the_number_is_filled_with_nothing_kept() {
    let office = Office::open().await;
    let ada = json!({ "phone": "+14155552671", "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com",
        "columns": { "plan": "gold" } });
    let made = office.make(ada).await;
    let elsewhere = office.make(json!({ "phone": "+14155552672" })).await;
    let told = async |told: Value| {
        let call = json!({ "provider_call_id": told.to_string(), "direction": "inbound", "from": "+14155552671", "contact": told });
        contact_of(&office, "call.started", call).await
    };
    for same in [
        json!({ "id": made["id"], "first_name": "Augusta" }),
        json!({ "email": "ADA@example.com", "name": "A. King" }),
        json!({ "name": "ada" }),
        json!({ "first_name": "Ada", "last_name": "Lovelace", "id": "crm-1" }),
    ] {
        let filled = told(same.clone()).await;
        assert_eq!(filled["plan"], "gold", "{same}");
        assert_eq!(filled["last_name"], "Lovelace", "{same}");
    }
    for another in [
        json!({ "id": elsewhere["id"], "first_name": "Ada" }),
        json!({ "email": "ben@example.com", "first_name": "Ada" }),
        json!({ "first_name": "Ben", "last_name": "Lovelace" }),
    ] {
        assert_eq!(told(another.clone()).await, another);
    }
}

#[tokio::test]
async fn a_later_message_that_tells_of_another_person_takes_back_what_was_filled_in() {
    let office = Office::open().await;
    let ada = json!({ "phone": "+14155552671", "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com",
        "columns": { "plan": "gold" } });
    let made = office.make(ada).await;
    let told = async |id: &str, kind: &str, contact: Value| {
        let call = json!({ "provider_call_id": id, "direction": "inbound", "from": "+14155552671", "contact": contact });
        contact_of(&office, kind, call).await
    };
    let none = || json!({});
    assert_eq!(told("c-1", "call.started", none()).await["id"], made["id"]);
    let ben = json!({ "first_name": "Ben", "last_name": "Lovelace" });
    let mut wanted = ben.clone();
    wanted["phone"] = "+14155552671".into();
    assert_eq!(told("c-1", "call.answered", ben).await, wanted);
    assert_eq!(told("c-1", "call.ended", none()).await, wanted);

    let augusta = || json!({ "first_name": "Augusta", "seat": "3a" });
    let mut known = augusta();
    known["id"] = made["id"].clone();
    for (kind, contact) in [
        ("call.started", known),
        ("call.answered", augusta()),
        ("call.ended", json!({ "full_name": "Ada Lovelace" })),
    ] {
        let filled = told("c-2", kind, contact).await;
        assert_eq!(
            (&filled["id"], &filled["plan"]),
            (&made["id"], &json!("gold")),
            "{kind}"
        );
    }
}
