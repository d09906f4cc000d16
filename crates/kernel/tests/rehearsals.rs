//! Rehearsals: the same steps as a real run, in memory, in order, with an end.
#![allow(clippy::unwrap_used, clippy::result_large_err)]

mod house;
mod world;

use house::House;
use kernel::Scope;
use kernel::flow::Plan;
use kernel::id::RunId;
use kernel::rehearse::{Ended, Flows, Limits, Rehearsal, Role};
use kernel::run::{Failure, Outcome, Output, Perform, Retriable, Run, Status};
use kernel::usage::Used;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use std::time::Duration;

struct Part {
    plan: Plan,
    event: Map<String, Value>,
}

impl Role for Part {
    fn plan(&self) -> &Plan {
        &self.plan
    }
    fn scope(&self) -> &dyn Scope {
        &self.event
    }
}

const LIMITS: Limits = Limits {
    lines: 500,
    calls: 100,
    bytes: 1 << 20,
};

fn plan(steps: Value) -> Plan {
    let document = json!({ "name": "A flow", "on": ["call.ended"], "steps": steps });
    world::plan(&document).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn answer(perform: &Perform) -> Result<Output, Failure> {
    let url = perform.with["url"].clone();
    let failing = url.as_str().unwrap().contains("fail");
    match failing {
        true => Err(Failure {
            code: "http_status".into(),
            message: "the receiver answered 500".into(),
            step: String::new(),
            status: Some(500),
            output: None,
            retry: Retriable::Yes,
        }),
        false => Ok(Output {
            status: Some(200),
            headers: Value::Null,
            body: url,
        }),
    }
}

fn outcome(result: Result<Output, Failure>) -> Outcome {
    Outcome {
        result,
        exchange: None,
        used: Used::default(),
        started_at: world::noon(),
        ended_at: world::noon(),
        queued: Duration::ZERO,
    }
}

fn rehearse_with(plan: Plan, saved: Value, flows: &Flows<'_, Part>, limits: Limits) -> Ended {
    let event =
        world::object(json!({ "duration": 125, "contact": { "email": "ada@example.com" } }));
    let role = Arc::new(Part { plan, event });
    let id = RunId::new(1_763_000_000_000, 7, [1; 16]);
    let saved = world::object(saved);
    let mut rehearsal = Rehearsal::new(role, id, saved, flows, limits);
    while let Some(ask) = rehearsal.next(world::noon()) {
        rehearsal.answer(outcome(answer(&ask.perform)), world::noon());
    }
    rehearsal.finish().unwrap()
}

fn rehearse(steps: Value) -> Ended {
    rehearse_with(plan(steps), json!({}), &|_| None, LIMITS)
}

fn shown(ended: &Ended) -> Vec<String> {
    let line = |line: &kernel::rehearse::Line| {
        let result = serde_json::to_value(line.entry.result).unwrap();
        format!("{} {}", line.path(), result.as_str().unwrap())
    };
    ended.lines.iter().map(line).collect()
}

fn get(id: &str, url: &str) -> Value {
    json!({ "id": id, "do": "http.request", "with": { "url": url }, "save": { "got": "{{ body }}" } })
}

#[test]
fn steps_and_children_are_taken_in_the_order_of_the_document() {
    let ended = rehearse(json!([
        { "id": "p", "parallel": [[get("a", "https://a.example")], [get("b", "https://b.example"), { "id": "b2", "set": { "b": "{{ got }}" } }]] },
        { "id": "each", "for_each": [1, 2, 3], "parallel": 2, "steps": [get("c", "https://c.example/{{ item }}")] },
        { "id": "loop", "for_each": [1, 2], "as": "x", "steps": [get("d", "https://d.example/{{ x }}")] },
        { "id": "last", "set": { "all": "{{ b }}" } },
    ]));
    let expected = [
        "a ok",
        "b ok",
        "b2 ok",
        "p ok",
        "each/0/c ok",
        "each/1/c ok",
        "each/2/c ok",
        "each ok",
        "loop/0/d ok",
        "loop/1/d ok",
        "loop ok",
        "last ok",
    ];
    assert_eq!(shown(&ended), expected);
    assert_eq!(ended.run.status, Status::Succeeded);
    assert_eq!(ended.run.saved["all"], "https://b.example");
}

#[test]
fn a_rehearsal_sends_and_saves_what_the_run_would() {
    let flows = [
        json!([get("a", "https://a.example"), { "id": "s", "set": { "x": "{{ steps.a.status }}" } }, get("b", "https://b.example/{{ x }}")]),
        json!([{ "id": "t", "try": [get("a", "https://fail.example"), get("never", "https://n.example")],
                 "catch": [{ "id": "c", "set": { "why": "{{ error.code }}" } }] }]),
        json!([{ "id": "e", "for_each": ["x", "fail", "y"], "as": "it", "on_error": "continue", "parallel": 3,
                 "steps": [get("c", "https://c.example/{{ it }}")], "collect": { "urls": "{{ got }}" } }]),
        json!([{ "id": "p", "parallel": [[{ "id": "s", "set": { "s": 1 } }], [get("b", "https://b.example")]] },
               { "id": "never", "set": { "x": 1 } }]),
        json!([{ "id": "w", "wait": { "for": "10m" } }, get("a", "https://a.example/{{ now }}")]),
    ];
    for steps in flows {
        let event = json!({ "duration": 125, "contact": { "email": "ada@example.com" } });
        let mut house = House::new(plan(steps.clone()), event, |perform| {
            answer(perform).map_err(|failure| Failure {
                retry: Retriable::No,
                ..failure
            })
        });
        let run: Run = house.run(1_000);
        let ended = rehearse(steps.clone());
        assert_eq!(
            (ended.run.status, &ended.run.saved),
            (run.status, &run.saved),
            "{steps}"
        );
        assert_eq!(
            ended.run.failure.map(|f| f.code),
            run.failure.map(|f| f.code),
            "{steps}"
        );
    }
}

#[test]
fn a_wait_passes_at_once_and_is_told_and_time_goes_on_behind_it() {
    let ended = rehearse(json!([
        { "id": "w", "wait": { "for": "2h" } },
        { "id": "s", "set": { "at": "{{ now }}" } },
    ]));
    assert_eq!(ended.lines[0].waited(), Some(Duration::from_secs(7_200)));
    assert_eq!(ended.run.saved["at"], "2026-11-20T14:00:00Z");
}

#[test]
fn what_a_run_would_try_again_fails_at_once_and_says_so() {
    let ended = rehearse(json!([get("a", "https://fail.example")]));
    assert_eq!(shown(&ended), ["a failed"]);
    assert!(ended.lines[0].entry.warnings[0].contains("try this again"));
    assert_eq!(ended.run.failure.unwrap().status, Some(500));
}

#[test]
fn a_sub_flow_is_rehearsed_too_and_one_that_is_not_there_fails_its_step() {
    let child = plan(json!([{ "id": "x", "set": { "y": "{{ given | upper }}" } }]));
    let child = Arc::new(Part {
        plan: child,
        event: Map::new(),
    });
    let flows = |name: &str| (name == "Child").then(|| child.clone());
    let steps = |name: &str| {
        plan(
            json!([{ "id": "f", "flow": name, "with": { "given": "ab" }, "save": { "z": "{{ body.y }}" } }]),
        )
    };
    let ended = rehearse_with(steps("Child"), json!({}), &flows, LIMITS);
    assert_eq!(ended.run.saved["z"], "AB");
    assert_eq!(shown(&ended), ["f/0/x ok", "f ok"]);
    let ended = rehearse_with(steps("Gone"), json!({}), &flows, LIMITS);
    assert_eq!(ended.run.failure.unwrap().code, "flow_gone");
}

#[test]
fn it_is_cut_short_at_each_of_its_limits() {
    let many = || json!([{ "id": "e", "for_each": [1, 2, 3, 4, 5, 6, 7, 8], "steps": [get("c", "https://c.example/{{ item }}")] }]);
    for limits in [
        Limits { calls: 3, ..LIMITS },
        Limits { lines: 3, ..LIMITS },
        Limits {
            bytes: 1_000,
            ..LIMITS
        },
    ] {
        let ended = rehearse_with(plan(many()), json!({}), &|_| None, limits);
        assert!(ended.cut.is_some(), "{limits:?}");
        assert!(ended.lines.len() < 8 && !ended.lines.is_empty());
    }
    assert_eq!(rehearse(many()).cut, None);
}

#[test]
fn one_step_is_taken_alone_wherever_it_stands() {
    let whole = plan(json!([
        get("first", "https://first.example"),
        { "id": "if", "if": "got == 'yes'", "then": [get("then", "https://then.example/{{ x }}"), get("then2", "https://t2.example")],
          "else": [get("else", "https://else.example")] },
        { "id": "each", "for_each": "{{ list }}", "steps": [get("inner", "https://inner.example/{{ item.n }}/{{ index }}"),
          { "id": "deep", "if": "item.n > 1", "then": [get("deeper", "https://deeper.example/{{ steps.inner.status }}")] }] },
        { "id": "try", "try": [get("bad", "https://fail.example")], "catch": [{ "id": "caught", "set": { "why": "{{ error.code }}" } }] },
        get("last", "https://last.example"),
    ]));
    let saved = json!({ "x": 7, "got": "yes", "list": [{ "n": 1 }, { "n": 2 }], "item": { "n": 5 }, "index": 3,
                        "steps": { "inner": { "status": 201 } } });
    for (step, expected) in [
        ("first", vec!["first ok"]),
        ("then", vec!["then ok"]),
        ("if", vec!["if ok", "then ok", "then2 ok"]),
        ("inner", vec!["inner ok"]),
        ("deep", vec!["deep ok", "deeper ok"]),
        (
            "each",
            vec![
                "each/0/inner ok",
                "each/0/deep ok",
                "each/1/inner ok",
                "each/1/deep ok",
                "each/1/deeper ok",
                "each ok",
            ],
        ),
        ("bad", vec!["bad failed"]),
        ("try", vec!["bad failed", "try ok", "caught ok"]),
        ("last", vec!["last ok"]),
    ] {
        let alone = whole.alone(step).unwrap();
        let ended = rehearse_with(alone, saved.clone(), &|_| None, LIMITS);
        assert_eq!(shown(&ended), expected, "{step}");
        if step == "inner" {
            assert_eq!(ended.run.saved["got"], "https://inner.example/5/3");
        }
    }
    assert!(whole.alone("nothing").is_none());
}
