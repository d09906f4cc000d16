//! What the steps with steps of their own may say: their fields, their bounds, and what is known inside them.
#![allow(clippy::unwrap_used)]

mod world;

use serde_json::{Value, json};
use world::{plan, problems};

fn flow(steps: Value) -> Value {
    json!({ "name": "A flow", "on": ["call.ended"], "steps": steps })
}

/// The problems of one step with the id `a`.
fn of(mut step: Value) -> Vec<String> {
    step["id"] = "a".into();
    problems(&flow(json!([step])))
}

fn warnings(steps: Value) -> Vec<String> {
    let plan = plan(&flow(steps)).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let warnings = plan.warnings.iter();
    warnings
        .map(|warning| format!("{}: {}", warning.path, warning.message))
        .collect()
}

fn set(id: &str) -> Value {
    json!({ "id": id, "set": { "x": 1 } })
}

#[test]
fn a_switch_says_what_each_case_needs() {
    assert_eq!(
        of(json!({ "switch": [{ "iff": "duration", "steps": [] }, { "if": "duration >" }, 3] })),
        [
            "/steps/0/switch/0/iff: a case has no field `iff`; did you mean `if`?",
            "/steps/0/switch/0/if: a case needs `if`: a condition",
            "/steps/0/switch/1/steps: a case needs `steps`: a list of steps",
            "/steps/0/switch/1/if: `duration >`: a value is missing at the end",
            "/steps/0/switch/2: a case must be an object, not a number",
        ]
    );
    assert_eq!(
        of(json!({ "switch": [] })),
        ["/steps/0/switch: `switch` has 1 to 100 cases, not 0"]
    );
    assert_eq!(
        of(json!({ "switch": {} })),
        ["/steps/0/switch: `switch` must be a list of cases, not an object"]
    );
}

#[test]
fn behind_a_switch_that_always_stops_nothing_is_reached() {
    let stop = |id: &str| json!([{ "id": id, "stop": "succeeded" }]);
    let switch = |otherwise: Value| {
        flow(json!([
            { "id": "s", "switch": [{ "if": "duration", "steps": stop("a") }], "else": otherwise },
            set("b"),
        ]))
    };
    assert_eq!(
        problems(&switch(stop("c"))),
        ["/steps/1: this step is never reached: the step before it always stops the flow"]
    );
    assert_eq!(problems(&switch(Value::Null)), [""; 0]);
}

#[test]
fn an_empty_branch_is_worth_a_warning() {
    let empty = "there is no step here: nothing is done";
    assert_eq!(
        warnings(json!([
            { "if": "duration", "then": [] },
            { "switch": [{ "if": "duration", "steps": [] }], "else": [] },
        ])),
        [
            format!("/steps/0/then: {empty}"),
            format!("/steps/1/switch/0/steps: {empty}"),
            format!("/steps/1/else: {empty}"),
        ]
    );
}

#[test]
fn try_and_catch_belong_together() {
    assert_eq!(
        of(json!({ "try": [] })),
        ["/steps/0/catch: a `try` step needs `catch`: the steps to take when one has failed"]
    );
    assert_eq!(
        of(json!({ "catch": [] })),
        ["/steps/0/catch: `catch` stands beside the `try` whose errors it is for"]
    );
    assert_eq!(
        of(json!({ "try": {}, "catch": [3], "finally": [] })),
        [
            "/steps/0/finally: a `try` step has no field `finally`",
            "/steps/0/try: a list of steps is needed here, not an object",
            "/steps/0/catch/0: a step must be an object, not a number",
        ]
    );
    assert_eq!(
        warnings(json!([{ "try": [set("a")], "catch": [] }])),
        ["/steps/0/catch: there is no step here: nothing is done"]
    );
}

#[test]
fn an_error_is_known_in_catch_and_not_in_try() {
    let reads = |id: &str| json!([{ "id": id, "set": { id: "{{ error.message }}" } }]);
    assert_eq!(
        of(json!({ "try": reads("t"), "catch": reads("c") })),
        ["/steps/0/try/0/set/t: `error` is known only in `catch` and in `on_failure`"]
    );
    let nested = json!([{ "id": "n", "try": reads("t"), "catch": [] }]);
    assert_eq!(of(json!({ "try": [set("s")], "catch": nested })), [""; 0]);
}

#[test]
fn behind_a_try_nothing_is_reached_only_when_both_parts_stop() {
    let stop = |id: &str| json!([{ "id": id, "stop": "failed" }]);
    let flow =
        |catch: Value| flow(json!([{ "id": "t", "try": stop("a"), "catch": catch }, set("b")]));
    assert_eq!(problems(&flow(stop("c"))).len(), 1);
    assert_eq!(problems(&flow(json!([set("c")]))), [""; 0]);
}
