//! Facts about expressions, conditions and filters, as tables of source and result.

#![allow(clippy::unwrap_used)]

mod conditions;
mod filters;
mod mistakes;
mod values;

use kernel::lang::{Expr, Filters, Report};
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
