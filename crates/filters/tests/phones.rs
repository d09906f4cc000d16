//! What is made of phone numbers as people and platforms write them.
#![allow(clippy::unwrap_used)]

use kernel::lang::{Expr, Report};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn eval(source: &str, number: &Value) -> (Value, Report) {
    let mut scope = Map::new();
    scope.insert("n".into(), number.clone());
    let expr = Expr::parse(source, "", filters::ALL).unwrap();
    let mut report = Report::default();
    let value = expr.eval(&scope, &mut report).unwrap().into_owned();
    (value, report)
}

#[test]
fn a_number_is_written_in_each_format() {
    for (number, filter, expected) in [
        ("+14155552671", "phone", "+14155552671"),
        ("+1 (415) 555-2671", "phone('e164')", "+14155552671"),
        ("+14155552671", "phone('international')", "+1 415-555-2671"),
        ("+14155552671", "phone('national')", "(415) 555-2671"),
        ("+14155552671", "phone('rfc3966')", "tel:+1-415-555-2671"),
        ("+14155552671", "phone('digits')", "14155552671"),
        ("tel:+49-30-901820", "phone", "+4930901820"),
        ("030 901820", "phone('e164', 'DE')", "+4930901820"),
        (
            "030 901820",
            "phone('international', 'de')",
            "+49 30 901820",
        ),
        ("0049 30 901820", "phone('e164', 'DE')", "+4930901820"),
        ("011 49 30 901820", "phone('e164', 'US')", "+4930901820"),
        ("+49 (0)30 901820", "phone", "+4930901820"),
        ("415-555-2671", "phone('e164', 'US')", "+14155552671"),
        (
            "+14155552671 ext. 89",
            "phone('international')",
            "+1 415-555-2671 ext. 89",
        ),
        ("+14155552671 ext. 89", "phone", "+14155552671"),
        (
            "+14155552671;ext=89",
            "phone('rfc3966')",
            "tel:+1-415-555-2671;ext=89",
        ),
        ("1-800-FLOWERS", "phone('e164', 'US')", "+18003569377"),
        ("+800 1234 5678", "phone", "+80012345678"),
        ("＋１４１５５５５２６７１", "phone", "+14155552671"),
        ("+390236618300", "phone('national')", "02 3661 8300"),
    ] {
        let (value, report) = eval(&format!("n | {filter}"), &json!(number));
        assert_eq!(value, json!(expected), "{number} | {filter}");
        assert_eq!(report.missing, [""; 0], "{number}");
    }
    assert_eq!(
        eval("n | phone('e164', 'US')", &json!(4_155_552_671_u64)).0,
        "+14155552671"
    );
}

#[test]
fn a_number_has_a_country_and_a_type() {
    for (number, country, kind) in [
        ("+14155552671", "US", "mobile_or_landline"),
        ("+16135550123", "CA", "mobile_or_landline"),
        ("+447400123456", "GB", "mobile"),
        // Guernsey, Jersey and the Isle of Man share +44.
        ("+447911123456", "GG", "mobile"),
        ("+442079460018", "GB", "landline"),
        ("+18005551234", "US", "toll_free"),
        ("+33912345678", "FR", "voip"),
        ("+33612345678", "FR", "mobile"),
        ("+4915112345678", "DE", "mobile"),
        ("+4930901820", "DE", "landline"),
        ("+499001234567", "DE", "premium"),
        ("+491801234567", "DE", "shared_cost"),
        ("+447012345678", "GB", "personal"),
        ("+919876543210", "IN", "mobile"),
        ("+5511961234567", "BR", "mobile"),
    ] {
        let found = [
            eval("n | phone_country", &json!(number)).0,
            eval("n | phone_type", &json!(number)).0,
        ];
        assert_eq!(found, [country, kind], "{number}");
    }
    assert_eq!(
        eval("n | phone_type('DE')", &json!("0151 12345678")).0,
        "mobile"
    );
    assert_eq!(
        eval("n | phone_country('DE')", &json!("0151 12345678")).0,
        "DE"
    );
    assert_eq!(
        eval("n | phone_country", &json!("+80012345678")).0,
        Value::Null
    );
}

/// Attack 50.
#[test]
fn what_is_no_number_is_null_and_a_warning_and_never_a_panic() {
    let long = "4".repeat(40);
    let longer = "+1".repeat(100_000);
    for number in [
        "anonymous",
        "Anonymous",
        "unknown",
        "private",
        "Restricted",
        "+00",
        "+0000000000",
        "00",
        "+",
        "++",
        "0",
        "12",
        "+12",
        "+1",
        "abc",
        "+1 415 abc",
        "sip:alice@example.com",
        "*31#",
        "#31#+14155552671x",
        "+999999999999",
        "+1415555267",
        "+141555526711",
        "4155552671",
        long.as_str(),
        longer.as_str(),
        "\0",
        "+\u{202e}14155552671",
        "ext. 5",
        ";ext=5",
        "tel:",
        "tel:;phone-context=",
        "⑨⑨⑨",
        "-1",
        "1e9",
        "+1415555267\u{FDD0}",
        "{{ secrets.key }}",
    ] {
        for filter in ["phone", "phone('national')", "phone_country"] {
            let (value, report) = eval(&format!("n | {filter}"), &json!(number));
            assert_eq!(value, Value::Null, "{number:?} | {filter}");
            let name = filter.split('(').next().unwrap();
            assert_eq!(report.missing, [format!("n | {name}")], "{number}");
        }
        assert_eq!(
            eval("n | phone_type", &json!(number)).0,
            "unknown",
            "{number}"
        );
    }
    for nothing in [json!(null), json!("")] {
        let (value, report) = eval("n | phone", &nothing);
        assert_eq!((value, report.missing), (Value::Null, Vec::new()));
    }
    assert_eq!(eval("n | phone_type", &json!(null)).0, Value::Null);
    for odd in [
        json!(true),
        json!([1]),
        json!({ "a": 1 }),
        json!(1.5),
        json!(-5),
    ] {
        assert_eq!(eval("n | phone", &odd).0, Value::Null, "{odd}");
    }
}

#[test]
fn a_format_or_region_that_is_none_is_refused_when_it_is_written() {
    for (source, reason) in [
        ("n | phone('E.164')", "none of `e164`, `international`"),
        ("n | phone('e164', 'Germany')", "not a region such as `DE`"),
        ("n | phone('e164', 'XX')", "not a region such as `DE`"),
        ("n | phone_type(49)", "not a region such as `DE`"),
        ("n | phone_contry", "did you mean `phone_country`?"),
    ] {
        let problem = Expr::parse(source, "", filters::ALL).unwrap_err();
        assert!(
            problem.message.contains(reason),
            "{source}: {}",
            problem.message
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("SWITCHHOOK_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000)
    ))]

    #[test]
    fn no_text_panics(
        number in prop_oneof![".{0,40}", "[+0-9()x;=,.a-z ~*#-]{0,40}", "\\+[0-9]{1,17}( ?(x|ext|;ext=)[0-9]{0,9})?"],
        region in prop::sample::select(vec!["US", "DE", "GB", "IT", "AR", "MX", "BR", "IN", "AU", "CI"]),
    ) {
        for filter in ["phone('international'", "phone('rfc3966'", "phone_country(", "phone_type("] {
            let comma = if filter.ends_with('(') { "" } else { ", " };
            let (value, _) = eval(&format!("n | {filter}{comma}'{region}')"), &json!(number));
            prop_assert!(value.is_null() || value.is_string());
        }
    }
}
