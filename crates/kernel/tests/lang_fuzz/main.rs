//! Bounded random attacks on the language, in CI on every run; `SWITCHHOOK_FUZZ=100000 cargo test -p kernel --release --test
//! lang_fuzz` is the long form. What must hold of any input: no panic, no more looked at than is allowed, no more put out.

#![allow(clippy::unwrap_used)]

mod attacks;
mod expressions;
mod templates;
mod work;

use kernel::lang::{Expr, Filters, MAX_EXPRESSION, MAX_OUTPUT, MAX_WORK, Place, Report, Template};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

fn cases(usual: u32) -> ProptestConfig {
    let told = std::env::var("SWITCHHOOK_FUZZ").ok();
    ProptestConfig::with_cases(told.and_then(|cases| cases.parse().ok()).unwrap_or(usual))
}

static WORLD: LazyLock<Map<String, Value>> = LazyLock::new(|| {
    let deep = (0..200).fold(json!("x"), |inner, _| json!([inner]));
    let world = json!({
        "n": 5, "big": u64::MAX, "real": 1e300, "zero": -0.0, "nothing": null, "yes": true, "text": "Ada, <b>\"é\u{FDD0}\" ",
        "five": "5", "at": "2026-03-07T20:30:00-05:00[America/New_York]", "list": [3, "1", null, [2], {"a": 1}, "1"],
        "people": [{ "name": "Bo", "age": 30 }, { "name": "Al", "tags": ["x"] }], "o": { "a": { "b": [1, 2] }, "0": 1, "k y": 2 },
        "long": "ab, ".repeat(5_000), "deep": deep, "b64": "YWJj", "evil": "{{ secrets.key }} ${n} '; --", "empty": ""
    });
    world.as_object().unwrap().clone()
});

/// What must hold of any source; gives what was looked at.
fn hold(source: &str, scope: &Map<String, Value>) -> usize {
    let Ok(expr) = Expr::parse(source, "", Filters::default()) else {
        return 0;
    };
    assert!(source.len() <= MAX_EXPRESSION);
    let mut report = Report::default();
    if let Ok(value) = expr.eval(scope, &mut report) {
        // Escapes make at most six bytes of one; what a path lends is as long as it was.
        let lent: usize = scope
            .values()
            .map(|value| value.to_string().len())
            .max()
            .unwrap_or(0);
        assert!(
            value.to_string().len() <= 6 * MAX_OUTPUT.max(lent),
            "{source}"
        );
    }
    assert!(report.work <= MAX_WORK, "{source}");
    assert!(report.missing.len() <= 100);
    let again = &mut Report::default();
    let _ = expr.holds(scope, again);
    report.work
}

/// Expressions that are mostly well formed, of all operators and filters.
fn grown() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "n",
        "big",
        "real",
        "zero",
        "nothing",
        "yes",
        "text",
        "five",
        "at",
        "list",
        "people",
        "o",
        "long",
        "deep",
        "b64",
        "evil",
        "empty",
        "gone",
        "gone.a[3]",
        "o.a.b[1]",
        "o['k y']",
        "people[0].name",
        "list[99]",
        "1",
        "-7",
        "1.5e3",
        "'x'",
        "\"it's\"",
        "'\\n'",
        "true",
        "null",
        "[]",
        "'a{50}{50}'",
        "'(a+)+$'",
        "'['",
        "'%Y-%m-%d'",
        "'UTC'",
        "'2 days'",
        "'name'",
        "1048576",
        "99999999999999999999",
    ])
    .prop_map(str::to_owned);
    let filters: Vec<String> = Filters::default()
        .iter()
        .map(|filter| filter.name.to_owned())
        .collect();
    let operators = vec![
        "==",
        "!=",
        ">",
        ">=",
        "<",
        "<=",
        "and",
        "or",
        "in",
        "not in",
        "contains",
        "not contains",
        "starts_with",
        "ends_with",
        "matches",
        "not matches",
        "+",
        "-",
        "*",
        "/",
    ];
    leaf.prop_recursive(6, 40, 3, move |inner| {
        let arguments = prop::collection::vec(inner.clone(), 0..3);
        prop_oneof![
            4 => (inner.clone(), prop::sample::select(filters.clone()), arguments).prop_map(|(input, filter, arguments)| {
                match arguments.is_empty() {
                    true => format!("{input} | {filter}"),
                    false => format!("{input} | {filter}({})", arguments.join(", ")),
                }
            }),
            3 => (inner.clone(), prop::sample::select(operators.clone()), inner.clone())
                .prop_map(|(left, operator, right)| format!("{left} {operator} {right}")),
            1 => inner.clone().prop_map(|inner| format!("({inner})")),
            1 => inner.clone().prop_map(|inner| format!("not {inner}")),
            1 => inner.clone().prop_map(|inner| format!("-{inner}")),
            1 => inner.clone().prop_map(|inner| format!("{inner} is_empty")),
            1 => inner.clone().prop_map(|inner| format!("{inner} exists")),
            1 => prop::collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
        ]
    })
}

/// A grown expression with a piece cut out, doubled or swapped for bytes of any kind.
fn mutated() -> impl Strategy<Value = String> {
    (
        grown(),
        any::<prop::sample::Index>(),
        0..8usize,
        prop::collection::vec(any::<u8>(), 0..6),
        0..3,
    )
        .prop_map(|(source, at, length, bytes, how)| {
            let mut source = source.into_bytes();
            let from = at.index(source.len() + 1);
            let to = (from + length).min(source.len());
            let piece = source[from..to].to_vec();
            let new = match how {
                0 => bytes,
                1 => [piece.clone(), piece].concat(),
                _ => Vec::new(),
            };
            source.splice(from..to, new);
            String::from_utf8_lossy(&source).into_owned()
        })
}
