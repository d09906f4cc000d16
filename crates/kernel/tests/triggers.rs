//! Which events start a flow.
#![allow(clippy::unwrap_used)]

mod world;

use kernel::flow::{Facts, Trigger, matches};
use serde_json::{Map, Value, json};

fn trigger(on: &str, filters: Value) -> Trigger {
    let steps = json!([{ "set": { "x": 1 } }]);
    world::plan(&json!({ "name": "A flow", "on": [on], "where": filters, "steps": steps }))
        .unwrap()
        .trigger
}

/// Ada's call: 125 s with Sarah in the campaign Sales.
fn facts(scope: &Map<String, Value>) -> Facts<'_> {
    Facts {
        kind: "call.ended",
        settled: false,
        campaign: [Some("Sales"), Some("k1")],
        agent: [Some("Sarah"), None],
        disposition: Some("Interested"),
        status: Some("completed"),
        connected: Some(true),
        duration_s: Some(125.0),
        flow: [None, None],
        numbers: [Some("+14155550100"), Some("+4930123")],
        scope,
    }
}

fn starts(filters: Value) -> bool {
    let trigger = trigger("call.ended", filters);
    let scope = world::object(json!({ "duration": 125, "outcome": { "budget": 5000 } }));
    matches(
        &trigger,
        &Facts {
            settled: trigger.settles,
            ..facts(&scope)
        },
    )
}

#[test]
fn every_given_filter_must_hold() {
    for (filters, holds) in [
        (json!({}), true),
        (
            json!({ "campaigns": [], "agents": [], "numbers": [], "connected": null, "max_duration_s": null }),
            true,
        ),
        (json!({ "campaigns": ["Other", "Sales"] }), true),
        (json!({ "campaigns": ["k1"], "agents": ["Sarah"] }), true),
        (json!({ "campaigns": ["sales"] }), false),
        (json!({ "campaigns": ["Sales"], "agents": ["Bob"] }), false),
        (
            json!({ "dispositions": ["call later", "INTERESTED"] }),
            true,
        ),
        (json!({ "dispositions": ["DNC"] }), false),
        (json!({ "statuses": ["Completed"] }), true),
        (json!({ "statuses": ["failed"] }), false),
        (json!({ "connected": true }), true),
        (json!({ "connected": false }), false),
        (
            json!({ "min_duration_s": 125, "max_duration_s": 125 }),
            true,
        ),
        (json!({ "min_duration_s": 126 }), false),
        (json!({ "max_duration_s": 124.5 }), false),
        (json!({ "numbers": ["+1 (415) *"] }), true),
        (json!({ "numbers": ["+49-30-123"] }), true),
        (json!({ "numbers": ["+4930"] }), false),
        (json!({ "if": "outcome.budget >= 1000" }), true),
        (json!({ "if": "outcome.budget >= 9000" }), false),
    ] {
        assert_eq!(starts(filters.clone()), holds, "{filters}");
    }
}

#[test]
fn what_is_not_known_does_not_pass_a_filter() {
    let scope = Map::new();
    let unknown = Facts {
        campaign: [None; 2],
        status: None,
        connected: None,
        duration_s: None,
        flow: [None, None],
        numbers: [None; 2],
        ..facts(&scope)
    };
    for filters in [
        json!({ "campaigns": ["Sales"] }),
        json!({ "statuses": ["completed"] }),
        json!({ "connected": false }),
        json!({ "min_duration_s": 0 }),
        json!({ "max_duration_s": 600 }),
        json!({ "numbers": ["*"] }),
    ] {
        assert!(
            !matches(&trigger("call.ended", filters.clone()), &unknown),
            "{filters}"
        );
    }
}

#[test]
fn a_condition_that_has_no_value_does_not_hold() {
    let scope = Map::new();
    let trigger = trigger("call.ended", json!({ "if": "duration | required" }));
    assert!(!matches(&trigger, &facts(&scope)));
}

#[test]
fn a_flow_starts_only_on_its_kinds() {
    let scope = Map::new();
    let answered = Facts {
        kind: "call.answered",
        ..facts(&scope)
    };
    assert!(matches(&trigger("call.answered", json!({})), &answered));
    assert!(!matches(&trigger("call.ended", json!({})), &answered));
    assert!(matches(
        &trigger("call.answered", json!({})),
        &Facts {
            settled: true,
            ..answered
        }
    ));
}

#[test]
fn an_ended_call_starts_a_flow_once_now_or_when_it_is_settled() {
    let starts = |document: Value| {
        let trigger = world::plan(&document).unwrap().trigger;
        let scope = world::object(json!({ "outcome": { "x": 1 } }));
        [false, true].map(|settled| {
            matches(
                &trigger,
                &Facts {
                    settled,
                    ..facts(&scope)
                },
            )
        })
    };
    let flow = |filters: Value, value: &str| json!({ "name": "A flow", "on": ["call.ended"], "where": filters, "steps": [{ "set": { "x": value } }] });
    assert_eq!(starts(flow(json!({}), "{{ duration }}")), [true, false]);
    assert_eq!(starts(flow(json!({}), "{{ outcome.x }}")), [false, true]);
    assert_eq!(
        starts(flow(json!({ "if": "outcome.x == 1" }), "")),
        [false, true]
    );
    assert_eq!(
        starts(flow(json!({ "dispositions": ["Interested"] }), "")),
        [false, true]
    );
}
