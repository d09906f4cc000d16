//! Any bytes, expressions and mutations of them, and how deep they may nest.

use super::*;
use kernel::lang::MAX_DEPTH;

proptest! {
    #![proptest_config(cases(1_500))]

    #[test]
    fn any_bytes_are_an_expression_or_a_problem(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        hold(&String::from_utf8_lossy(&bytes), &WORLD);
    }

    #[test]
    fn any_expression_ends_within_its_bounds(source in grown()) {
        hold(&source, &WORLD);
    }

    #[test]
    fn any_mutation_ends_within_its_bounds(source in mutated()) {
        hold(&source, &WORLD);
    }
}

#[test]
fn what_nests_is_bounded_where_it_is_written() {
    for source in [
        format!(
            "{}n{}",
            "(".repeat(MAX_DEPTH + 1),
            ")".repeat(MAX_DEPTH + 1)
        ),
        format!(
            "{}n{}",
            "[".repeat(MAX_DEPTH + 1),
            "]".repeat(MAX_DEPTH + 1)
        ),
        format!("{}n", "not ".repeat(MAX_DEPTH + 1)),
        format!("{}n", "-".repeat(MAX_DEPTH + 1)),
        format!("n{}", " | text".repeat(MAX_DEPTH + 1)),
        format!("n{}", "[0]".repeat(MAX_DEPTH + 1)),
        format!("n{}", " + n".repeat(MAX_DEPTH + 1)),
        format!(
            "n | default({}n{}",
            "(n | default(".repeat(MAX_DEPTH),
            "))".repeat(MAX_DEPTH + 1)
        ),
    ] {
        let problem = Expr::parse(&source, "", Filters::default()).unwrap_err();
        assert!(problem.message.contains("at most"), "{}", problem.message);
    }
    let mut scope = WORLD.clone();
    scope.insert(
        "deepest".into(),
        (0..120).fold(json!(1), |inner, _| json!({ "a": inner })),
    );
    hold("deepest | json | length", &scope);
    hold(
        "[deepest, deep] | unique | sort | map('a.a.a') | json",
        &scope,
    );
}
