//! Text and trees: both spellings, types, what is missing, literals, all problems at once, bounds.

use super::*;
use kernel::Scope;
use kernel::lang::{MAX_OUTPUT, MAX_RENDERED};

#[test]
fn text_is_filled_in() {
    facts(
        Place::Text,
        &[
            ("", ""),
            (
                "call of {{ duration }} s by {{caller_number}}",
                "call of 125 s by +1555",
            ),
            ("{{ duration }}", "125"),
            ("${outcome.notes}", "said \"hi\"\\\nthen left"),
            ("{{ tags }} {{ nothing }} {{ gone.x }}|", "[\"a\",\"b\"]  |"),
            (
                "{{ '{{' }} $${x} {{ \"}}\" }} $5 { } }} $",
                "{{ ${x} }} $5 { } }} $",
            ),
            ("$$${duration}", "$${duration}"),
            ("{{7*7}} {{ __globals__ }} {{ config.__class__ }}", "49  "),
        ],
    );
}

#[test]
fn a_payload_view_comes_before_the_common_scope_in_the_second_spelling() {
    struct Viewed;
    impl Scope for Viewed {
        fn get(&self, name: &str) -> Option<Cow<'_, Value>> {
            (name == "outcome").then(|| Cow::Owned(json!({ "notes": "n" })))
        }
        fn view(&self, name: &str) -> Option<Cow<'_, Value>> {
            (name == "outcome").then(|| Cow::Owned(json!("Interested")))
        }
    }
    let (template, problems) = compile(
        &json!("${outcome} {{outcome.notes}} ${outcome.notes}"),
        Place::Text,
    );
    assert_eq!(problems, []);
    assert_eq!(
        template.render(&Viewed, &mut Report::default()),
        Ok(json!("Interested n n"))
    );
}

#[test]
fn text_from_a_value_is_never_a_template() {
    let evil = "{{secrets.x}} ${duration} {{duration}} $${";
    facts(
        Place::Text,
        &[
            ("{{ evil }}", evil),
            ("${evil}", evil),
            ("{{ evil | trim }}", evil),
        ],
    );
    assert_eq!(
        render(json!({ "a": "{{evil}}" }), Place::Json),
        Ok(json!({ "a": evil }))
    );
}

#[test]
fn what_is_missing_is_null_in_json_and_empty_in_text_and_listed() {
    let (template, _) = compile(
        &json!({ "a": "{{ gone.x }}", "b": "<{{ gone.x }}{{ other[0] }}>" }),
        Place::Json,
    );
    let mut report = Report::default();
    assert_eq!(
        template.render(&world(), &mut report),
        Ok(json!({ "a": null, "b": "<>" }))
    );
    assert_eq!(report.missing, ["gone.x", "other[0]"]);
}

#[test]
fn a_leaf_that_is_one_placeholder_keeps_its_type() {
    let tree = json!({ "phone": "{{ caller_number }}", "d": "{{ duration }}", "t": ["{{tags}}", "{{duration}} s", 1, null], "k": "$${x}" });
    let filled =
        json!({ "phone": "+1555", "d": 125, "t": [["a", "b"], "125 s", 1, null], "k": "${x}" });
    assert_eq!(render(tree.clone(), Place::Json), Ok(filled.clone()));
    assert_eq!(render(tree, Place::Text), Ok(filled));
    assert_eq!(
        render(json!({ "a": ["$${x}"] }), Place::Json),
        Ok(json!({ "a": ["${x}"] }))
    );
    refused(
        Place::Json,
        &[(
            json!({ "a/b": { "{{x}}": 1 } }),
            "/with/a~1b/{{x}}",
            "cannot be a template",
        )],
    );
}

#[test]
fn a_literal_is_left_alone() {
    let code = json!({ "source": "`${a + 1}` {{ not a template", "n": [1] });
    assert_eq!(render(code.clone(), Place::Literal), Ok(code));
}

#[test]
fn all_problems_come_at_once_with_their_places() {
    let (_, problems) = compile(
        &json!({ "a": "{{ x | nope }} {{ }} ${1+1} {{ y", "b": ["{{ 1 | }}"], "c": "${open" }),
        Place::Json,
    );
    let paths: Vec<_> = problems
        .iter()
        .map(|problem| problem.path.as_str())
        .collect();
    assert_eq!(
        paths,
        [
            "/with/a",
            "/with/a",
            "/with/a",
            "/with/a",
            "/with/b/0",
            "/with/c"
        ]
    );
}

#[test]
fn output_is_bounded() {
    let mut scope = Map::new();
    scope.insert("x".into(), "a".repeat(MAX_RENDERED / 2 + 1).into());
    for (value, place) in [
        (json!("{{x}}{{x}}"), Place::Text),
        (json!(["{{x}}", "{{x}}"]), Place::Json),
        (json!({ "a": "{{x}}", "b": "-{{x}}" }), Place::Form),
        (json!("[{{x}},{{x}}]"), Place::Body),
    ] {
        let (template, problems) = compile(&value, place);
        assert_eq!(problems, []);
        let mistake = template.render(&scope, &mut Report::default()).unwrap_err();
        assert!(
            mistake.0.contains("a template 20 MiB in all"),
            "{}",
            mistake.0
        );
    }
    let (_, problems) = compile(&json!("a".repeat(MAX_OUTPUT + 1)), Place::Text);
    assert_eq!(problems.len(), 1);
    let deep = (0..100).fold(json!("x"), |inner, _| json!([inner]));
    assert_eq!(compile(&deep, Place::Json).1.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_text_is_a_template_or_a_problem(text in "([{}$'\"| .a-z0-9(\\[\\]\\\\]|\\{\\{|\\}\\}|\\$\\{){0,40}") {
        for place in [Place::Text, Place::Url, Place::Body, Place::Json, Place::Html] {
            let (template, problems) = compile(&json!(text), place);
            let rendered = template.render(&world(), &mut Report::default());
            if let (true, Ok(value)) = (problems.is_empty(), rendered) {
                prop_assert!(value.to_string().len() <= 2 * MAX_OUTPUT);
            }
        }
    }
}
