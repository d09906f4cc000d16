//! Facts about expressions, conditions and filters, as tables of source and result.

#![allow(clippy::unwrap_used)]

use kernel::lang::{Expr, Filters, MAX_EXPRESSION, Report};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn world() -> Map<String, Value> {
    let Value::Object(world) = json!({
        "n": 5, "big": 9_007_199_254_740_993_u64, "five": "5", "phone": "+15550100", "nothing": null, "zero": 0,
        "name": "ada LOVELACE", "empty": "", "yes": true, "list": [3, "1", 2, 2], "none": [],
        "outcome": { "interested": true, "priority": "high", "odd key": [ { "x": 1 } ], "2024": "y", "budget": "1200" },
        "people": [ { "name": "Bo", "age": 30, "ok": true }, { "name": "Al", "age": 4, "ok": false } ],
        "at": "2026-03-07T20:30:00-05:00", "text": "a <b> & 'c' = d", "now": 1_700_000_000
    }) else {
        unreachable!()
    };
    world
}

fn eval(source: &str) -> Result<Value, String> {
    let expr = Expr::parse(source, "", Filters::default()).map_err(|problem| problem.message)?;
    let value = expr
        .eval(&world(), &mut Report::default())
        .map_err(|mistake| mistake.0)?
        .into_owned();
    Ok(value)
}

#[track_caller]
fn facts(table: &[(&str, Value)]) {
    for (source, expected) in table {
        assert_eq!(eval(source).as_ref(), Ok(expected), "{source}");
    }
}

#[track_caller]
fn refused(table: &[(&str, &str)]) {
    for (source, reason) in table {
        let error = eval(source).expect_err(source);
        assert!(error.contains(reason), "{source}: {error}");
    }
}

#[test]
fn paths_lead_into_objects_and_lists() {
    facts(&[
        ("outcome.priority", json!("high")),
        ("outcome['odd key'][0].x", json!(1)),
        ("outcome['odd key'].0['x']", json!(1)),
        ("outcome.2024", json!("y")),
        ("list[1]", json!("1")),
        ("list[9]", json!(null)),
        ("name.x.y", json!(null)),
    ]);
}

#[test]
fn arithmetic_is_exact_where_it_can_be() {
    facts(&[
        ("7*7", json!(49)),
        ("1 + 2 * 3 - 4", json!(3)),
        ("(1 + 2) * 3", json!(9)),
        ("10 / 4", json!(2.5)),
        ("10 / 4 * 2", json!(5)),
        ("-n + -(-1)", json!(-4)),
        ("five + 1", json!(6)),
        ("big + 1", json!(9_007_199_254_740_994_u64)),
        ("gone + 1", json!(null)),
        ("n / 2 | round", json!(3)),
        ("five | number - 1", json!(4)),
        ("five | number * 2 + 1", json!(11)),
        ("1.5e1", json!(15.0)),
    ]);
    refused(&[
        ("1 / 0", "division by zero"),
        ("name * 2", "is not a number"),
        ("1e308 * 10", "not a finite number"),
        ("1e400", "is not a number"),
        ("2fa", "neither a number nor a name"),
    ]);
}

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
fn what_is_not_there_is_listed_once_as_written() {
    let source = "gone['a b'].x | default(other) != gone.y or gone.y or gone exists or list[7] or gone | required | lower";
    let expr = Expr::parse(source, "", Filters::default()).unwrap();
    let mut report = Report::default();
    let mistake = expr.eval(&world(), &mut report).unwrap_err();
    assert_eq!(report.missing, ["other", "gone.y", "list[7]"]);
    assert_eq!(mistake.0, "`gone | required`: it is missing or empty");
    assert_eq!(
        expr.paths()
            .iter()
            .map(|path| path.root.as_str())
            .collect::<Vec<_>>(),
        ["gone", "other", "gone", "gone", "list"]
    );
}

#[test]
fn a_default_fills_what_is_missing_null_or_empty_and_nothing_else() {
    facts(&[
        ("gone | default('x')", json!("x")),
        ("nothing | default('x')", json!("x")),
        ("empty | default('x')", json!("x")),
        ("zero | default('x')", json!(0)),
        ("gone.a | upper | default(n)", json!(5)),
        ("outcome | default('x') | length", json!(5)),
    ]);
    refused(&[
        ("gone.mail | required", "`gone.mail | required`"),
        ("empty | required", "missing or empty"),
    ]);
}

#[test]
fn text_filters() {
    facts(&[
        ("' a ' | trim", json!("a")),
        ("name | upper", json!("ADA LOVELACE")),
        ("name | title", json!("Ada Lovelace")),
        ("'Été à Nice! ' | slug", json!("été-à-nice")),
        ("'abcdef' | truncate(4)", json!("abc…")),
        ("'abcd' | truncate(4)", json!("abcd")),
        ("'abcdef' | truncate(4, '...')", json!("a...")),
        ("'abcdef' | truncate(2, '...')", json!("..")),
        ("'a-b-c' | replace('-', '+')", json!("a+b+c")),
        ("'a, b' | split(', ')", json!(["a", "b"])),
        ("'äb' | split('')", json!(["ä", "b"])),
        ("empty | split(',')", json!([])),
        ("'+15550100' | mask", json!("*****0100")),
        ("'123' | mask(4)", json!("***")),
        ("outcome['odd key'] | text", json!("[{\"x\":1}]")),
        ("outcome['odd key'] | json", json!("[{\"x\":1}]")),
        (r#"'it\'s "so"\n'"#, json!("it's \"so\"\n")),
    ]);
}

#[test]
fn list_and_object_filters() {
    facts(&[
        ("list | join", json!("3, 1, 2, 2")),
        ("list | join('')", json!("3122")),
        ("list | first", json!(3)),
        ("list | last", json!(2)),
        ("none | first", json!(null)),
        ("'äb' | length", json!(2)),
        ("gone | length", json!(0)),
        ("people | map('name')", json!(["Bo", "Al"])),
        ("people | map('a.b')", json!([null, null])),
        ("people | where('ok') | map('name')", json!(["Bo"])),
        ("people | where('age', '4') | map('name')", json!(["Al"])),
        ("list | sort", json!(["1", 2, 2, 3])),
        ("people | sort('age') | map('name') | first", json!("Al")),
        (
            "[null, 'b', 2, true, [1], 'a'] | sort",
            json!([null, true, 2, "a", "b", [1]]),
        ),
        ("list | unique", json!([3, "1", 2])),
        ("list | sum", json!(8)),
        ("people | sum('age')", json!(34)),
        ("list | max", json!(3)),
        ("list | min", json!("1")),
        ("none | max", json!(null)),
        ("people[0] | pick('age', 'gone')", json!({"age": 30})),
        ("people[0] | omit('age')", json!({"name": "Bo", "ok": true})),
        (
            "people[0] | pick('age') | merge(people[1])",
            json!({"age": 4, "name": "Al", "ok": false}),
        ),
        (
            "people[0] | pick('age') | entries",
            json!([{"key": "age", "value": 30}]),
        ),
    ]);
    refused(&[
        ("n | join", "`n | join`: `5` is not a list"),
        ("list | pick('a')", "is not an object"),
    ]);
}

#[test]
fn number_filters() {
    facts(&[
        ("' +007.50 ' | number", json!(7.5)),
        ("'-0012' | number", json!(-12)),
        ("'000' | number", json!(0)),
        ("empty | number", json!(null)),
        ("2.675 | round(1)", json!(2.7)),
        ("2.5 | round", json!(3)),
        ("-2.5 | round", json!(-3)),
        ("'Yes' | bool", json!(true)),
        ("zero | bool", json!(false)),
        ("gone | bool", json!(false)),
    ]);
    refused(&[
        ("'1,5' | number", "`1,5` is not a number"),
        ("'maybe' | bool", "neither yes nor no"),
    ]);
}

#[test]
fn time_filters_follow_zones_through_clock_changes() {
    facts(&[
        ("at | to_iso", json!("2026-03-07T20:30:00-05:00")),
        ("at | to_unix", json!(1_772_933_400)),
        ("now | to_iso", json!("2023-11-14T22:13:20Z")),
        ("now * 1000 | to_iso", json!("2023-11-14T22:13:20Z")),
        ("at | date('%d.%m.%Y %H:%M')", json!("07.03.2026 20:30")),
        (
            "at | in_zone('America/New_York')",
            json!("2026-03-07T20:30:00-05:00[America/New_York]"),
        ),
        (
            "at | in_zone('America/New_York') | add_time('1 day')",
            json!("2026-03-08T20:30:00-04:00[America/New_York]"),
        ),
        (
            "at | in_zone('America/New_York') | add_time('24h') | to_iso",
            json!("2026-03-08T21:30:00-04:00"),
        ),
        ("at | in_zone('UTC')", json!("2026-03-08T01:30:00Z")),
        (
            "at | add_time('-1h 30m')",
            json!("2026-03-07T19:00:00-05:00"),
        ),
        ("at | add_time(60) | date('%M')", json!("31")),
        ("at | add_time('PT10M') | date('%M')", json!("40")),
        ("'2026-03-07 20:30' | to_iso", json!("2026-03-07T20:30:00Z")),
        ("'2026-03-07' | to_iso", json!("2026-03-07T00:00:00Z")),
        (
            "'Sat, 07 Mar 2026 20:30:00 -0500' | to_iso",
            json!("2026-03-07T20:30:00-05:00"),
        ),
        ("gone | date('%Y')", json!(null)),
    ]);
    refused(&[
        ("'next Tuesday' | to_iso", "is not a date or time"),
        ("1e300 | to_iso", "is not a date or time"),
        ("at | add_time('9000 years')", "out of range"),
    ]);
}

#[test]
fn encodings_and_digests() {
    facts(&[
        (
            "'abc' | hash",
            json!("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ),
        (
            "'what do ya want for nothing?' | hmac('Jefe')",
            json!("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        ),
        ("'a?b>' | base64", json!("YT9iPg==")),
        ("'YT9iPg' | unbase64", json!("a?b>")),
        ("phone | urlencode", json!("%2B15550100")),
        (
            "text | html_escape",
            json!("a &lt;b&gt; &amp; &#39;c&#39; = d"),
        ),
        ("'*a_[b]' | markdown_escape", json!("\\*a\\_\\[b\\]")),
        (
            "['=HYPERLINK(\"x\")', -5, '-5', 'a,b'] | csv",
            json!("\"'=HYPERLINK(\"\"x\"\")\",-5,'-5,\"a,b\""),
        ),
        ("'@x' | csv", json!("'@x")),
    ]);
    refused(&[
        ("'%%%' | unbase64", "not base64"),
        ("'/w==' | unbase64", "not a text"),
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
