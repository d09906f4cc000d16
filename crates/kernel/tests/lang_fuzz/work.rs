//! Work, in steps: linear in the input, and cut short where it is too much.

use super::*;

/// Twice the placeholders are at most twice the work, and the whole stays within one template's bounds.
#[test]
fn a_template_is_linear_in_its_placeholders() {
    let work = |placeholders: usize| {
        let mut problems = Vec::new();
        let text = json!("{{ long | upper | truncate(20) }}, ".repeat(placeholders));
        let template = Template::compile(&text, Place::Text, "", Filters::default(), &mut problems);
        assert_eq!(problems.len(), 0);
        let mut report = Report::default();
        template.render(&*WORLD, &mut report).unwrap();
        report.work
    };
    let (before, after) = (work(50), work(100));
    assert!(
        before > 100_000 && after <= before * 21 / 10,
        "{before}, {after}"
    );
    let huge = json!("{{ long }}".repeat(2_000));
    let template = Template::compile(&huge, Place::Text, "", Filters::default(), &mut Vec::new());
    let mistake = template
        .render(&*WORLD, &mut Report::default())
        .unwrap_err();
    assert!(mistake.0.contains("too much"), "{}", mistake.0);
}

/// Steps, not seconds: twice the input is at most twice the work, and a little.
#[test]
fn work_is_linear_in_the_input() {
    let sized = |n: usize| {
        let mut scope = Map::new();
        scope.insert("text".into(), "word, Ünï <b> ".repeat(n).into());
        let items = (0..n).map(|at| json!({ "name": format!("n{at}"), "age": at % 7 }));
        scope.insert("people".into(), items.collect());
        scope.insert(
            "names".into(),
            (0..n).map(|at| json!(format!("n{}", at % 50))).collect(),
        );
        scope.insert(
            "o".into(),
            (0..n).map(|at| (format!("k{at}"), json!(at))).collect(),
        );
        scope
    };
    let (small, large) = (sized(400), sized(800));
    let mut grew = 0;
    for filter in Filters::default().iter() {
        for input in ["text", "people", "names", "o"] {
            for arguments in [
                "",
                "('name')",
                "(3)",
                "(', ', '-')",
                "('name', 'n7')",
                "(o)",
                "('%Y')",
            ] {
                let source = format!("{input} | {}{arguments}", filter.name);
                let (before, after) = (hold(&source, &small), hold(&source, &large));
                assert!(
                    after <= before * 21 / 10 + 64,
                    "{source}: {before}, {after}"
                );
                grew += usize::from(after > before);
            }
        }
    }
    for operator in [
        "==",
        "!=",
        "<",
        "in",
        "contains",
        "starts_with",
        "ends_with",
        "matches",
    ] {
        for (left, right) in [
            ("text", "text"),
            ("names", "'n7'"),
            ("'n7'", "names"),
            ("text", "'(a|a)*$'"),
        ] {
            let source = format!("{left} {operator} {right}");
            let (before, after) = (hold(&source, &small), hold(&source, &large));
            assert!(
                after <= before * 21 / 10 + 64,
                "{source}: {before}, {after}"
            );
            grew += usize::from(after > before);
        }
    }
    assert!(grew > 100, "{grew} expressions looked at their input");
}

#[test]
fn a_thousand_terms_over_a_long_text_are_cut_short() {
    let mut scope = Map::new();
    scope.insert("x".into(), "a".repeat(1 << 20).into());
    scope.insert("p".into(), "b+c".into());
    for term in [
        "x contains 'b'",
        "x matches p",
        "(x | upper) == 'b'",
        "x starts_with p",
    ] {
        let source = vec![term; 700].join(" or ");
        let expr = Expr::parse(&source, "", Filters::default()).unwrap();
        let mut report = Report::default();
        let mistake = expr.holds(&scope, &mut report).unwrap_err();
        assert!(mistake.0.contains("look at more than"), "{}", mistake.0);
        assert!(report.work <= MAX_WORK);
    }
    let source = vec!["x matches 'b+'"; 17].join(" or ");
    let problem = Expr::parse(&source, "", Filters::default()).unwrap_err();
    assert!(
        problem.message.contains("at most 16 patterns"),
        "{}",
        problem.message
    );
}
