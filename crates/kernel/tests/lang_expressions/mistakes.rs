//! What is no expression, what goes beyond the bounds, and that no text is worse than a problem.

use super::*;
use kernel::lang::MAX_EXPRESSION;
use proptest::prelude::*;

#[test]
fn mistakes_in_writing_are_problems_that_say_what_to_do() {
    refused(&[
        ("name | lowr", "did you mean `lower`?"),
        ("name | phone('e164')", "there is no filter `phone`"),
        ("name | truncate", "takes 1 to 2 arguments, not 0"),
        ("name | truncate('x')", "`x` is not a number"),
        ("name | truncate(1.5)", "not a whole number"),
        (
            "at | in_zone('Mars/Base')",
            "`Mars/Base` is not a time zone",
        ),
        ("at | date('%Q%%%')", "is not a date format"),
        ("at | add_time('soon')", "is not a stretch of time"),
        ("name | hash('md5')", "neither `sha256` nor `sha512`"),
        ("name matches '('", "is not a pattern"),
        ("n = 5", "use `==`"),
        ("n && yes", "use `and`"),
        ("n || yes", "use `or`"),
        ("!yes", "use `not`"),
        ("1 == 1 == 1", "unexpected `==`"),
        ("(1", "`)` is missing"),
        ("'abc", "never closed"),
        ("", "a value is missing"),
        ("n |", "filter is missing"),
        ("a.", "a name is missing"),
        ("secrets.key == 'x'", "cannot read a secret"),
        ("constructor.constructor('alert(1)')()", "unexpected `(`"),
        ("''.__class__", "unexpected `.__class__`"),
    ]);
}

#[test]
fn bounds_hold_before_memory_is_taken() {
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(3000), close.repeat(3000));
    for source in [
        deep("(", ")"),
        deep("[", "]"),
        deep("not ", ""),
        deep("-", ""),
        format!("1{}", "+1".repeat(5000)),
        format!("n{}", "|text".repeat(2000)),
        format!("n{}", ".a".repeat(5000)),
    ] {
        let error = eval(&source).expect_err("too deep");
        assert!(error.contains("at most 64"), "{error}");
    }
    assert_eq!(eval(&vec!["yes"; 2000].join(" and ")), Ok(json!(true)));
    refused(&[(&"1".repeat(MAX_EXPRESSION + 1), "at most 16384 bytes")]);

    let mut scope = Map::new();
    scope.insert("x".into(), "a".repeat(1 << 20).into());
    scope.insert("p".into(), "a{1000}{1000}".into());
    for source in [
        "x | replace('a', 'bb')",
        "[x, x]",
        "[x] | json",
        "x | split('')",
        "x | replace('a', x)",
        "'a' matches p",
    ] {
        let expr = Expr::parse(source, "", Filters::default()).unwrap();
        let mistake = expr
            .eval(&scope, &mut Report::default())
            .map(|_| ())
            .unwrap_err();
        assert!(
            ["more than", "too much", "too large"]
                .iter()
                .any(|bound| mistake.0.contains(bound)),
            "{}",
            mistake.0
        );
    }
    scope.insert("long".into(), "word ".repeat(1 << 20).into());
    let expr = Expr::parse("long | truncate(5)", "", Filters::default()).unwrap();
    assert_eq!(
        *expr.eval(&scope, &mut Report::default()).unwrap(),
        json!("word…")
    );
    let expr = Expr::parse(
        "x matches '(a+)+$' and x matches '(a|a)*b' == false",
        "",
        Filters::default(),
    )
    .unwrap_err();
    assert!(expr.message.contains("unexpected `==`"));
    let expr = Expr::parse(
        "x matches '(a+)+$' and x not matches '(a|a)*b'",
        "",
        Filters::default(),
    )
    .unwrap();
    assert_eq!(expr.holds(&scope, &mut Report::default()), Ok(true));
}

fn fragments() -> impl Strategy<Value = String> {
    let words = [
        "n",
        "name",
        "list",
        "people",
        "gone",
        "outcome.priority",
        "at",
        "'x'",
        "\"",
        "'",
        "12",
        "1e9",
        "-",
        "+",
        "*",
        "/",
        "|",
        "(",
        ")",
        "[",
        "]",
        ",",
        "==",
        "<",
        "and",
        "or",
        "not",
        "in",
        "matches",
        "contains",
        "exists",
        "is_empty",
        "null",
        "true",
        "default",
        "join",
        "map('name')",
        "sort",
        "sum",
        "split('')",
        "replace('a', name)",
        "date('%F')",
        "in_zone",
        "truncate(3)",
        "number",
        "text",
        "json",
        "merge(outcome)",
        ".",
        "é",
        " ",
        "\\",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..24)
        .prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_text_parses_or_not_and_never_panics(source in prop_oneof![".{0,80}", fragments()]) {
        if let Ok(value) = eval(&source) {
            prop_assert!(value.to_string().len() <= 2 * kernel::lang::MAX_OUTPUT);
        }
    }
}
