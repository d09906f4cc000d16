//! Whatever document comes in, the compiler answers, with places that exist; and what it lets through runs to an end.
#![allow(clippy::unwrap_used, clippy::result_large_err)]

mod house;
mod world;

use house::House;
use kernel::flow::{compile, complete_ids, fields};
use kernel::run::{Output, Perform};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use world::World;

fn leaf() -> impl Strategy<Value = Value> {
    select(vec![
        json!(null),
        json!(true),
        json!(0),
        json!(2),
        json!(-1.5),
        json!(""),
        json!("x == 1"),
        json!("{{ item }}"),
        json!("{{ x | required }}"),
        json!("{{ steps.a.body }}"),
        json!("{{ error.code }}"),
        json!("{{ secrets.a }}"),
        json!("{{ broken"),
        json!("10m"),
        json!("always"),
        json!("continue"),
        json!("http.request"),
        json!("succeeded"),
        json!("call.ended"),
        json!("Europe/Berlin"),
        json!("09:00"),
        json!("mon"),
        json!("x"),
        json!("a"),
        json!([1, 2, 3]),
        json!({ "url": "https://x.example/" }),
        json!({ "for": "10m" }),
        json!({ "x": "{{ item }}" }),
    ])
}

fn name() -> impl Strategy<Value = String> {
    let lists = [
        fields::FLOW,
        fields::WHERE,
        fields::DO,
        fields::IF,
        fields::SWITCH,
        fields::CASE,
        fields::SET,
        fields::WAIT,
        fields::WAIT_OBJECT,
        fields::WINDOW,
        fields::TRY,
        fields::EACH,
        fields::PARALLEL,
        fields::CALL,
        fields::REPLY,
        fields::STOP,
        fields::RETRY,
        fields::STOP_OBJECT,
    ];
    select(lists.concat()).prop_map(str::to_owned)
}

/// JSON of any shape with the words of the language.
fn any_json() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::Array),
            vec((name(), inner), 0..6).prop_map(|fields| Value::Object(Map::from_iter(fields))),
        ]
    })
}

/// A step of some kind in which each field may be anything, but mostly is what it should be.
fn step() -> impl Strategy<Value = Value> {
    let simple = select(vec![
        json!({ "set": { "x": "{{ y }}" } }),
        json!({ "do": "http.request", "with": { "url": "https://x.example/" }, "save": { "x": "{{ body }}" } }),
        json!({ "stop": "failed" }),
        json!({ "wait": { "for": "1m" } }),
    ]);
    simple.prop_recursive(4, 24, 4, |inner| {
        let steps = || vec(inner.clone(), 0..3).prop_map(Value::Array);
        let whole = prop_oneof![
            (steps(), steps()).prop_map(|(a, b)| json!({ "if": "x", "then": a, "else": b })),
            (steps(), steps()).prop_map(|(a, b)| json!({ "switch": [{ "if": "x", "steps": a }], "else": b })),
            (steps(), steps()).prop_map(|(a, b)| json!({ "try": a, "catch": b })),
            (steps(), steps()).prop_map(|(a, b)| json!({ "parallel": [a, b] })),
            steps().prop_map(|steps| json!({ "for_each": "{{ list }}", "as": "NAME", "steps": steps })),
            steps().prop_map(|steps| json!({ "for_each": [1, 2, 3], "as": "NAME", "parallel": 2, "steps": steps })),
        ];
        let odd = proptest::option::weighted(0.1, (name(), any_json()));
        (whole, odd).prop_map(|(mut step, odd)| {
            if let Some((name, value)) = odd {
                step[name] = value;
            }
            step
        })
    })
}

fn answers(mut document: Value) -> Result<(), TestCaseError> {
    complete_ids(&mut document);
    match compile(&document, &World::new()) {
        Err(problems) => {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                // What is missing stands where it should be: one level below what exists.
                let above = problem.path.rsplit_once('/').map_or("", |(above, _)| above);
                prop_assert!(
                    document.pointer(above).is_some(),
                    "{problem:?} in {document:#}"
                );
            }
        }
        Ok(plan) => {
            let world = |_: &Perform| Ok(Output::default());
            let mut house = House::new(plan, json!({ "list": [1, 2], "x": 1 }), world);
            house.run(5_000);
            house.keys();
            house.check_counts();
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_gets_an_answer(document in any_json()) {
        answers(document)?;
    }

    #[test]
    fn any_steps_get_an_answer_and_those_that_pass_come_to_an_end(
        steps in vec(step(), 1..4), on_failure in proptest::option::of(vec(step(), 0..2)),
    ) {
        let document = json!({ "name": "A", "on": ["call.ended"], "steps": steps, "on_failure": on_failure });
        answers(world::name_items(document))?;
    }
}
