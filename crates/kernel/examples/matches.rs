//! Prints how long it takes to find the flows that an event starts, among 10 to 10,000.

use kernel::flow::{Facts, Filters, Index, Trigger, matches};
use kernel::lang::{self, Expr};
use serde_json::{Map, Value, json};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let scope = json!({
        "campaign_name": "Campaign 7", "duration": 125, "agent_name": "Agent 7",
        "outcome": { "interested": true, "priority": "high", "budget": 1200 }
    });
    let Value::Object(scope) = scope else { return };
    println!(
        "{:>7} {:>28} {:>8} {:>10} {:>10}",
        "flows", "filters", "started", "index ns", "each ns"
    );
    for flows in [10, 100, 1_000, 10_000] {
        for (name, make) in [
            ("mixed", mixed as fn(usize) -> Trigger),
            ("conditions nobody can index", conditions),
        ] {
            let triggers: Vec<Trigger> = (0..flows).map(make).collect();
            let index = Index::new("call.ended", triggers.iter());
            let facts = facts(&scope);
            let by_index = || index.matching(&facts, |at| &triggers[at]).len();
            let one_by_one = || {
                triggers
                    .iter()
                    .filter(|trigger| matches(trigger, &facts))
                    .count()
            };
            assert_eq!(by_index(), one_by_one());
            println!(
                "{flows:>7} {name:>28} {:>8} {:>10} {:>10}",
                by_index(),
                best(&by_index),
                best(&one_by_one)
            );
        }
    }
}

/// Of many short rounds; the others tell what else the machine was doing.
fn best(act: &dyn Fn() -> usize) -> u128 {
    let round = || {
        let started = Instant::now();
        for _ in 0..20 {
            black_box(act());
        }
        started.elapsed().as_nanos() / 20
    };
    (0..50).map(|_| round()).min().unwrap_or_default()
}

/// What workspaces have: most flows are for an agent, a campaign or a number, some for all calls of a kind.
fn mixed(at: usize) -> Trigger {
    let some = |name: &str| vec![format!("{name} {}", at / 10)];
    let filters = Filters::default();
    match at % 50 {
        0..20 => trigger(
            Filters {
                agents: some("Agent"),
                min_duration_s: Some(30.0),
                ..filters
            },
            None,
        ),
        20..30 => trigger(
            Filters {
                campaigns: some("Campaign"),
                statuses: vec!["completed".into()],
                ..filters
            },
            Some("outcome.interested == true and outcome.budget >= 1000"),
        ),
        30..38 => trigger(
            Filters {
                numbers: vec![format!("+1415555{at:04}"), format!("+49{at}*")],
                ..filters
            },
            None,
        ),
        38..48 => trigger(
            filters,
            Some(&format!(
                "campaign_name == 'Campaign {at}' and outcome.priority == 'high'"
            )),
        ),
        48 => trigger(filters, Some(&format!("duration > {}", 130 + at))),
        _ => trigger(
            Filters {
                min_duration_s: Some(600.0),
                ..filters
            },
            None,
        ),
    }
}

fn conditions(at: usize) -> Trigger {
    trigger(
        Filters::default(),
        Some(&format!("outcome.budget > {}", 5_000 + at)),
    )
}

fn trigger(filters: Filters, condition: Option<&str>) -> Trigger {
    let parse =
        |source| Expr::parse(source, "", lang::Filters::default()).expect("it is well written");
    Trigger {
        kinds: vec!["call.ended".into()],
        settles: false,
        every: None,
        condition: condition.map(parse),
        filters,
    }
}

fn facts(scope: &Map<String, Value>) -> Facts<'_> {
    Facts {
        kind: "call.ended",
        settled: false,
        flow: [None, None],
        campaign: [Some("c7"), Some("Campaign 7")],
        agent: [Some("a7"), Some("Agent 7")],
        disposition: Some("Interested"),
        status: Some("completed"),
        connected: Some(true),
        duration_s: Some(125.0),
        numbers: [Some("+14155550033"), Some("+4930123")],
        scope,
    }
}
