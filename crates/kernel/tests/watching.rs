//! Flows that watch others: what starts them, what they may say, and what a run that fails raises.
#![allow(clippy::unwrap_used)]

mod world;

use kernel::flow::{Facts, WATCHES, matches};
use kernel::id::RunId;
use kernel::run::{Context, Input, Raise, Run, Status, advance};
use serde_json::{Map, Value, json};

fn flow(on: &Value, filters: Value) -> Value {
    json!({ "name": "Watcher", "on": on, "where": filters, "steps": [{ "id": "x", "set": { "x": 1 } }] })
}

/// What a run of a flow on this kind raises that fails at once.
fn raised(kind: &str) -> (Status, Vec<Raise>) {
    let steps = json!([{ "id": "no", "stop": { "status": "failed", "reason": "not today" } }]);
    let plan = world::plan(&json!({ "name": "Doomed", "on": [kind], "steps": steps })).unwrap();
    let event = world::object(json!({ "flow_id": "flow_1" }));
    let context = Context {
        plan: &plan,
        event: &event,
        now: "2026-11-20T12:00:00Z".parse().unwrap(),
    };
    let run = Run::new(RunId::new(1_763_640_000_000, 1, [1; 16]));
    let ended = advance(&context, run, Input::Started);
    let again = advance(&context, ended.run.clone(), Input::Woken);
    assert!(again.raise.is_empty(), "what is over is told once");
    (ended.run.status, ended.raise)
}

#[test]
fn a_run_that_fails_says_what_failed_where_and_in_which_flow() {
    let (status, raise) = raised("call.ended");
    let [raise] = raise.as_slice() else {
        panic!("{raise:?}")
    };
    assert_eq!(
        (status, raise.kind.as_str()),
        (Status::Failed, "run.failed")
    );
    let (error, failed) = (&raise.said["error"], &raise.said["failed"]);
    assert_eq!(error["message"], "not today");
    assert_eq!(
        (&failed["flow_id"], &failed["flow_name"]),
        (&json!("flow_1"), &json!("Doomed"))
    );
    assert_eq!(failed["started_at"], "2025-11-20T12:00:00Z");
    assert_eq!(failed["attempts"], 1);
}

#[test]
fn a_run_of_a_flow_that_watches_others_raises_nothing_when_it_fails() {
    for kind in WATCHES {
        assert_eq!(raised(kind), (Status::Failed, Vec::new()), "{kind}");
    }
}

#[test]
fn a_flow_cannot_both_watch_others_and_start_on_calls() {
    let problems = world::problems(&flow(&json!(["run.failed", "call.ended"]), json!({})));
    assert!(
        matches!(problems.as_slice(), [one] if one.contains("/on") && one.contains("not both")),
        "{problems:?}"
    );
    let both = flow(&json!(["run.failed", "flow.paused"]), json!({}));
    assert!(world::plan(&both).is_ok());
}

#[test]
fn filters_of_flows_are_for_flows_that_watch_others() {
    let filters = json!({ "flows": ["Lead"], "every_s": 60 });
    assert!(world::plan(&flow(&json!(["run.failed"]), filters.clone())).is_ok());
    let problems = world::problems(&flow(&json!(["call.ended"]), filters));
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[test]
fn a_watched_flow_is_named_by_its_name_or_its_id() {
    let trigger = |flows: Value| {
        world::plan(&flow(&json!(["run.failed"]), json!({ "flows": flows })))
            .unwrap()
            .trigger
    };
    let scope = Map::new();
    let facts = Facts {
        kind: "run.failed",
        settled: false,
        campaign: [None; 4],
        agent: [None; 4],
        disposition: None,
        status: None,
        connected: None,
        duration_s: None,
        numbers: [None; 2],
        flow: [Some("flow_1"), Some("Lead")],
        scope: &scope,
    };
    for (flows, starts) in [
        (json!([]), true),
        (json!(["Lead"]), true),
        (json!(["Other", "flow_1"]), true),
        (json!(["lead"]), false),
    ] {
        assert_eq!(matches(&trigger(flows.clone()), &facts), starts, "{flows}");
    }
}
