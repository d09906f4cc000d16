//! Facts about previews of texts that somebody is still writing.

#![allow(clippy::unwrap_used)]

use kernel::flow::Known;
use kernel::lang::preview::{Form, Preview, preview};
use kernel::lang::{Filters, Path};
use serde_json::{Map, Value, json};

fn scope() -> Map<String, Value> {
    let all = json!({"name": "Ada", "n": 5, "odd": "a \"b\"", "nothing": null});
    all.as_object().unwrap().clone()
}

fn known(path: &Path) -> Known {
    match path.root.as_str() {
        "outcome" => Known::Never("outcome comes later".into()),
        "nmae" => Known::Unknown(Some("name".into())),
        _ => Known::Yes,
    }
}

fn look(text: &str, form: Form) -> Preview {
    preview(text, form, &scope(), &known, Filters::default())
}

#[test]
fn a_text_shows_what_it_becomes_in_its_place() {
    let cases = [
        (
            "Hi {{ name }}, {{ n }}!",
            Form::Template,
            json!("Hi Ada, 5!"),
        ),
        ("{{ n }}", Form::Json, json!(5)),
        (
            "{\"n\": {{ n }}, \"o\": \"{{ odd }}\"}",
            Form::Json,
            json!("{\"n\": 5, \"o\": \"a \\\"b\\\"\"}"),
        ),
        (
            "https://e.com/?q={{ odd }}",
            Form::Url,
            json!("https://e.com/?q=a%20%22b%22"),
        ),
        ("n > 4 and name == 'Ada'", Form::Condition, json!(true)),
        (
            "key {{ secrets.crm }}",
            Form::Template,
            json!("key ‹secret:crm›"),
        ),
    ];
    for (text, form, expected) in cases {
        let preview = look(text, form);
        assert_eq!(preview.problems, [], "{text}");
        assert_eq!(preview.value, Some(expected), "{text}");
        assert_eq!(preview.warnings, [], "{text}");
    }
    assert_eq!(look("n > 4", Form::Condition).text, "true");
}

#[test]
fn what_is_wrong_is_shown_where_it_stands() {
    let cases = [
        ("Hi {{ name | uper }}!", Form::Template, "uper", "uper"),
        ("Hi {{ name | }}!", Form::Template, "|", "missing after"),
        ("Hi {{ name", Form::Template, "{{ name", "never closed"),
        ("é {{ n && n }}", Form::Template, "&& n ", "use `and`"),
        ("n == 1 and 'x", Form::Condition, "'x", "never closed"),
        ("n == 1 n", Form::Condition, "n", "unexpected"),
        ("{{ outcome.x }}", Form::Template, "outcome", "comes later"),
        (
            "secrets.x == 1",
            Form::Condition,
            "secrets",
            "cannot read a secret",
        ),
    ];
    for (text, form, part, message) in cases {
        let preview = look(text, form);
        assert_eq!(preview.value, None, "{text}");
        let problem = &preview.problems[0];
        assert!(problem.message.contains(message), "{text}: {problem:?}");
        assert_eq!(&text[problem.range.clone()], part, "{text}: {problem:?}");
    }
}

#[test]
fn what_is_missing_is_a_warning_said_once() {
    let preview = look("{{ nmae }} {{ gone.x }} {{ nothing }}", Form::Template);
    let said: Vec<&str> = preview
        .warnings
        .iter()
        .map(|w| w.message.as_str())
        .collect();
    assert_eq!(
        said,
        [
            "`nmae` is not a name that is known here; did you mean `name`?",
            "`gone.x` has no value here"
        ]
    );
    assert_eq!(preview.value, Some(json!("  ")));
    assert_eq!(preview.warnings[1].range, 14..20);
}

#[test]
fn a_filter_that_refuses_its_input_is_a_problem_without_a_value() {
    let preview = look(
        "{{ name | number }} {{ missing | required }}",
        Form::Template,
    );
    assert_eq!((preview.value, preview.problems.len()), (None, 1));
}
