//! What is hidden of a call, and what is refused.

#![allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
use super::*;
use serde_json::json;

fn confidential(fields: &[&str]) -> Confidential {
    let fields: Vec<String> = fields.iter().map(|field| (*field).to_owned()).collect();
    Confidential::read(&fields, "/fields").unwrap()
}

fn call() -> Map<String, Value> {
    let call = json!({
        "provider_call_id": "c-1", "from": "+15550100", "to": "+15550101",
        "contact": {"id": "cont_1", "first_name": "Ada", "email": "ada@example.com", "plan": 7},
        "transcript": [{"role": "customer", "text": "My number is 123-45-6789.", "start_s": 1}],
        "recording": {"url": "https://x.example/r", "channels": 2},
        "analysis": {
            "summary": "Gave a number.",
            "structured": {"ssn": "123-45-6789", "age": 42, "where": {"city": "Paris"}},
            "answers": {"Did they book?": "yes, on Monday"},
            "evidence": {"ssn": {"quote": "is 123-45-6789", "turn": 0}, "Did they book?": {"quote": "Monday"}},
        },
        "variables": {"ssn": "123456789", "lead": "fair"},
        "transfer": {"to": "+15550102", "status": "connected"},
        "tools": {"pay": {"card": "4111111111111111"}},
    });
    call.as_object().unwrap().clone()
}

#[test]
fn a_variable_is_hidden_where_it_was_given_found_and_said() {
    let mut call = call();
    confidential(&["variables.ssn"]).hide(&mut call);
    assert_eq!(call["variables"], json!({"ssn": MASK, "lead": "fair"}));
    let analysis = &call["analysis"];
    assert_eq!(analysis["structured"]["ssn"], MASK);
    assert_eq!(analysis["structured"]["age"], 42);
    assert_eq!(
        analysis["evidence"]["ssn"],
        json!({"quote": MASK, "turn": 0})
    );
    assert_eq!(analysis["evidence"]["Did they book?"]["quote"], "Monday");
}

#[test]
fn whole_fields_are_hidden_and_their_shape_stays() {
    let mut call = call();
    let fields = [&WHOLE[..], &PARTED[..]].concat();
    let hidden = confidential(&fields);
    hidden.hide(&mut call);
    let text = Value::Object(call.clone()).to_string();
    for value in [
        "5550",
        "Ada",
        "Paris",
        "6789",
        "Monday",
        "4111",
        "x.example",
        "Gave",
    ] {
        assert!(!text.contains(value), "{value}: {text}");
    }
    assert_eq!(
        call["transcript"][0],
        json!({"role": "customer", "text": MASK, "start_s": 1})
    );
    assert_eq!(call["contact"]["id"], "cont_1");
    assert_eq!(call["transfer"]["status"], "connected");
    let snapshot: crate::Snapshot = serde_json::from_value(Value::Object(call)).unwrap();
    assert_eq!(snapshot.provider_call_id, "c-1");
}

#[test]
fn the_number_of_a_contact_is_hidden_on_the_customers_side() {
    for (direction, from, to) in [
        (json!("inbound"), MASK, "+15550101"),
        (json!("outbound"), "+15550100", MASK),
        (Value::Null, MASK, MASK),
    ] {
        let mut call = call();
        call.insert("direction".into(), direction);
        confidential(&["contact.phone"]).hide(&mut call);
        assert_eq!((&call["from"], &call["to"]), (&json!(from), &json!(to)));
    }
    for (hidden, phone) in [("from", MASK), ("to", "+15550100")] {
        let mut call = call();
        call.insert("direction".into(), json!("inbound"));
        call["contact"]["phone"] = json!("+15550100");
        confidential(&[hidden]).hide(&mut call);
        assert_eq!(call["contact"]["phone"], phone);
    }
}

#[test]
fn the_values_are_those_that_are_hidden() {
    let values = confidential(&["variables", "to", "contact.email"]).values(&mut call());
    let expected = [
        "+15550101",
        "ada@example.com",
        "123456789",
        "fair",
        "123-45-6789",
        "42",
        "Paris",
        "is 123-45-6789",
    ];
    assert_eq!(values, expected);
}

#[test]
fn a_contact_has_its_columns_apart() {
    let contact = json!({"id": "cont_1", "phone": "+15550100", "email": "ada@example.com",
        "do_not_call": true, "columns": {"plan": 7, "list": "spring"}});
    let mut contact = contact.as_object().unwrap().clone();
    confidential(&["contact.phone", "contact.plan"]).hide_contact(&mut contact);
    assert_eq!(contact["phone"], MASK);
    assert_eq!(contact["email"], "ada@example.com");
    assert_eq!(contact["columns"], json!({"plan": MASK, "list": "spring"}));
    confidential(&["contact"]).hide_contact(&mut contact);
    assert_eq!(contact["columns"]["list"], MASK);
    assert_eq!(contact["do_not_call"], true);
}

#[test]
fn unknown_fields_are_refused_with_their_place() {
    let fields = ["from", "ssn", "contact.", "from.x"].map(String::from);
    let problems = Confidential::read(&fields, "/fields").unwrap_err();
    let paths: Vec<&str> = problems
        .iter()
        .map(|problem| problem.path.as_str())
        .collect();
    assert_eq!(paths, ["/fields/1", "/fields/2", "/fields/3"]);
    assert!(
        problems[0].message.contains("`ssn`") && problems[0].message.contains("`contact.name`")
    );
    let many = vec!["from".to_owned(); MOST_FIELDS + 1];
    assert_eq!(
        Confidential::read(&many, "/fields").unwrap_err()[0].path,
        "/fields"
    );
}
