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
        campaign: [Some("Sales"), Some("k1"), None, None],
        agent: [Some("Sarah"), None, None, None],
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
        campaign: [None; 4],
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

fn why(filters: &Value, facts: &Facts<'_>) -> (bool, Vec<(String, String)>) {
    let steps = json!([{ "set": { "x": 1 } }]);
    let document =
        json!({ "name": "A flow", "on": ["call.ended"], "where": filters, "steps": steps });
    let trigger = world::plan(&document).unwrap().trigger;
    let facts = Facts {
        settled: trigger.settles,
        ..*facts
    };
    let why = kernel::flow::why_not(&document, &trigger, &facts, Default::default());
    let why = why.into_iter().map(|p| (p.path, p.message)).collect();
    (matches(&trigger, &facts), why)
}

#[test]
fn every_filter_that_refuses_says_what_it_wanted_and_what_it_saw() {
    let scope =
        world::object(json!({ "duration": 125, "outcome": { "budget": 500, "priority": "low" } }));
    let filters = json!({
        "campaigns": ["Other"], "agents": ["Bob"], "dispositions": ["DNC"], "statuses": ["failed"], "connected": false,
        "min_duration_s": 200, "max_duration_s": 300, "numbers": ["+99*"],
        "if": "duration > 10 and (outcome.budget >= 1000 and outcome.priority == 'high')"
    });
    let (holds, found) = why(&filters, &facts(&scope));
    assert!(!holds);
    let expected = [
        ("/where/campaigns", "wanted Other; saw Sales / k1"),
        ("/where/agents", "wanted Bob; saw Sarah"),
        ("/where/dispositions", "wanted dnc; saw Interested"),
        ("/where/statuses", "wanted failed; saw completed"),
        ("/where/connected", "wanted false; saw true"),
        ("/where/min_duration_s", "wanted at least 200 s; saw 125 s"),
        (
            "/where/numbers",
            "wanted +99*; saw +14155550100 and +4930123",
        ),
        (
            "/where/if",
            "`outcome.budget >= 1000` does not hold: `outcome.budget` is 500",
        ),
    ];
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(p, m)| (p.as_str(), m.as_str()))
        .collect();
    assert_eq!(found, expected);
    let blank = Facts {
        campaign: [None; 4],
        disposition: None,
        connected: None,
        duration_s: None,
        ..facts(&scope)
    };
    let (_, found) = why(
        &json!({"campaigns": ["Sales"], "min_duration_s": 1}),
        &blank,
    );
    assert!(
        found
            .iter()
            .all(|(_, message)| message.ends_with("this event does not say")),
        "{found:?}"
    );
}

proptest::proptest! {
    #[test]
    fn there_is_a_reason_exactly_when_an_event_does_not_match(
        chosen in proptest::collection::vec(0_usize..4, 9), budget in 0..3, duration in 0..3, connected: bool,
    ) {
        let some = |at: usize, values: [Value; 3]| values.get(chosen[at]).cloned().unwrap_or(Value::Null);
        let filters = json!({
            "campaigns": some(0, [json!(["Sales"]), json!(["k1", "x"]), json!(["no"])]),
            "agents": some(1, [json!(["Sarah"]), json!([]), json!(["Bob"])]),
            "dispositions": some(2, [json!(["interested"]), json!(["x"]), json!([])]),
            "statuses": some(3, [json!(["Completed"]), json!(["x"]), json!([])]),
            "connected": some(4, [json!(true), json!(false), Value::Null]),
            "min_duration_s": some(5, [json!(0), json!(1), json!(2)]),
            "max_duration_s": some(6, [json!(2), json!(3), json!(2.5)]),
            "numbers": some(7, [json!(["+1415*"]), json!(["+4930123"]), json!(["+7"])]),
            "if": some(8, [json!("outcome.budget > 0"), json!("not (outcome.budget == 1 or duration == 2)"), json!("gone")]),
        });
        let scope = world::object(json!({ "duration": duration, "outcome": { "budget": budget } }));
        let seen = Facts { connected: Some(connected), duration_s: Some(f64::from(duration)), ..facts(&scope) };
        let (holds, found) = why(&filters, &seen);
        proptest::prop_assert_eq!(holds, found.is_empty(), "{}: {:?}", filters, found);
    }
}
