//! Values: paths, arithmetic, what is missing.

use super::*;

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
