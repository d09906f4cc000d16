//! Branches, items side by side and sub-flows, run with all their children in a tiny engine.
#![allow(clippy::unwrap_used, clippy::result_large_err)]

mod house;
mod world;

use house::House;
use kernel::flow::Plan;
use kernel::run::{EntryKind, Failure, Output, Perform, Retriable, Run, Status};
use serde_json::{Value, json};
use std::cell::Cell;

fn plan(steps: Value) -> Plan {
    plan_on("call.ended", steps)
}

fn plan_on(kind: &str, steps: Value) -> Plan {
    let document = json!({ "name": "A flow", "on": [kind], "steps": steps });
    world::plan(&document).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn get(id: &str, url: &str) -> Value {
    json!({ "id": id, "do": "http.request", "with": { "url": url }, "save": { "got": "{{ body }}" } })
}

/// Answers with the URL; one that has `fail` in it is refused.
#[allow(clippy::unnecessary_wraps)]
fn echo(perform: &Perform) -> Result<Output, Failure> {
    let url = perform.with["url"].clone();
    if url.as_str().unwrap().contains("fail") {
        return Err(Failure {
            code: "refused".into(),
            message: format!("refused {}", url.as_str().unwrap()),
            step: String::new(),
            status: Some(400),
            output: None,
            retry: Retriable::No,
        });
    }
    Ok(Output {
        status: Some(200),
        headers: Value::Null,
        body: url,
    })
}

/// Whatever order things happen in, the run ends the same way.
fn always(steps: Value, event: Value, check: impl Fn(&Run, &House<'_>)) {
    for seed in 1..40 {
        let mut house = House::new(plan(steps.clone()), event.clone(), echo).seeded(seed * 7919);
        let run = house.run(5_000);
        house.check_counts();
        check(&run, &house);
    }
}

#[test]
fn branches_give_back_what_they_saved_and_the_later_one_counts() {
    let steps = json!([
        { "id": "before", "set": { "x": 0, "kept": 1 } },
        { "id": "p", "parallel": [
            [get("a", "https://a.example/{{ x }}"), { "id": "a2", "set": { "x": "{{ got }}", "a": 1 } }],
            [get("b", "https://b.example/{{ x }}"), { "id": "b2", "set": { "x": "{{ steps.b.status }}" } }],
            [],
        ]},
        { "id": "after", "set": { "all": "{{ x }} {{ a }} {{ kept }} {{ steps.a.body }} {{ got }}" } },
    ]);
    always(steps, json!({}), |run, _| {
        assert_eq!(run.status, Status::Succeeded);
        assert_eq!(
            run.saved["all"],
            "200 1 1 https://a.example/0 https://b.example/0"
        );
    });
}

#[test]
fn items_side_by_side_keep_their_order_their_bound_and_their_keys() {
    let steps = |parallel: Value| {
        json!([{ "id": "rows", "for_each": "{{ contact.rows }}", "as": "row", "parallel": parallel, "collect": { "all": "{{ mine }}" }, "steps": [
            { "id": "cells", "for_each": "{{ row }}", "as": "cell", "parallel": parallel, "collect": { "mine": "{{ got }}" }, "steps": [
                get("get", "https://x.example/{{ index }}/{{ cell }}") ] },
            { "id": "p", "parallel": [[get("one", "https://one.example/{{ index }}")], [get("two", "https://two.example/{{ mine.0 }}")]] },
        ]}])
    };
    let event = json!({ "contact": { "rows": [[1, 2, 3], [], [4], [5, 6], [7]] } });
    let mut plain = House::new(plan(steps(Value::Null)), event.clone(), echo);
    let plain_run = plain.run(5_000);
    assert_eq!(plain.runs.len(), 11, "two branches for each row");
    always(steps(json!(2)), event, |run, house| {
        assert_eq!(run.status, Status::Succeeded);
        assert_eq!(run.saved, plain_run.saved);
        assert_eq!(house.keys(), plain.keys());
        assert_eq!(house.alive, 2);
        assert_eq!(house.runs.len(), 11 + 5 + 7);
    });
}

#[test]
fn a_child_that_fails_ends_the_others_unless_told_to_go_on() {
    let steps = |on_error: &str| {
        json!([
            { "id": "each", "for_each": ["a", "fail", "c", "d", "e"], "parallel": 2, "on_error": on_error, "steps": [
                get("get", "https://x.example/{{ item }}"), { "id": "w", "wait": { "for": "1h" } }, get("more", "https://y.example/") ] },
        ])
    };
    always(steps("stop"), json!({}), |run, house| {
        assert_eq!(run.status, Status::Failed);
        let failure = run.failure.as_ref().unwrap();
        assert_eq!(
            (failure.code.as_str(), failure.step.as_str()),
            ("refused", "get")
        );
        let ended = |status| {
            house
                .runs
                .values()
                .filter(|(_, run)| run.status == status)
                .count()
        };
        assert_eq!((ended(Status::Cancelled), ended(Status::Failed)), (1, 2));
    });
    always(steps("continue"), json!({}), |run, house| {
        assert_eq!(run.status, Status::Succeeded);
        let (_, entry) = house.entries.last().unwrap();
        assert_eq!(
            entry.detail,
            json!({ "in": 5, "ok": 4, "failed": 1, "skipped": 0 })
        );
    });
}

#[test]
fn a_stop_in_a_branch_is_one_of_the_run() {
    let steps = json!([
        { "id": "p", "on_error": "continue", "parallel": [
            [{ "id": "w", "wait": { "for": "1h" } }],
            [{ "id": "q", "parallel": [[get("g", "https://x.example/")], [{ "id": "s", "stop": { "status": "failed", "reason": "enough" } }]] }],
        ]},
        { "id": "never", "set": { "never": 1 } },
        { "id": "last", "run_when": "always", "set": { "last": 1 } },
    ]);
    always(steps, json!({}), |run, _| {
        assert_eq!(run.status, Status::Failed);
        assert_eq!(run.failure.as_ref().unwrap().message, "enough");
        assert!(run.saved.contains_key("last") && !run.saved.contains_key("never"));
    });
}

#[test]
fn items_are_begun_until_one_is_enough() {
    let steps = json!([
        { "id": "each", "for_each": [1, 2, 3, 4, 5, 6], "parallel": 2, "stop_when": "item == 2", "steps": [get("get", "https://x.example/{{ item }}")] },
        { "id": "count", "set": { "counts": "{{ steps.each }}" } },
    ]);
    let most = Cell::new(0);
    always(steps, json!({}), |run, _| {
        assert_eq!(run.status, Status::Succeeded);
        let counts = &run.saved["counts"];
        assert_eq!((&counts["in"], &counts["failed"]), (&json!(6), &json!(0)));
        most.set(most.get().max(counts["skipped"].as_u64().unwrap()));
    });
    // The other one may have gone through all the rest, or not have begun yet.
    assert_eq!(most.get(), 4);
}

#[test]
fn a_sub_flow_gets_inputs_and_gives_back_what_it_saved() {
    let main = json!([
        { "id": "each", "for_each": ["Ada", "Bob"], "as": "who", "collect": { "found": "{{ contact_id }}" }, "steps": [
            { "id": "find", "flow": "Find", "with": { "name": "{{ who }}" }, "save": { "contact_id": "{{ body.id }}" } },
        ]},
        { "id": "none", "flow": "Gone", "on_error": "continue" },
        { "id": "t", "try": [{ "id": "bad", "flow": "Find", "with": { "name": "fail" } }], "catch": [{ "id": "c", "set": { "caught": "{{ error.step }}: {{ error.message }}" } }] },
        { "id": "say", "set": { "why": "{{ steps.none.error.message }}" } },
    ]);
    let find = json!([
        get("get", "https://crm.example/{{ name }}/{{ caller_number }}"),
        { "id": "id", "set": { "id": "{{ got }}", "who": "{{ who }}" } },
        { "id": "stop", "stop": "succeeded" },
    ]);
    let event = json!({ "caller_number": "+1" });
    let mut house = House::new(plan(main), event, echo).with("Find", plan(find));
    let run = house.run(1_000);
    assert_eq!(run.status, Status::Succeeded);
    assert_eq!(
        run.saved["found"],
        json!([
            "https://crm.example/Ada/%2B1",
            "https://crm.example/Bob/%2B1"
        ])
    );
    assert_eq!(run.saved["why"], "there is no such flow");
    assert_eq!(
        run.saved["caught"],
        "bad: refused https://crm.example/fail/%2B1"
    );
    let paths: Vec<String> = house.keys().into_keys().collect();
    assert_eq!(
        paths,
        ["bad/0/get", "each/0/find/0/get", "each/1/find/0/get"]
    );
}

#[test]
fn a_flow_that_calls_itself_ends_at_the_depth_limit() {
    let own = json!([get("get", "https://x.example/"), { "id": "again", "flow": house::ROOT }]);
    let mut house = House::new(plan(own), json!({}), echo);
    let run = house.run(1_000);
    assert_eq!(run.status, Status::Failed);
    let failure = run.failure.unwrap();
    assert_eq!(
        (failure.code.as_str(), failure.message.as_str()),
        ("too_deep", "sub-flows are nested deeper than 8")
    );
    assert_eq!((house.runs.len(), house.sent.len()), (9, 9));
}

#[test]
fn a_bomb_of_sub_flows_ends_at_the_bound_of_all_runs() {
    let bomb = json!([
        { "id": "each", "for_each": (0..40).collect::<Vec<_>>(), "parallel": 20, "on_error": "continue", "steps": [
            { "id": "again", "flow": house::ROOT, "on_error": "continue" }] },
    ]);
    let mut house = House::new(plan(bomb), json!({}), echo);
    let run = house.run(200_000);
    assert_eq!(run.status, Status::Succeeded);
    assert!(
        (1_000..=10_001).contains(&house.runs.len()),
        "{}",
        house.runs.len()
    );
    let codes = house
        .entries
        .iter()
        .filter_map(|(_, entry)| entry.error.as_ref());
    assert!(codes.into_iter().any(|error| error.code == "too_many_runs"));
}

#[test]
fn a_list_with_more_items_than_runs_are_left_is_refused() {
    let list: Vec<u32> = (0..10_000).collect();
    let each = |inner: Value| json!([{ "id": "p", "parallel": [[{ "id": "each", "for_each": list, "max": 10_000, "parallel": 50, "steps": inner }]] }]);
    let mut house = House::new(
        plan(each(json!([{ "id": "s", "set": { "x": 1 } }]))),
        json!({}),
        echo,
    );
    let run = house.run(100);
    assert_eq!(run.failure.unwrap().code, "too_many_runs");
}

#[test]
fn a_walk_through_many_items_pauses_and_a_run_has_an_end() {
    let list: Vec<u32> = (0..1_000).collect();
    let inner = json!([{ "id": "set", "set": { "x": 1 } }]);
    let each = |id: &str, name: &str, steps: &Value| json!([{ "id": id, "for_each": list, "as": name, "steps": steps }]);
    let mut house = House::new(plan(each("a", "a", &inner)), json!({}), echo);
    assert_eq!(house.run(10).status, Status::Succeeded);
    assert!(house.transitions > 1);
    let endless = each("c", "c", &each("b", "b", &each("a", "a", &inner)));
    let mut house = House::new(plan(endless), json!({}), echo);
    let run = house.run(1_000);
    assert_eq!(run.failure.unwrap().code, "too_many_steps");
    assert_eq!(house.entries.len(), 100_001);
}

#[test]
fn failures_in_failures_in_failures_stay_small() {
    let deep = (0..30).fold(json!([get("last", "https://x.example/fail")]), |steps, n| {
        json!([
            get(&format!("g{n}"), "https://x.example/fail"),
            { "id": format!("t{n}"), "run_when": "always", "try": steps, "catch": [get(&format!("c{n}"), "https://x.example/fail")] },
        ])
    });
    let mut house = House::new(plan(deep), json!({}), echo);
    let run = house.run(1_000);
    assert_eq!(run.failure.unwrap().step, "g29");
    assert!(house.largest < 100_000, "{}", house.largest);
}

#[test]
fn what_children_give_back_is_bounded_like_all_that_a_run_keeps() {
    let large = "x".repeat(200 * 1024);
    let big = |_: &Perform| {
        Ok(Output {
            status: Some(200),
            headers: Value::Null,
            body: large.clone().into(),
        })
    };
    let branches: Vec<Value> = (0..30)
        .map(|n| json!([{ "id": format!("b{n}"), "do": "http.request", "with": { "url": "https://x.example/" }, "save": { format!("v{n}"): "{{ body }}" } }]))
        .collect();
    let mut house = House::new(
        plan(json!([{ "id": "p", "parallel": branches }])),
        json!({}),
        big,
    );
    let run = house.run(1_000);
    assert_eq!(run.failure.unwrap().code, "output_too_large");
    let each = json!([{ "id": "each", "for_each": [1, 2, 3], "parallel": 3, "on_error": "continue", "collect": { "all": "{{ got }}" }, "steps": [get("get", "https://x.example/")] }]);
    let mut house = House::new(plan(each), json!({}), big);
    assert_eq!(house.run(1_000).status, Status::Succeeded);
    let mut ended = house
        .entries
        .iter()
        .filter(|(_, entry)| entry.kind == EntryKind::ForEach);
    let (_, entry) = ended.next_back().unwrap();
    assert_eq!(
        entry.detail,
        json!({ "in": 3, "ok": 1, "failed": 2, "skipped": 0 })
    );
}

#[test]
fn a_list_of_a_thousand_items_is_taken_and_one_more_needs_a_max() {
    let each = |max: Value| {
        let mut each = json!({ "id": "each", "for_each": "{{ contact.list }}", "steps": [{ "id": "a", "set": { "x": "{{ item }}" } }] });
        if !max.is_null() {
            each["max"] = max;
        }
        json!([each])
    };
    let list = |length: u32| json!({ "contact": { "list": (1..=length).collect::<Vec<_>>() } });
    let code = |max: Value, length: u32| {
        let mut house = House::new(plan(each(max)), list(length), echo);
        let run = house.run(5_000);
        run.failure.map(|failure| failure.code)
    };
    assert_eq!(code(Value::Null, 1_000), None);
    assert_eq!(code(Value::Null, 1_001).as_deref(), Some("too_many_items"));
    assert_eq!(code(json!(1_001), 1_001), None);
}

#[test]
fn the_first_reply_is_the_answer_and_one_of_a_sub_flow_is_none() {
    let reply = |text: &str| json!({ "id": text, "reply": { "said": text } });
    let called = plan_on("tool.called", json!([reply("of_a_sub_flow")]));
    let steps = json!([
        { "id": "call", "flow": "called" },
        reply("first"),
        reply("second"),
    ]);
    let plan = plan_on("tool.called", steps);
    let mut house = House::new(plan, json!({}), echo).with("called", called);
    let run = house.run(5_000);
    assert_eq!(run.status, Status::Succeeded);
    assert_eq!(house.reply, Some(json!({ "said": "first" })));
    let replies = house.entries.iter();
    let replies = replies.filter(|(_, entry)| entry.kind == EntryKind::Reply);
    assert_eq!(replies.count(), 3, "each is told in its journal");
}
