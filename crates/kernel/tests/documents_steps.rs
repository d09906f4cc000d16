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

#[test]
fn a_loop_has_a_list_steps_and_a_bound() {
    let each = |fields: Value| {
        let mut step = json!({ "for_each": "{{ outcome.items }}", "steps": [set("b")] });
        step.as_object_mut().unwrap().extend(world::object(fields));
        of(step)
    };
    assert_eq!(
        each(json!({ "max": 10_000, "batch": 10, "stop_when": "x == 1" })),
        [""; 0]
    );
    for (fields, message) in [
        (
            json!({ "steps": null }),
            "/steps: a `for_each` step needs `steps`: what to do with each item",
        ),
        (
            json!({ "steps": [] }),
            "/steps: `steps` must hold at least one step",
        ),
        (
            json!({ "for_each": 3 }),
            "/for_each: `for_each` must be a list or a placeholder, not a number",
        ),
        (
            json!({ "for_each": "outcome.items" }),
            "/for_each: `for_each` needs a list, or a placeholder for one: `{{ outcome.items }}`",
        ),
        (
            json!({ "max": 0 }),
            "/max: `max` must be a number from 1 to 10000, not 0",
        ),
        (
            json!({ "max": "none" }),
            "/max: `max` must be a number from 1 to 10000, not a text",
        ),
        (
            json!({ "max": 10_001 }),
            "/max: `max` must be a number from 1 to 10000, not 10001",
        ),
        (
            json!({ "batch": 1.5 }),
            "/batch: `batch` must be a whole number, not 1.5",
        ),
        (
            json!({ "stop_when": "x ==" }),
            "/stop_when: `x ==`: a value is missing at the end",
        ),
        (
            json!({ "on_error": "skip" }),
            "/on_error: `on_error` must be `stop` or `continue`, not `skip`",
        ),
        (
            json!({ "foreach": [] }),
            "/foreach: a `for_each` step has no field `foreach`; did you mean `for_each`?",
        ),
        (
            json!({ "as": "1st" }),
            "/as: `1st` is no name: a letter or `_`, then letters, digits and `_`",
        ),
        (
            json!({ "as": "duration" }),
            "/as: `duration` is a reserved name: call the item something else",
        ),
        (
            json!({ "as": "index" }),
            "/as: `index` is a reserved name: call the item something else",
        ),
        (
            json!({ "as": "x" }),
            "/as: `x` is also saved by a step: give `as` another name",
        ),
        (
            json!({ "collect": { "outcome": 1 } }),
            "/collect/outcome: `outcome` is a reserved name: save under another one",
        ),
    ] {
        assert_eq!(each(fields), [format!("/steps/0{message}")]);
    }
}

#[test]
fn what_belongs_to_a_loop_is_known_only_in_it() {
    let text = |id: &str, text: &str| json!({ "id": id, "set": { id: text } });
    let get = json!({ "id": "get", "do": "http.request", "with": { "url": "https://x.example/" }, "save": { "got": 1 } });
    let inner = json!([
        get,
        text(
            "r",
            "{{ lead.id }} {{ index }} {{ got }} {{ steps.get.body }}"
        )
    ]);
    let each = json!({ "id": "l", "for_each": "{{ outcome.leads }}", "as": "lead", "steps": inner,
        "stop_when": "got == lead", "collect": { "all": "{{ got }}" } });
    assert_eq!(
        warnings(json!([each, text("s", "{{ all }} {{ steps.l.failed }}")])),
        [""; 0]
    );
    let behind = |text_| problems(&flow(json!([each, text("s", text_)])));
    for (text, message) in [
        ("{{ index }}", "`index` is known only in a loop"),
        ("{{ item }}", "`item` is known only in a loop"),
        (
            "{{ steps.get.body }}",
            "step `get` stands inside a loop and its output is gone behind it: name it in the loop's `collect`",
        ),
        ("{{ steps.l.body }}", "the output of step `l` has no `body`"),
    ] {
        assert_eq!(behind(text), [format!("/steps/1/set/s: {message}")]);
    }
    assert_eq!(
        warnings(json!([each, text("s", "{{ got }} {{ lead.id }}")])),
        [
            "/steps/1/set/s: `got` is saved inside a loop and gone behind it: name it in the loop's `collect`",
            "/steps/1/set/s: `lead.id` is not a name that is known here",
        ]
    );
}

#[test]
fn a_loop_in_a_loop_names_its_item_otherwise() {
    let each = |id: &str, name: Value, steps: Value| json!({ "id": id, "for_each": "{{ outcome.x }}", "as": name, "steps": steps });
    let inner = |name: Value| json!([each("b", name, json!([set("c")]))]);
    assert_eq!(
        problems(&flow(json!([each("a", Value::Null, inner(Value::Null))]))),
        [
            "/steps/0/steps/0/as: `item` is the item of a loop around this one: give `as` another name"
        ]
    );
    let beside = each("d", Value::Null, json!([set("e")]));
    assert_eq!(
        problems(&flow(json!([
            each("a", Value::Null, inner(json!("row"))),
            beside
        ]))),
        [""; 0]
    );
}

#[test]
fn what_runs_in_parallel_cannot_reply() {
    let reply = json!([{ "id": "r", "reply": { "x": 1 } }]);
    let asked =
        |step: Value| problems(&json!({ "name": "A", "on": ["tool.called"], "steps": [step] }));
    let message = "a reply cannot stand in what runs in parallel: reply before it or after it";
    assert_eq!(
        asked(json!({ "id": "a", "parallel": [[set("b")], reply] })),
        [format!("/steps/0/parallel/1/0/reply: {message}")]
    );
    let each = |parallel: Value| json!({ "id": "a", "for_each": "{{ args.x }}", "parallel": parallel, "steps": reply });
    assert_eq!(asked(each(json!(2))).len(), 1);
    assert_eq!(asked(each(Value::Null)), [""; 0]);
}

#[test]
fn parallel_and_flow_say_what_they_need() {
    for (step, message) in [
        (
            json!({ "parallel": [] }),
            "/parallel: `parallel` has 1 to 50 branches, not 0",
        ),
        (
            json!({ "parallel": 3 }),
            "/parallel: `parallel` must be a list of lists of steps, not a number",
        ),
        (
            json!({ "parallel": [set("b")] }),
            "/parallel/0: a list of steps is needed here, not an object",
        ),
        (
            json!({ "parallel": [[]], "steps": [] }),
            "/steps: a `parallel` step has no field `steps`",
        ),
        (
            json!({ "for_each": [1], "parallel": 51, "steps": [set("b")] }),
            "/parallel: `parallel` must be a number from 1 to 50, not 51",
        ),
        (
            json!({ "for_each": [1], "parallel": [[]], "steps": [set("b")] }),
            "/parallel: `parallel` must be a number from 1 to 50, not a list",
        ),
        (
            json!({ "flow": 3 }),
            "/flow: `flow` must be a text, not a number",
        ),
        (
            json!({ "flow": "x", "with": {} }),
            "/with: `with` must name 1 to 200 values, not 0",
        ),
        (
            json!({ "flow": "x", "with": { "duration": 1 } }),
            "/with/duration: `duration` is a reserved name: save under another one",
        ),
        (
            json!({ "flow": "x", "with": { "key": "{{ secrets.crm }}" } }),
            "/with/key: `secrets.crm` may stand only in a field that leaves in a request (URL, query, headers, body, auth): here it would be stored",
        ),
        (
            json!({ "flow": "x", "retry": {} }),
            "/retry: a `flow` step has no field `retry`",
        ),
    ] {
        assert_eq!(of(step), [format!("/steps/0{message}")]);
    }
    assert_eq!(
        warnings(json!([{ "parallel": [[], [set("a")]] }])),
        ["/steps/0/parallel/0: there is no step here: nothing is done"]
    );
}

#[test]
fn every_step_inside_steps_gets_an_id() {
    let step = || json!([{ "set": { "x": 1 } }]);
    let mut document = json!({ "steps": [
        { "parallel": [step(), step()] },
        { "for_each": [], "parallel": 2, "steps": step() },
        { "try": step(), "catch": step() },
        { "switch": [{ "if": "x", "steps": step() }], "else": step() },
    ]});
    kernel::flow::complete_ids(&mut document);
    assert_eq!(document.to_string().matches("\"id\":").count(), 11);
    assert!(document["steps"][3]["switch"][0].get("id").is_none());
}

#[test]
fn hostile_shapes_are_bounded_too() {
    let deep = (0..200).fold(json!([set("s")]), |steps, n| match n % 3 {
        0 => json!([{ "id": format!("p{n}"), "parallel": [steps] }]),
        1 => json!([{ "id": format!("e{n}"), "for_each": [1], "as": format!("i{n}"), "steps": steps }]),
        _ => json!([{ "id": format!("t{n}"), "try": steps, "catch": [] }]),
    });
    let found = problems(&flow(deep));
    assert!(
        found[0].ends_with("steps are nested deeper than 32 levels"),
        "{found:#?}"
    );
    assert_eq!(found.len(), 1);
    let many = (0..20).map(|b| {
        (0..30)
            .map(|n| set(&format!("s{b}_{n}")))
            .collect::<Vec<_>>()
    });
    let many: Vec<Vec<Value>> = many.collect();
    let found = problems(&flow(json!([{ "id": "p", "parallel": many }])));
    assert_eq!(
        found,
        ["/steps/0/parallel/16/19: a flow has at most 500 steps"]
    );
}
