//! Contacts: what is refused of one, what columns of a table feed, what a search finds.
#![allow(clippy::unwrap_used)]

use calls::contact::{Column, Contact, guess, words};
use serde_json::json;

fn contact(value: serde_json::Value) -> Contact {
    serde_json::from_value(value).unwrap()
}

#[test]
fn all_that_is_wrong_is_said_with_its_place() {
    let wrong = contact(json!({
        "phone": "+14155550100", "email": "ada", "first_name": "a".repeat(1_001),
        "columns": { "Lead": 1, "email": "x", "tags": [1], "fine": null, "ok_2": true }
    }));
    let problems = wrong.problems();
    let paths: Vec<&str> = problems
        .iter()
        .map(|problem| problem.path.as_str())
        .collect();
    assert_eq!(
        paths,
        [
            "/first_name",
            "/email",
            "/columns/Lead",
            "/columns/email",
            "/columns/tags"
        ]
    );
}

#[test]
fn what_a_search_looks_at_fits_into_an_index() {
    let long = "Ⱥ".repeat(1_000);
    let text = contact(json!({
        "phone": "+14155550100", "first_name": long, "last_name": long, "company": long, "email": format!("{long}@a.io"),
    }))
    .search_text();
    // The entry of PostgreSQL's index has 2,704 bytes, other columns included.
    assert!(text.len() < 2_600, "{}", text.len());
    assert!(text.ends_with(" +14155550100"), "{text}");
}

#[test]
fn headings_are_recognised_whatever_they_look_like() {
    let own = |name: &str| Column::Own(name.into());
    for (heading, column) in [
        ("Phone Number", Column::Phone),
        ("MOBILE", Column::Phone),
        ("First Name", Column::FirstName),
        ("last_name", Column::LastName),
        ("Full name", Column::FullName),
        ("E-Mail", Column::Email),
        ("Firma", Column::Company),
        ("Do not call?", Column::DoNotCall),
        ("Lead source (2024)", own("lead_source_2024")),
        ("Größe", own("groesse")),
        ("2nd visit", own("c_2nd_visit")),
        ("???", Column::Ignored),
        ("id", Column::Ignored),
    ] {
        assert_eq!(guess(heading, &[heading]), column, "{heading}");
    }
    let all = ["phone", "first_name", "mobile", "contact", "Tel"];
    let guessed = all.map(|heading| guess(heading, &all));
    let [mobile, contact] = ["mobile", "contact"].map(own);
    let expected = [
        Column::Phone,
        Column::FirstName,
        mobile,
        contact,
        Column::Phone,
    ];
    assert_eq!(guessed, expected);
}

#[test]
fn a_cell_is_a_value_and_never_a_formula() {
    let mut read = Contact::default();
    for (column, cell) in [
        (Column::Phone, "=\"+14155550100\""),
        (Column::FullName, " Ada King Lovelace "),
        (Column::DoNotCall, "Yes"),
        (Column::Own("note".into()), "=HYPERLINK(\"http://x\")"),
        (Column::Email, "  "),
    ] {
        column.write(cell, &mut read).unwrap();
    }
    assert_eq!(
        read,
        contact(json!({
            "phone": "+14155550100", "first_name": "Ada King", "last_name": "Lovelace", "do_not_call": true,
            "columns": { "note": "=HYPERLINK(\"http://x\")" }
        }))
    );
    assert!(Column::DoNotCall.write("perhaps", &mut read).is_err());
}

#[test]
fn a_call_sees_every_column_beside_the_fields() {
    let ada = contact(
        json!({ "phone": "+14155550100", "first_name": "Ada", "columns": { "plan": "gold", "seats": 3 } }),
    );
    assert_eq!(
        serde_json::Value::Object(ada.shown("cont_1")),
        json!({ "plan": "gold", "seats": 3, "first_name": "Ada", "phone": "+14155550100", "do_not_call": false, "id": "cont_1" })
    );
}

#[test]
fn a_search_takes_names_and_numbers_as_people_write_them() {
    assert_eq!(words("Ada LOVE"), ["ada", "love"]);
    assert_eq!(words("+1 (415) 555-01"), ["+141555501"]);
    assert_eq!(words("  -- "), [] as [String; 0]);
    let ada =
        contact(json!({ "phone": "+14155550100", "first_name": "Ada", "company": "Äther GmbH" }));
    assert_eq!(ada.search_text(), "ada äther gmbh +14155550100");
}

#[test]
fn what_a_table_leaves_out_stays() {
    let mut kept = contact(
        json!({ "phone": "+1", "first_name": "Ada", "do_not_call": true, "columns": { "a": "1", "b": "2" } }),
    );
    kept.merge(contact(
        json!({ "phone": "+1", "last_name": "L", "columns": { "b": "3" } }),
    ));
    assert_eq!(
        kept,
        contact(
            json!({ "phone": "+1", "first_name": "Ada", "last_name": "L", "do_not_call": true, "columns": { "a": "1", "b": "3" } })
        )
    );
}
