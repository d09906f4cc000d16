//! What an agent may want to know, and what is said where it cannot be.

use extract::{Kind, Wanted};
use serde_json::{Value, json};

fn wrong(wanted: Value) -> Vec<String> {
    let wanted: Wanted = serde_json::from_value(wanted).unwrap();
    let problems = wanted.check().into_iter();
    problems
        .map(|problem| format!("{} {}", problem.path, problem.message))
        .collect()
}

#[test]
fn names_have_3_to_40_lower_case_letters_digits_and_underscores() {
    for name in ["abc", "a_1", "123", &"x".repeat(40)] {
        assert_eq!(
            wrong(json!({ "variables": [{ "name": name, "type": "text" }] })),
            [""; 0],
            "{name}"
        );
    }
    for name in [
        "",
        "ab",
        "Abc",
        "a-bc",
        "a bc",
        "größe",
        "a.bc",
        &"x".repeat(41),
    ] {
        let told = wrong(json!({ "variables": [{ "name": name, "type": "text" }] }));
        assert!(
            told[0].starts_with("/variables/0/name `"),
            "{name}: {told:?}"
        );
        assert!(
            told[0].contains("3 to 40 lower-case letters, digits and underscores"),
            "{told:?}"
        );
    }
}

#[test]
fn all_that_is_wrong_is_said_at_once_with_its_place() {
    let told = wrong(json!({
        "variables": [
            { "name": "plan", "type": "choice", "choices": ["Pro"] },
            { "name": "plan", "type": "text", "choices": ["a", "b"] },
            { "name": "status", "type": "text" },
            { "name": "summary", "type": "number" },
            { "name": "tags", "type": "list", "choices": ["A b", "a  B", " "] },
            { "name": "long", "type": "text", "description": "x".repeat(1_001) }
        ],
        "questions": [{ "question": " " }, { "question": "Why?" }, { "question": "Why?" }],
        "dispositions": [""]
    }));
    let places: Vec<_> = told
        .iter()
        .map(|told| told.split(' ').next().unwrap())
        .collect();
    assert_eq!(
        places,
        [
            "/variables/0/choices",
            "/variables/1/name",
            "/variables/1/choices",
            "/variables/2/type",
            "/variables/3/type",
            "/variables/4/choices/1",
            "/variables/4/choices/2",
            "/variables/5/description",
            "/questions/0/question",
            "/questions/2/question",
            "/dispositions/0"
        ],
        "{told:#?}"
    );
    let many: Vec<_> = (0..101)
        .map(|n| json!({ "name": format!("v_{n}"), "type": "text" }))
        .collect();
    assert_eq!(
        wrong(json!({ "variables": many })),
        ["/variables are more than 100"]
    );
}

#[test]
fn it_is_kept_as_it_was_written() {
    let wanted = super::call::wanted();
    let kept = serde_json::to_value(&wanted).unwrap();
    assert_eq!(
        serde_json::from_value::<Wanted>(kept.clone()).unwrap(),
        wanted
    );
    assert_eq!(wanted.questions[0].kind, Kind::Boolean);
    assert_eq!(
        kept["variables"][1],
        json!({ "name": "budget", "type": "money", "description": "Budget per year", "required": false })
    );
    assert_eq!(wanted.dispositions().len(), 7);
    assert!(serde_json::from_value::<Wanted>(json!({ "variable": [] })).is_err());
}
