//! Kinds are data: what holds for all of them.

use super::*;
use serde_json::json;
use std::collections::BTreeSet;

fn wrong(kind: &str, fields: Value, sealed: &[&str]) -> Vec<String> {
    let sealed: Vec<String> = sealed.iter().map(|name| (*name).into()).collect();
    let problems = check_connection(kind, fields.as_object().unwrap(), &sealed);
    problems
        .into_iter()
        .map(|p| format!("{}: {}", p.path, p.message))
        .collect()
}

#[test]
fn every_kind_and_field_is_named_once_and_explained() {
    let names: BTreeSet<_> = connection_kinds().iter().map(|kind| kind.name).collect();
    assert_eq!(names.len(), ALL.len());
    for kind in connection_kinds() {
        let fields: BTreeSet<_> = kind.fields.iter().map(|field| field.name).collect();
        assert_eq!(fields.len(), kind.fields.len(), "{}", kind.name);
        for field in kind.fields {
            assert!(
                !field.label.is_empty() && !field.help.is_empty(),
                "{}.{}",
                kind.name,
                field.name
            );
            if let (Some(default), ConnectionInput::Choice(choices)) = (field.default, field.input)
            {
                assert!(choices.iter().any(|(choice, _)| *choice == default));
            }
        }
        let has_secret = kind.fields.iter();
        let has_secret = has_secret
            .into_iter()
            .any(|f| f.input == ConnectionInput::Secret);
        // A file of ours needs none.
        assert!(has_secret || kind.name == "sqlite", "{}", kind.name);
    }
}

#[test]
fn all_that_is_wrong_with_a_connection_is_said_at_once() {
    let problems = wrong(
        "smtp",
        json!({ "port": 70_000, "security": "ssl", "user": "a\nb", "from": " ", "pasword": "x" }),
        &[],
    );
    assert_eq!(problems.len(), 6, "{problems:#?}");
    assert!(problems[0].starts_with("/pasword: "), "{problems:?}");
    assert!(
        problems.contains(&"/host: is needed".to_owned()),
        "{problems:?}"
    );
}

#[test]
fn a_secret_that_is_kept_need_not_be_given_again() {
    assert_eq!(wrong("bearer", json!({}), &[]), ["/token: is needed"]);
    assert_eq!(wrong("bearer", json!({}), &["token"]), [""; 0]);
}

#[test]
fn an_address_or_a_number_that_cannot_send_is_refused_on_save() {
    let smtp = json!({ "host": "mail.example.com", "from": "not an address" });
    assert!(wrong("smtp", smtp, &[])[0].starts_with("/from: "));
    let url = json!({ "host": "https://mail.example.com/", "from": "a@b.example" });
    assert!(wrong("smtp", url, &[])[0].starts_with("/host: "));
    let sid = "AC0123456789abcdef0123456789abcdef";
    let twilio = json!({ "account_sid": sid, "auth_token": "t", "from": "12" });
    assert!(wrong("twilio", twilio, &[])[0].starts_with("/from: "));
}
