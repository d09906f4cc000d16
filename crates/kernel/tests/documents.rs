//! What a flow document may say, and how all that is wrong with it comes back at once with its place.
#![allow(clippy::unwrap_used)]

mod world;

use kernel::flow::{self, compile, complete_ids, fields};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use world::{World, plan, problems};

fn flow(steps: Value) -> Value {
    json!({ "name": "A flow", "on": ["call.ended"], "steps": steps })
}

fn step(fields: Value) -> Value {
    let mut step =
        json!({ "id": "a", "do": "http.request", "with": { "url": "https://example.com/" } });
    step.as_object_mut().unwrap().extend(world::object(fields));
    step
}

fn one_problem(document: &Value) -> String {
    let problems = problems(document);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    problems.into_iter().next().unwrap()
}

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
fn a_reserved_name_is_not_saved_over() {
    for name in [
        "duration",
        "outcome",
        "steps",
        "secrets",
        "item",
        "now",
        "flow_name",
        "body",
        "error",
        "args",
    ] {
        let message = one_problem(&flow(json!([{ "id": "a", "set": { name: 1 } }])));
        assert_eq!(
            message,
            format!("/steps/0/set/{name}: `{name}` is a reserved name: save under another one")
        );
    }
    let message = one_problem(&flow(json!([step(json!({ "save": { "lead/id": 1 } }))])));
    assert!(
        message.starts_with("/steps/0/save/lead~1id: `lead/id` is no name"),
        "{message}"
    );
}

#[test]
fn a_path_that_cannot_exist_is_refused_and_an_unknown_name_is_a_warning() {
    let read = |on: Value, text: &str| json!({ "name": "A flow", "on": on, "steps": [step(json!({ "with": { "url": "https://x.example/", "json": { "a": { "b": text } } } }))] });
    let message = one_problem(&read(
        json!(["call.dialing"]),
        "Budget: {{ outcome.budget }}",
    ));
    assert_eq!(
        message,
        "/steps/0/with/json/a/b: `outcome.budget` cannot exist here: it is known only after the call"
    );
    let warned = plan(&read(
        json!(["call.dialing", "call.ended"]),
        "{{ outcome.budget }}",
    ))
    .unwrap();
    assert_eq!(
        warned.warnings[0].message,
        "`outcome.budget` is missing at call.dialing: it is known only after the call"
    );
    let warned = plan(&read(json!(["call.ended"]), "{{ order_id }}")).unwrap();
    assert_eq!(warned.warnings.len(), 1);
    assert_eq!(warned.warnings[0].path, "/steps/0/with/json/a/b");
    assert_eq!(
        warned.warnings[0].message,
        "`order_id` is not a name that is known here"
    );
    assert_eq!(
        plan(&read(json!(["call.ended"]), "{{ execution_id }} {{ now }}"))
            .unwrap()
            .warnings,
        []
    );
}

#[test]
fn names_of_the_kernel_are_known_only_in_their_places() {
    let text = |text: &str| step(json!({ "with": { "url": "https://x.example/", "json": text } }));
    for (expression, message) in [
        (
            "{{ error.code }}",
            "`error` is known only in `catch` and in `on_failure`",
        ),
        ("{{ item.name }}", "`item` is known only in a loop"),
        ("{{ steps.b.body }}", "there is no step `b`"),
        ("{{ steps.1.body }}", "there is no step `1`"),
        (
            "{{ steps.a.boddy }}",
            "the output of step `a` has no `boddy`; did you mean `body`?",
        ),
    ] {
        assert_eq!(
            one_problem(&flow(json!([text(expression)]))),
            format!("/steps/0/with/json: {message}")
        );
    }
    let message = one_problem(&flow(
        json!([{ "id": "a", "set": { "x": "{{ steps.a.body }}" } }]),
    ));
    assert_eq!(message, "/steps/0/set/x: step `a` leaves no output");
    let mut document = flow(json!([step(
        json!({ "save": { "id": "{{ body.id }}", "server": "{{ headers.server }}" } })
    )]));
    document["on_failure"] = json!([{ "id": "b", "do": "email.send", "with": { "to": "x", "text": "{{ error.code }}" } }]);
    assert_eq!(plan(&document).unwrap().warnings, []);
}

#[test]
fn a_secret_may_stand_only_where_it_leaves_in_a_request() {
    let with = |with: Value| flow(json!([step(json!({ "with": with }))]));
    let headers = json!({ "url": "https://x.example/{{ secrets.a }}", "headers": { "X": "{{ secrets.b }}" } });
    assert!(plan(&with(headers)).is_ok());
    for (document, path) in [
        (
            flow(json!([{ "id": "a", "set": { "x": "{{ secrets.a }}" } }])),
            "/steps/0/set/x",
        ),
        (
            flow(json!([step(json!({ "save": { "x": "{{ secrets.a }}" } }))])),
            "/steps/0/save/x",
        ),
        (
            flow(json!([step(json!({ "if": "secrets.a == 'x'" }))])),
            "/steps/0/if",
        ),
        (
            flow(
                json!([{ "id": "a", "do": "sms.send", "with": { "to": "+1", "text": "{{ secrets.a }}" } }]),
            ),
            "/steps/0/with/text",
        ),
    ] {
        let message = one_problem(&document);
        assert!(
            message.starts_with(&format!("{path}: `secrets.a")),
            "{message}"
        );
    }
}

#[test]
fn a_step_after_a_stop_is_never_reached() {
    let stop = json!({ "id": "stop", "stop": "succeeded" });
    let never = "this step is never reached: the step before it always stops the flow";
    assert_eq!(
        one_problem(&flow(json!([stop, step(json!({}))]))),
        format!("/steps/1: {never}")
    );
    assert!(plan(&flow(json!([stop, step(json!({ "run_when": "always" }))]))).is_ok());
    let both = json!({ "id": "if", "if": "duration", "then": [stop], "else": [{ "id": "stop2", "stop": "failed" }] });
    assert_eq!(
        one_problem(&flow(json!([both, step(json!({}))]))),
        format!("/steps/1: {never}")
    );
    let one = json!({ "id": "if", "if": "duration", "then": [stop] });
    assert!(plan(&flow(json!([one, step(json!({}))]))).is_ok());
}

#[test]
fn a_reply_needs_somebody_who_asks() {
    let mut document = flow(json!([{ "id": "a", "reply": { "x": 1 } }]));
    assert!(one_problem(&document).starts_with("/steps/0/reply: nobody waits for a reply here"));
    document["on"] = json!(["call.ended", "tool.called"]);
    assert!(plan(&document).is_ok());
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

#[test]
fn ids_are_given_once_and_kept() {
    let mut document = json!({
        "steps": [
            { "do": "http.request" },
            { "set": { "x": 1 } },
            { "if": "duration", "then": [{ "do": "http.request" }], "else": [{ "id": "step1", "set": {} }] },
            { "id": null, "do": "http.request" },
        ],
        "on_failure": [{ "do": "email.send" }, { "id": "http_request_2", "do": "http.request" }]
    });
    complete_ids(&mut document);
    let ids = |pointer: &str| {
        document.pointer(pointer).unwrap()["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(ids("/steps/0"), "http_request");
    assert_eq!(ids("/steps/1"), "step2");
    assert_eq!(ids("/steps/2"), "step3");
    assert_eq!(ids("/steps/2/then/0"), "http_request_3");
    assert_eq!(ids("/steps/2/else/0"), "step1");
    assert_eq!(ids("/steps/3"), "http_request_4");
    assert_eq!(ids("/on_failure/0"), "email_send");
    assert_eq!(
        document["steps"][0]
            .as_object()
            .unwrap()
            .keys()
            .next()
            .unwrap(),
        "id"
    );
    let again = {
        let mut again = document.clone();
        complete_ids(&mut again);
        again
    };
    assert_eq!(again, document);
}

#[test]
fn a_plan_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>(_: &T) {}
    shared(&compile(&flow(json!([step(json!({}))])), &World::new()).unwrap());
}

#[test]
fn the_json_schema_names_the_fields_that_the_reader_knows() {
    let schema: Value = serde_json::from_str(flow::JSON_SCHEMA).unwrap();
    let named = |pointer: &str| -> BTreeSet<String> {
        schema
            .pointer(pointer)
            .unwrap_or_else(|| panic!("{pointer}"))
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect()
    };
    for (pointer, known) in [
        ("/properties", fields::FLOW),
        ("/$defs/where/properties", fields::WHERE),
        ("/$defs/do/properties", fields::DO),
        ("/$defs/if/properties", fields::IF),
        ("/$defs/switch/properties", fields::SWITCH),
        ("/$defs/case/properties", fields::CASE),
        ("/$defs/set/properties", fields::SET),
        ("/$defs/try/properties", fields::TRY),
        ("/$defs/for_each/properties", fields::EACH),
        ("/$defs/parallel/properties", fields::PARALLEL),
        ("/$defs/flow/properties", fields::CALL),
        ("/$defs/wait/properties", fields::WAIT),
        (
            "/$defs/wait/properties/wait/properties",
            fields::WAIT_OBJECT,
        ),
        ("/$defs/window/properties", fields::WINDOW),
        ("/$defs/reply/properties", fields::REPLY),
        ("/$defs/stop/properties", fields::STOP),
        (
            "/$defs/stop/properties/stop/oneOf/1/properties",
            fields::STOP_OBJECT,
        ),
        ("/$defs/retry/properties", fields::RETRY),
    ] {
        assert_eq!(
            named(pointer),
            known.iter().map(|name| (*name).to_owned()).collect(),
            "{pointer}"
        );
    }
}

#[test]
fn the_example_in_the_json_schema_is_a_flow() {
    let schema: Value = serde_json::from_str(flow::JSON_SCHEMA).unwrap();
    assert_eq!(problems(&schema["examples"][0]), [""; 0]);
}
