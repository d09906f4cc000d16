//! Whatever the flow and whatever happens to its run: `advance` gives a sensible transition, and runs come to an end.
#![allow(clippy::unwrap_used, clippy::result_large_err)]

mod house;
mod world;

use house::House;
use kernel::Timestamp;
use kernel::flow::{OnUnknown, Plan};
use kernel::id::RunId;
use kernel::run::{
    Context, Failure, Input, Joined, Next, Outcome, Output, Perform, Retriable, Run, Status,
    Transition, advance,
};
use kernel::usage::Used;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use std::time::Duration;

fn action() -> impl Strategy<Value = Value> {
    let action = select(vec![
        json!({ "do": "http.request", "with": { "url": "https://x.example/{{ x }}" } }),
        json!({ "do": "http.request", "with": { "url": "https://x.example/", "json": "{{ x | required }}" } }),
        json!({ "do": "sms.send", "with": { "to": "+1", "text": "{{ duration }}" } }),
        json!({ "do": "webhook.send", "with": { "url": "https://x.example/" }, "save": { "x": "{{ body.id }}" } }),
    ]);
    let fields = (
        1..4u32,
        any::<bool>(),
        any::<bool>(),
        option::of(select(vec!["duration > 60", "x == 1"])),
    );
    (action, fields).prop_map(|(mut step, (attempts, goes_on, always, condition))| {
        step["retry"] = json!({ "attempts": attempts });
        step["on_error"] = json!(if goes_on { "continue" } else { "stop" });
        step["run_when"] = json!(always.then_some("always"));
        step["if"] = json!(condition);
        step
    })
}

fn stop() -> impl Strategy<Value = Value> {
    select(vec!["succeeded", "failed"]).prop_map(|status| json!({ "stop": status }))
}

fn step() -> impl Strategy<Value = Value> {
    let set = select(vec![
        json!({ "set": { "x": 1 } }),
        json!({ "set": { "x": "{{ y | required }}" } }),
    ]);
    let wait = select(vec![
        json!({ "wait": { "for": "10m" } }),
        json!({ "wait": { "for": "{{ x }}m" }, "run_when": "always" }),
        json!({ "wait": { "window": { "from": "18:00", "zone": "UTC" } } }),
    ]);
    let call = select(vec![
        json!({ "flow": "sub", "with": { "given": "{{ x }}" }, "save": { "x": "{{ body.got }}" } }),
        json!({ "flow": "none", "on_error": "continue" }),
    ]);
    let leaf = prop_oneof![8 => action(), 2 => set, 1 => wait, 1 => call];
    leaf.prop_recursive(4, 16, 4, |inner| {
        let list = || vec(inner.clone(), 0..3);
        let branches =
            (list(), option::of(stop()), option::of(list())).prop_map(|(then, stop, otherwise)| {
                let then: Vec<Value> = then.into_iter().chain(stop).collect();
                json!({ "if": "duration > 60 and x != 2", "then": then, "else": otherwise })
            });
        let switch = (list(), list(), option::of(list())).prop_map(|(one, two, otherwise)| {
            let cases =
                json!([{ "if": "x == 1", "steps": one }, { "if": "duration > 60", "steps": two }]);
            json!({ "switch": cases, "else": otherwise })
        });
        let attempt = (list(), option::of(stop()), list(), any::<bool>()).prop_map(
            |(tried, stop, caught, always)| {
                let tried: Vec<Value> = tried.into_iter().chain(stop).collect();
                json!({ "try": tried, "catch": caught, "run_when": always.then_some("always") })
            },
        );
        let numbers = (option::of(1..3u32), option::of(1..3u32));
        let each = (vec(inner.clone(), 1..3), option::of(stop()), any::<[bool; 3]>(), numbers).prop_map(
            |(steps, stop, [goes_on, always, enough], (batch, parallel))| {
                let steps: Vec<Value> = steps.into_iter().chain(stop).collect();
                json!({
                    "for_each": "{{ list }}", "steps": steps, "batch": batch, "max": 3, "as": "NAME", "parallel": parallel,
                    "on_error": goes_on.then_some("continue"), "run_when": always.then_some("always"),
                    "stop_when": enough.then_some("index == 1"), "collect": { "all": "{{ x }}" },
                })
            },
        );
        let maybe = || stop().prop_map(|stop| json!({ "if": "x != 2", "then": [stop] }));
        let branch = || (list(), option::weighted(0.2, maybe()));
        let parallel = (vec(branch(), 1..4), any::<[bool; 3]>()).prop_map(|(branches, [goes_on, always, waits])| {
            let last_within_s = (waits && branches.len() > 1).then_some(60);
            let branches: Vec<Vec<Value>> = branches
                .into_iter()
                .map(|(steps, stop)| steps.into_iter().chain(stop).collect())
                .collect();
            json!({
                "parallel": branches, "last_within_s": last_within_s,
                "on_error": goes_on.then_some("continue"), "run_when": always.then_some("always"),
            })
        });
        prop_oneof![branches, switch, attempt, each, parallel]
    })
}

fn document() -> impl Strategy<Value = Value> {
    let lists = (
        vec(step(), 1..5),
        option::of(stop()),
        option::of(vec(step(), 0..3)),
    );
    lists.prop_map(|(steps, stop, on_failure)| {
        let steps: Vec<Value> = steps.into_iter().chain(stop).collect();
        let document = json!({ "name": "Any", "on": ["call.ended"], "steps": steps, "on_failure": on_failure });
        world::name_items(document)
    })
}

fn read(document: &Value) -> Plan {
    world::plan(document).unwrap_or_else(|problems| panic!("{document:#}\n{problems:#?}"))
}

fn plan() -> impl Strategy<Value = Plan> {
    document().prop_map(|document| read(&document))
}

/// The same flow with its loops one item after the other.
fn one_by_one(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(one_by_one),
        Value::Object(fields) => {
            fields.retain(|name, value| name != "parallel" || !value.is_number());
            fields.values_mut().for_each(one_by_one);
        }
        _ => {}
    }
}

fn outcome() -> impl Strategy<Value = Input> {
    let retry = prop_oneof![
        Just(Retriable::Yes),
        any::<u64>().prop_map(|seconds| Retriable::After(Duration::from_secs(seconds))),
        Just(Retriable::No),
        Just(Retriable::Unknown),
        Just(Retriable::Gone),
    ];
    let failure = retry.prop_map(|retry| {
        let (code, message) = ("any".to_owned(), "any".to_owned());
        Err(Failure {
            code,
            message,
            step: String::new(),
            status: None,
            output: None,
            retry,
        })
    });
    let output = any::<u8>().prop_map(|id| {
        Ok(Output {
            status: Some(200),
            headers: Value::Null,
            body: json!({ "id": id }),
        })
    });
    prop_oneof![output, failure].prop_map(|result| {
        let (started_at, ended_at) = (world::noon(), world::noon());
        Input::Performed(Box::new(Outcome {
            result,
            exchange: None,
            used: Used::default(),
            started_at,
            ended_at,
            queued: Duration::MAX,
        }))
    })
}

fn input() -> impl Strategy<Value = Input> {
    prop_oneof![
        8 => outcome(),
        3 => Just(Input::Woken),
        2 => Just(Input::Started),
        2 => (0..25u32).prop_map(|takeovers| Input::Resumed { takeovers }),
        1 => Just(Input::Cancelled),
        1 => Just(Input::Joined(Vec::new())),
        6 => joined(),
    ]
}

/// A child that nobody knows, until the test puts in one that is waited for.
fn joined() -> impl Strategy<Value = Input> {
    let status = select(vec![
        Status::Succeeded,
        Status::Failed,
        Status::Cancelled,
        Status::Waiting,
    ]);
    (status, any::<[bool; 2]>(), any::<u32>()).prop_map(|(status, [halted, enough], spare)| {
        Input::Joined(vec![Joined {
            child: RunId::new(7, 7, [7; 16]),
            status,
            failure: None,
            halted,
            enough,
            saved: world::object(json!({ "x": 5 })),
            steps: world::object(json!({ "x": 5 })),
            spare,
        }])
    })
}

fn take(plan: &Plan, event: &Value, run: Run, input: Input) -> Transition {
    take_at(world::noon(), plan, event, run, input)
}

fn take_at(now: Timestamp, plan: &Plan, event: &Value, run: Run, input: Input) -> Transition {
    let context = Context {
        plan,
        event: event.as_object().unwrap(),
        now,
    };
    advance(&context, run, input)
}

fn run() -> Run {
    Run::new(RunId::new(1, 2, [3; 16]))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_input_to_any_run_gives_a_transition(
        plan in plan(), inputs in vec(input(), 1..40), duration in 0..120u32,
    ) {
        let event = json!({ "duration": duration, "list": [1, 2, "three"] });
        let mut run = run();
        let mut handed_out: Option<String> = None;
        for (number, mut input) in inputs.into_iter().enumerate() {
            let before = run.clone();
            let alive = run.awaits();
            if let (Input::Joined(joined), false) = (&mut input, alive.is_empty()) {
                joined.iter_mut().for_each(|joined| joined.child = alive[number % alive.len()]);
            }
            let may_send_again = matches!(input, Input::Performed(_) | Input::Resumed { takeovers: 0 });
            let Transition { run: after, entries, next, cancel, .. } = take(&plan, &event, run, input);
            prop_assert!(cancel.iter().all(|child| alive.contains(child)));
            if before.status.is_final() {
                prop_assert_eq!(&after, &before);
                prop_assert!(entries.is_empty());
            }
            prop_assert_eq!(after.entries as usize, before.entries as usize + entries.len());
            match next {
                Next::Perform(perform) => {
                    prop_assert_eq!(after.status, Status::Running);
                    prop_assert_eq!(&after.cursor.as_ref().unwrap().step, &perform.step);
                    let once = perform.on_unknown == OnUnknown::Stop;
                    prop_assert_eq!(after.intent, once);
                    prop_assert!(may_send_again || handed_out.as_ref() != Some(&perform.key), "{} sent twice", perform.step);
                    handed_out = once.then_some(perform.key);
                }
                Next::Sleep { until } => {
                    prop_assert_eq!(after.status, Status::Waiting);
                    prop_assert!(until >= world::noon());
                    handed_out = None;
                }
                Next::Await { spawn, until } => {
                    prop_assert_eq!(after.status, Status::Waiting);
                    let awaited = after.awaits();
                    prop_assert!(!awaited.is_empty());
                    prop_assert!(spawn.iter().all(|child| awaited.contains(&child.run.id)));
                    prop_assert!(until.is_none_or(|until| until > world::noon()));
                    handed_out = None;
                }
                Next::AsBefore => prop_assert_eq!(&after, &before),
                Next::End => prop_assert!(after.status.is_final()),
            }
            prop_assert_eq!(&serde_json::from_value::<Run>(json!(after)).unwrap(), &after);
            run = after;
        }
    }

    #[test]
    fn any_flow_comes_to_its_end_with_all_its_children_and_the_keys_of_a_plain_one(
        document in document(), outcomes in vec(outcome(), 1..10), duration in 0..120u32, seed in any::<u64>(),
    ) {
        let run = |document: &Value| {
            let event = json!({ "duration": duration, "list": [1, 2, "three"] });
            let mut outcomes = outcomes.clone().into_iter().cycle();
            let world = |_: &Perform| match outcomes.next() {
                Some(Input::Performed(outcome)) => outcome.result,
                _ => unreachable!("only outcomes"),
            };
            let sub = json!([
                { "do": "http.request", "with": { "url": "https://sub.example/{{ given }}" }, "save": { "got": "{{ body.id }}" } },
            ]);
            let sub = json!({ "name": "Sub", "on": ["call.ended"], "steps": sub });
            let house = House::new(read(document), event, world).seeded(seed);
            let mut house = house.with("sub", read(&sub));
            house.run(20_000);
            house.check_counts();
            house.keys()
        };
        let keys = run(&document);
        let mut plain = document;
        one_by_one(&mut plain);
        for (path, key) in run(&plain) {
            prop_assert!(keys.get(&path).is_none_or(|other| *other == key), "{} has two keys", path);
        }
    }
}
