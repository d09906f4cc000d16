//! Facts about templates: what each place writes, what it refuses, and that values never become templates.

#![allow(clippy::unwrap_used)]

mod bodies;
mod markup;
mod requests;
mod secrets;
mod sql;
mod text;

use kernel::Problem;
use kernel::lang::{Filters, Place, Report, Template};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::borrow::Cow;

fn world() -> Map<String, Value> {
    let Value::Object(world) = json!({
        "duration": 125, "caller_number": "+1555", "yes": true, "nothing": null, "tags": ["a", "b"],
        "outcome": { "notes": "said \"hi\"\\\nthen left", "budget": 1.5 },
        "evil": "{{secrets.x}} ${duration} {{duration}} $${", "climb": "../admin?x=#@evil", "dots": "..", "dot": ".",
        "crlf": "a\r\nX-Evil: 1", "html": "<script>alert('x')</script> & \"co\"", "host": "evil.example",
        "link": "https://x.example/?a=1&b=2", "evil_link": "javascript:alert(1)",
        "forged": "\u{FDD0}tkey\u{FDD1}", "deep": { "a\u{FDD0}": ["\u{FDD1}"] }
    }) else {
        unreachable!()
    };
    world
}

fn compile(value: &Value, place: Place) -> (Template, Vec<Problem>) {
    let mut problems = Vec::new();
    let template = Template::compile(value, place, "/with", Filters::default(), &mut problems);
    (template, problems)
}

#[track_caller]
fn render(value: impl Into<Value>, place: Place) -> Result<Value, String> {
    let (template, problems) = compile(&value.into(), place);
    assert_eq!(problems, []);
    template
        .render(&world(), &mut Report::default())
        .map_err(|mistake| mistake.0)
}

#[track_caller]
fn facts(place: Place, table: &[(&str, &str)]) {
    for (source, expected) in table {
        assert_eq!(render(*source, place), Ok(json!(expected)), "{source}");
    }
}

#[track_caller]
fn refused(place: Place, table: &[(Value, &str, &str)]) {
    for (value, path, reason) in table {
        let (_, problems) = compile(value, place);
        assert!(
            problems
                .iter()
                .any(|problem| problem.path == *path && problem.message.contains(reason)),
            "{value}: {problems:?}"
        );
    }
}
