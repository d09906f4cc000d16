//! What is wrong with fields and their values: all of it at once, each in its place, within bounds.

use super::*;

#[test]
fn sixteen_mistakes_are_sixteen_problems_in_their_places() {
    let document = json!({
        "key": "CRM Lead",
        "name": 5,
        "on": ["call.ended", "call.endet"],
        "were": {},
        "where": { "campaigns": "Sales", "min_duration_s": -1, "numbers": ["+1*5"] },
        "steps": [
            { "id": "lead", "do": "htp.request", "timeout_s": 301 },
            { "id": "lead", "do": "http.request", "with": { "url": "https://x.example/", "jsn": {} } },
            { "id": "a b", "do": "http.request", "with": { "url": "https://x.example/" }, "on_error": "ignore" },
            { "id": "post", "do": "http.request", "with": { "json": { "list": ["{{ args.name }}"] } } },
            { "id": "wait", "wait": { "for": "ten minutes" } },
        ]
    });
    let found: Vec<String> = problems(&document);
    let paths: BTreeSet<&str> = found
        .iter()
        .map(|problem| problem.split(": ").next().unwrap())
        .collect();
    let expected = [
        "/key",
        "/name",
        "/on/1",
        "/were",
        "/where/campaigns",
        "/where/min_duration_s",
        "/where/numbers/0",
        "/steps/0/do",
        "/steps/0/timeout_s",
        "/steps/1/id",
        "/steps/1/with/jsn",
        "/steps/2/id",
        "/steps/2/on_error",
        "/steps/3/with/json/list/0",
        "/steps/3/with/url",
        "/steps/4/wait/for",
    ];
    assert_eq!(paths, BTreeSet::from(expected), "{found:#?}");
    assert_eq!((found.len(), expected.len()), (16, 16), "{found:#?}");
    for message in [
        "/on/1: there is no event kind `call.endet`; did you mean `call.ended`?",
        "/were: a flow has no field `were`; did you mean `where`?",
        "/steps/0/do: there is no action `htp.request`; did you mean `http.request`?",
        "/steps/1/with/jsn: `http.request` has no field `jsn`; did you mean `json`?",
        "/steps/4/wait/for: `ten minutes` is not a stretch of time such as `10m`, `2h 30m` or `3 days`",
    ] {
        assert!(found.contains(&message.to_owned()), "{message}\n{found:#?}");
    }
}

#[test]
fn what_is_missing_is_named_where_it_should_stand() {
    assert_eq!(
        problems(&json!({})),
        [
            "/name: a flow needs a `name`",
            "/on: a flow needs `on`: the event kinds that start it",
            "/steps: a flow needs `steps`",
        ]
    );
    assert_eq!(
        problems(&json!([])),
        [": a flow must be an object, not a list"]
    );
    assert_eq!(
        problems(&flow(
            json!([{ "do": "http.request" }, {"id": "b", "if": "duration"}, {"id": "c", "stop": {}}])
        )),
        [
            "/steps/0/id: a step needs an `id`",
            "/steps/0/with/url: `http.request` needs `url`",
            "/steps/1/then: an `if` step needs `then`: the steps to take when the condition holds",
            "/steps/2/stop/status: `stop` needs a `status`: `succeeded` or `failed`",
        ]
    );
}

#[test]
fn a_step_is_exactly_one_thing() {
    let message = one_problem(&flow(
        json!([{ "id": "a", "do": "http.request", "set": { "x": 1 } }]),
    ));
    assert_eq!(
        message,
        "/steps/0: a step is one thing: this one has `do` and `set`"
    );
    let message = one_problem(&flow(json!([{ "id": "a", "iff": "duration" }])));
    assert_eq!(
        message,
        "/steps/0: a step needs one of `do`, `switch`, `set`, `wait`, `try`, `for_each`, `parallel`, `flow`, `reply`, `stop`, `if`; did you mean `if`?"
    );
    let message = one_problem(&flow(
        json!([{ "id": "a", "set": { "x": 1 }, "if": "duration" }]),
    ));
    assert_eq!(message, "/steps/0/if: a `set` step has no field `if`");
}

#[test]
fn numbers_stay_within_their_bounds() {
    for (fields, path) in [
        (json!({ "timeout_s": 0 }), "/timeout_s"),
        (json!({ "timeout_s": 300.5 }), "/timeout_s"),
        (json!({ "timeout_s": "15" }), "/timeout_s"),
        (json!({ "retry": { "attempts": 21 } }), "/retry/attempts"),
        (json!({ "retry": { "attempts": 1.5 } }), "/retry/attempts"),
        (json!({ "retry": { "first_s": -1 } }), "/retry/first_s"),
        (
            json!({ "retry": { "first_s": 9, "max_s": 8 } }),
            "/retry/first_s",
        ),
        (json!({ "retry": { "factor": 0.5 } }), "/retry/factor"),
        (json!({ "retry": { "max_s": 86_401 } }), "/retry/max_s"),
        (json!({ "retry": 3 }), "/retry"),
        (json!({ "retry": { "tries": 3 } }), "/retry/tries"),
    ] {
        let message = one_problem(&flow(json!([step(fields)])));
        assert!(
            message.starts_with(&format!("/steps/0{path}: ")),
            "{message}"
        );
    }
    for fields in [
        json!({ "timeout_s": 300 }),
        json!({ "retry": { "first_s": 7200 } }),
        json!({ "retry": null }),
    ] {
        assert_eq!(problems(&flow(json!([step(fields)]))), [""; 0]);
    }
}

#[test]
fn a_flow_has_at_most_500_steps_and_32_levels() {
    let many = |count: usize| {
        flow(
            (0..count)
                .map(|n| json!({ "id": format!("s{n}"), "set": { "x": n } }))
                .collect(),
        )
    };
    assert!(plan(&many(500)).is_ok());
    assert_eq!(
        one_problem(&many(501)),
        "/steps/500: a flow has at most 500 steps"
    );

    let deep = |levels: usize| {
        let inner = json!([{ "id": "inner", "set": { "x": 1 } }]);
        flow((1..levels).fold(
            inner,
            |steps, n| json!([{ "id": format!("i{n}"), "if": "duration", "then": steps }]),
        ))
    };
    assert!(plan(&deep(32)).is_ok());
    let message = one_problem(&deep(33));
    assert!(
        message.ends_with("/then: steps are nested deeper than 32 levels"),
        "{message}"
    );
}

#[test]
fn what_an_action_says_about_its_inputs_carries_the_place() {
    let with = json!({ "url": "https://x.example/", "method": "GET", "json": {} });
    assert_eq!(
        one_problem(&flow(json!([step(json!({ "with": with }))]))),
        "/steps/0/with/json: a GET request has no body"
    );
}

#[test]
fn a_hostile_document_gives_a_bounded_list() {
    let document = json!({ "on": (0..1000).map(|n| format!("kind{n}")).collect::<Vec<_>>() });
    assert_eq!(problems(&document).len(), 201);
    let text = "x".repeat(100_000);
    assert!(
        problems(&json!({ &text: 1 }))
            .iter()
            .all(|problem| problem.len() < 100_300)
    );
}
