//! docs/values.md is true: every example is run, every filter has its row with the right arguments and an example, and every
//! operator has one.
#![allow(clippy::unwrap_used)]

use kernel::lang::{Expr, Place, Report, Template};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const PAGE: &str = include_str!("../../../docs/values.md");

/// The lines of all code blocks of a kind.
fn block(kind: &str) -> impl Iterator<Item = &'static str> {
    let start = format!("```{kind}");
    PAGE.split("```\n")
        .filter_map(move |part| part.split_once(&format!("{start}\n")).map(|(_, code)| code))
        .flat_map(str::lines)
}

fn scope() -> Map<String, Value> {
    let text: String = block("scope").collect::<Vec<_>>().join("\n");
    serde_json::from_str(&text).unwrap()
}

/// A result, or why there is none, with the warnings.
fn check(line: &str, found: Result<Value, String>, report: &Report) {
    let (source, expected) = line
        .split_once(" → ")
        .unwrap_or_else(|| panic!("no result: {line}"));
    if let Some(reason) = expected.strip_prefix("error: ") {
        let error = found.expect_err(source);
        assert!(error.contains(reason), "{source}: {error}");
        return;
    }
    let (expected, warned) = match expected.strip_suffix(", with a warning") {
        Some(expected) => (expected, true),
        None => (expected, false),
    };
    let expected: Value =
        serde_json::from_str(expected).unwrap_or_else(|_| panic!("no JSON: {line}"));
    assert_eq!(found, Ok(expected), "{source}");
    // A template's examples show what is put out, not what is listed.
    if !source.contains("{{") {
        assert_eq!(
            !report.missing.is_empty(),
            warned,
            "{source}: {:?}",
            report.missing
        );
    }
}

#[test]
fn every_expression_gives_what_the_page_says() {
    let scope = scope();
    let mut count = 0;
    for line in block("values") {
        let source = line.split(" → ").next().unwrap();
        let mut report = Report::default();
        let found = Expr::parse(source, "", filters::ALL)
            .map_err(|problem| problem.message)
            .and_then(|expr| {
                expr.eval(&scope, &mut report)
                    .map(|value| value.into_owned())
                    .map_err(|mistake| mistake.0)
            });
        check(line, found, &report);
        count += 1;
    }
    assert!(count > 100, "{count} examples");
}

#[test]
fn every_template_is_written_as_the_page_says() {
    let scope = scope();
    let mut count = 0;
    for line in block("templates") {
        let (place, rest) = line.split_once(": ").unwrap();
        let place = match place {
            "text" => Place::Text,
            "json" => Place::Json,
            "body" => Place::Body,
            "form body" => Place::FormBody,
            "url" => Place::Url,
            "html" => Place::Html,
            "xml" => Place::Xml,
            "sql" => Place::Sql,
            other => panic!("no place {other}"),
        };
        let source = rest.split(" → ").next().unwrap();
        let (mut problems, mut report) = (Vec::new(), Report::default());
        let template = Template::compile(&json!(source), place, "", filters::ALL, &mut problems);
        let found = match problems.first() {
            Some(problem) => Err(problem.message.clone()),
            None => template
                .render(&scope, &mut report)
                .map_err(|mistake| mistake.0),
        };
        check(rest, found, &report);
        count += 1;
    }
    assert!(count > 12, "{count} examples");
}

/// `name(a, b?)` of the first cells of all tables of filters, as how many arguments that is.
fn rows() -> BTreeMap<&'static str, (usize, usize)> {
    let filters = PAGE
        .split("\n## Filters\n")
        .nth(1)
        .unwrap()
        .split("\n## ")
        .next()
        .unwrap();
    let cells = filters
        .lines()
        .filter(|line| line.matches(" | ").count() >= 3)
        .filter_map(|line| line.strip_prefix("| "))
        .map(|line| line.split(" | ").next().unwrap());
    let signatures = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let counted = signatures.map(|signature| {
        let (name, arguments) = signature.split_once('(').unwrap_or((signature, ""));
        let arguments = arguments.trim_end_matches(')');
        let named: Vec<&str> = arguments
            .split(", ")
            .filter(|name| !name.is_empty() && *name != "…")
            .collect();
        let least = named.iter().filter(|name| !name.ends_with('?')).count();
        let more = if arguments.contains('…') { 31 } else { 0 };
        (name, (least, named.len() + more))
    });
    counted.collect()
}

#[test]
fn every_filter_has_its_row_and_an_example() {
    let known: BTreeMap<&str, _> = filters::ALL
        .iter()
        .map(|filter| (filter.name, filter.takes()))
        .collect();
    assert_eq!(
        known.len(),
        filters::ALL.iter().count(),
        "a name is taken twice"
    );
    assert_eq!(rows(), known);
    let examples: Vec<&str> = block("values").collect();
    for name in known.keys() {
        let used = |line: &&str| {
            line.split(" → ")
                .next()
                .unwrap()
                .split(['|', '(', ' '])
                .any(|word| word == *name)
        };
        assert!(examples.iter().any(used), "`{name}` has no example");
    }
}

#[test]
fn every_operator_has_an_example() {
    let examples: Vec<&str> = block("values").collect();
    for operator in [
        "==",
        "!=",
        ">",
        ">=",
        "<",
        "<=",
        "and",
        "or",
        "not",
        "in",
        "contains",
        "not contains",
        "starts_with",
        "ends_with",
        "matches",
        "is_empty",
        "exists",
        "+",
        "-",
        "*",
        "/",
        "|",
    ] {
        let used = |line: &&str| format!(" {line}").contains(&format!(" {operator} "));
        assert!(examples.iter().any(used), "`{operator}` has no example");
    }
}
