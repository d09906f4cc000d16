//! What people say about dates and times, and what is understood: the table in phrases.txt, line by line.
#![allow(clippy::unwrap_used)]

use kernel::lang::{Expr, Report};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const TABLE: &str = include_str!("phrases.txt");

fn scope(said: &str, base: &str) -> Map<String, Value> {
    let scope = json!({ "said": said, "timestamp": base });
    scope.as_object().unwrap().clone()
}

fn eval(source: &str, scope: &Map<String, Value>) -> (Result<Value, String>, Report) {
    let expr = Expr::parse(source, "", filters::ALL).unwrap();
    let mut report = Report::default();
    let value = expr
        .eval(scope, &mut report)
        .map(|value| value.into_owned());
    (value.map_err(|mistake| mistake.0), report)
}

#[test]
fn every_phrase_of_the_table_means_what_it_says() {
    let (mut base, mut count, mut wrong) = ("", 0, Vec::new());
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let Some((phrase, expected)) = line.split_once(" => ") else {
            base = line.strip_prefix("= ").unwrap();
            continue;
        };
        count += 1;
        let source = "said | parse_date | date('%Y-%m-%d %H:%M %a')";
        let (value, report) = eval(source, &scope(phrase, base));
        let value = value.unwrap();
        let found = value.as_str().unwrap_or("-");
        if found != expected {
            wrong.push(format!("{phrase}: {found}, not {expected}"));
        }
        let warned = report.missing == ["said | parse_date"];
        assert_eq!(warned, expected == "-", "{phrase}");
    }
    assert!(count >= 300, "{count} phrases");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_not_understood_is_null_and_a_warning_or_an_error_where_it_is_required() {
    let friday = "2026-11-20T17:30:00+01:00[Europe/Berlin]";
    let (value, report) = eval("said | parse_date", &scope("whenever", friday));
    assert_eq!(value, Ok(Value::Null));
    assert_eq!(report.missing, ["said | parse_date"]);
    let (value, report) = eval("said | parse_date | required", &scope("whenever", friday));
    assert!(value.unwrap_err().contains("missing or empty"));
    assert_eq!(report.missing, [""; 0]);
    let (value, report) = eval("said | parse_date", &scope("", friday));
    assert_eq!((value, report.missing), (Ok(Value::Null), Vec::new()));
}

#[test]
fn a_phrase_is_relative_to_the_call_and_read_in_the_zone_that_is_given() {
    let scope = json!({
        "said": "tomorrow at 9", "berlin": "2026-11-20T23:30:00Z", "now": "2027-01-01T00:00:00Z",
        "ended_at": "2026-11-20T23:30:00Z", "timestamp": "2026-11-25T00:00:00Z", "gone": null
    });
    let mut scope = scope.as_object().unwrap().clone();
    let mut facts = |table: &[(&str, &str)]| {
        for (source, expected) in table {
            let (value, report) = eval(source, &scope);
            assert_eq!(value, Ok(json!(expected)), "{source}");
            assert_eq!(report.missing, [""; 0], "{source}");
        }
        scope
            .shift_remove("ended_at")
            .or_else(|| scope.shift_remove("timestamp"))
    };
    facts(&[
        ("said | parse_date", "2026-11-21T09:00:00Z"),
        // It is the next day in Berlin already.
        (
            "said | parse_date('Europe/Berlin')",
            "2026-11-22T09:00:00+01:00[Europe/Berlin]",
        ),
        (
            "said | parse_date('UTC', '2026-03-01')",
            "2026-03-02T09:00:00Z",
        ),
        (
            "said | parse_date(gone, berlin | in_zone('Asia/Tokyo'))",
            "2026-11-22T09:00:00+09:00[Asia/Tokyo]",
        ),
        (
            "'2026-03-07 20:30' | parse_date('Europe/Paris') | to_iso",
            "2026-03-07T20:30:00+01:00",
        ),
        ("'2026-03-07' | parse_date", "2026-03-07T00:00:00Z"),
        (
            "'Sat, 07 Mar 2026 20:30:00 -0500' | parse_date",
            "2026-03-07T20:30:00-05:00",
        ),
        ("1700000000 | parse_date", "2023-11-14T22:13:20Z"),
        ("'1700000000000' | parse_date", "2023-11-14T22:13:20Z"),
    ]);
    facts(&[("said | parse_date", "2026-11-26T09:00:00Z")]);
    facts(&[("said | parse_date", "2027-01-02T09:00:00Z")]);
}

#[test]
fn without_a_moment_to_count_from_only_dates_are_understood() {
    let scope = Map::new();
    assert_eq!(eval("'tomorrow' | parse_date", &scope).0, Ok(Value::Null));
    let date = eval("'2026-03-07' | parse_date", &scope).0;
    assert_eq!(date, Ok(json!("2026-03-07T00:00:00Z")));
}

fn mutated() -> impl Strategy<Value = String> {
    let words: Vec<&str> = TABLE
        .lines()
        .flat_map(|line| line.split([' ', '=']))
        .collect();
    prop::collection::vec(prop::sample::select(words), 0..9).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("SWITCHHOOK_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000)
    ))]

    #[test]
    fn no_phrase_panics(said in prop_oneof![".{0,60}", mutated()], at in -200_000_000_000i64..200_000_000_000) {
        let mut scope = scope(&said, "");
        scope.insert("timestamp".into(), at.into());
        let (value, _) = eval("said | parse_date('America/New_York')", &scope);
        prop_assert!(matches!(value, Ok(Value::Null | Value::String(_)) | Err(_)), "{value:?}");
    }
}
