//! Conditions: what compares with what, and how they combine.

use super::*;

#[test]
fn numbers_given_as_text_compare_as_numbers() {
    facts(&[
        ("'5' == 5", json!(true)),
        ("'5' > 4", json!(true)),
        ("five >= 10", json!(false)),
        ("'10' > '9'", json!(true)),
        ("outcome.budget >= 1000", json!(true)),
        ("phone == '15550100'", json!(false)),
        ("'007' == '7'", json!(false)),
        ("big == 9007199254740992", json!(false)),
        (
            "'12345678901234567890' == '12345678901234567891'",
            json!(false),
        ),
        ("'12e4' == '120000'", json!(false)),
        ("'1.50' == 1.5", json!(true)),
        ("'b' > 'a'", json!(true)),
        ("'b' > 5", json!(false)),
        ("'5' in [4, 5]", json!(true)),
    ]);
}

#[test]
fn nothing_compares_with_null_but_null() {
    facts(&[
        ("nothing == null", json!(true)),
        ("gone == null", json!(true)),
        ("gone == 0", json!(false)),
        ("gone < 1", json!(false)),
        ("gone >= 0", json!(false)),
        ("gone != 'x'", json!(true)),
        ("n != null", json!(true)),
        ("gone contains ''", json!(false)),
        ("gone matches '.*'", json!(false)),
        ("n in gone", json!(false)),
    ]);
}

#[test]
fn conditions_combine() {
    facts(&[
        (
            "outcome.interested == true and outcome.budget >= 1000",
            json!(true),
        ),
        ("outcome.priority == 'high' or n > 600", json!(true)),
        ("not yes or yes", json!(true)),
        ("not (yes or yes)", json!(false)),
        ("false and 1 / 0 > 1", json!(false)),
        (
            "'high' in outcome.priority and 'priority' in outcome",
            json!(true),
        ),
        ("n not in [1, 2]", json!(true)),
        (
            "name contains 'LOVE' and name not contains 'love'",
            json!(true),
        ),
        ("name starts_with 'ada' and name ends_with 'E'", json!(true)),
        ("phone matches '^\\+1\\d+$'", json!(true)),
        ("name matches five", json!(false)),
        (
            "empty is_empty and none is_empty and gone is_empty",
            json!(true),
        ),
        ("zero not is_empty", json!(true)),
        ("outcome.priority exists and not gone exists", json!(true)),
        ("name | lower == 'ada lovelace'", json!(true)),
        ("list | length > 3", json!(true)),
    ]);
    for (source, truth) in [
        ("''", false),
        ("0", false),
        ("[]", false),
        ("'false'", true),
        ("n", true),
        ("gone", false),
    ] {
        let holds = Expr::parse(source, "", Filters::default())
            .unwrap()
            .holds(&world(), &mut Report::default());
        assert_eq!(holds, Ok(truth), "{source}");
    }
}
