//! Facts about conditions as trees: text and tree turn into each other and mean the same.

#![allow(clippy::unwrap_used)]

use kernel::lang::{Condition, Expr, Filters, Report};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn tree(text: &str) -> Value {
    Condition::of_text(text, Filters::default()).unwrap().json()
}

fn text(tree: Value) -> String {
    Condition::of_json(&tree, Filters::default())
        .unwrap()
        .text()
}

fn problems(tree: Value) -> Vec<(String, String)> {
    let problems = Condition::of_json(&tree, Filters::default()).unwrap_err();
    problems.into_iter().map(|p| (p.path, p.message)).collect()
}

#[test]
fn a_text_becomes_groups_and_comparisons() {
    let cases = [
        (
            "outcome.interested == true and outcome.budget >= 1000",
            json!({"all": [
                {"left": "outcome.interested", "operator": "==", "right": "true"},
                {"left": "outcome.budget", "operator": ">=", "right": "1000"}]}),
        ),
        (
            "a or b and not c exists",
            json!({"any": [{"text": "a"}, {"all": [{"text": "b"}, {"not": {"left": "c", "operator": "exists"}}]}]}),
        ),
        (
            "(a == 1 or b == 2) and (c | lower) not in ['x', 'y']",
            json!({"all": [
                {"any": [{"left": "a", "operator": "==", "right": "1"}, {"left": "b", "operator": "==", "right": "2"}]},
                {"not": {"left": "(c | lower)", "operator": "in", "right": "['x', 'y']"}}]}),
        ),
        (
            "duration / 60 | round > 2",
            json!({"left": "duration / 60 | round", "operator": ">", "right": "2"}),
        ),
        (
            "'a and b' == x",
            json!({"left": "'a and b'", "operator": "==", "right": "x"}),
        ),
        ("((x))", json!({"text": "x"})),
        (
            "(a == b) == c",
            json!({"left": "(a == b)", "operator": "==", "right": "c"}),
        ),
    ];
    for (source, expected) in cases {
        assert_eq!(tree(source), expected, "{source}");
    }
}

#[test]
fn a_tree_becomes_a_text_with_brackets_only_where_they_matter() {
    let a = || json!({"left": "a", "operator": "==", "right": "1"});
    let cases = [
        (
            json!({"all": [a(), {"any": [a(), a()]}]}),
            "a == 1 and (a == 1 or a == 1)",
        ),
        (
            json!({"any": [a(), {"all": [a(), a()]}]}),
            "a == 1 or a == 1 and a == 1",
        ),
        (
            json!({"not": {"all": [a(), a()]}}),
            "not (a == 1 and a == 1)",
        ),
        (json!({"not": {"any": [a()]}}), "not a == 1"),
        (
            json!({"all": [{"text": "a or b"}, a()]}),
            "(a or b) and a == 1",
        ),
        (
            json!({"left": " a ", "operator": "is_empty", "right": null}),
            "a is_empty",
        ),
    ];
    for (tree, expected) in cases {
        assert_eq!(text(tree), expected);
    }
}

#[test]
fn what_is_wrong_in_a_tree_is_said_with_its_place_and_all_at_once() {
    let found = problems(json!({"all": [
        {"left": "a == 1", "operator": "=", "right": "2"},
        {"left": "a) or (b", "operator": "exists", "right": "1"},
        {"any": []}, 7, {"left": "secrets.key", "operator": "==", "right": 3}, {"both": []}]}));
    let paths: Vec<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "/all/0/operator",
            "/all/0/left",
            "/all/1/left",
            "/all/1/right",
            "/all/2/any",
            "/all/3",
            "/all/4/left",
            "/all/4/right",
            "/all/5"
        ]
    );
    assert!(found[0].1.contains("did you mean `==`"), "{found:?}");
    assert!(found[6].1.contains("secret"), "{found:?}");
    let mut deep = json!({"text": "a"});
    for _ in 0..200 {
        deep = json!({ "not": deep });
    }
    assert!(problems(deep)[0].1.contains("deep"));
    let wide = json!({"any": vec![json!({"text": "a == 'xxxxxxxxxxxxxxxxxxxxxxxxxx'"}); 1000]});
    assert!(problems(wide)[0].1.contains("at most"));
}

fn operand() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "a",
        "b.c",
        "b['odd and key']",
        "'x or y'",
        "1",
        "null",
        "true",
        "[1, 'x', a]",
        "a | default('not x') | lower",
        "(a == 1)",
        "(a or d)",
        "d + 1",
        "-d",
    ])
    .prop_map(str::to_owned)
}

fn source() -> impl Strategy<Value = String> {
    let relation = prop::sample::select(vec![
        "==",
        "!=",
        "<",
        ">=",
        "in",
        "not in",
        "contains",
        "not contains",
        "starts_with",
    ]);
    let leaf = prop_oneof![
        operand(),
        (operand(), relation, operand()).prop_map(|(a, r, b)| format!("{a} {r} {b}")),
        operand().prop_map(|a| format!("{a} exists")),
        operand().prop_map(|a| format!("{a} not is_empty")),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|terms| terms.join(" and ")),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|terms| terms.join(" or ")),
            inner.clone().prop_map(|term| format!("({term})")),
            inner.prop_map(|term| format!("not {term}")),
        ]
    })
}

fn scope() -> impl Strategy<Value = Map<String, Value>> {
    let value = || {
        prop::sample::select(vec![
            json!(null),
            json!(1),
            json!("1"),
            json!("x"),
            json!("x or y"),
            json!(false),
            json!([1, "x"]),
            json!({"c": "x", "odd and key": 1}),
        ])
    };
    (value(), value(), value()).prop_map(|(a, b, d)| {
        let all = [("a", a), ("b", b), ("d", d)];
        all.into_iter().map(|(n, v)| (n.to_owned(), v)).collect()
    })
}

fn holds(text: &str, scope: &Map<String, Value>) -> Result<bool, String> {
    let expr = Expr::parse(text, "", Filters::default()).map_err(|p| p.message)?;
    expr.holds(scope, &mut Report::default()).map_err(|m| m.0)
}

proptest! {
    #[test]
    fn text_to_tree_to_text_means_the_same(source in source(), scopes in prop::collection::vec(scope(), 8)) {
        let condition = Condition::of_text(&source, Filters::default()).unwrap();
        let read = Condition::of_json(&condition.json(), Filters::default()).unwrap();
        prop_assert_eq!(&read, &condition);
        let text = read.text();
        for scope in &scopes {
            prop_assert_eq!(holds(&text, scope), holds(&source, scope), "{} became {}", source, text);
        }
        // A second round changes nothing any more.
        prop_assert_eq!(Condition::of_text(&text, Filters::default()).unwrap().text(), text);
    }
}
