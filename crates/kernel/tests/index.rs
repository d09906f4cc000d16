//! The index finds exactly the triggers that match, whatever they demand.
#![allow(clippy::unwrap_used)]

use kernel::flow::{Facts, Filters, Index, Trigger, matches};
use kernel::lang::{self, Expr};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const WORDS: [&str; 5] = ["a", "b", "A", "7", "ä"];
const NUMBERS: [&str; 7] = ["+1415*", "+14155550100", "*", "+1", "", "+1 4", "＋1*"];
const CONDITIONS: [&str; 16] = [
    "x == 'a'",
    "'7' == x",
    "x == 7.0 or x == '70e-1'",
    "x in ['a', 7, true]",
    "x in ['a', null]",
    "x == null",
    "x != 'a'",
    "x == 'a' and y == 'b'",
    "x == 'a' or y == 'b'",
    "x == 'a' or x == 'b' or x == 'A'",
    "not (x == 'a')",
    "y == 0 and x > 3",
    "x == [1]",
    "(x | lower) == 'a'",
    "${x} == 'a'",
    "o.k == true and x exists",
];

fn some<T: Clone + std::fmt::Debug + 'static>(of: &'static [T]) -> impl Strategy<Value = Vec<T>> {
    prop::collection::vec(prop::sample::select(of), 0..3)
}

fn triggers() -> impl Strategy<Value = Trigger> {
    let lists = [WORDS.as_slice(); 4].map(some);
    let [campaigns, agents, dispositions, statuses] = lists;
    let condition = prop::option::of(prop::sample::select(CONDITIONS.as_slice()));
    let kinds = some(&["call.ended", "call.answered"]);
    let rest = (
        any::<bool>(),
        prop::option::of(any::<bool>()),
        condition,
        kinds,
    );
    (
        campaigns,
        agents,
        dispositions,
        statuses,
        some(&NUMBERS),
        rest,
    )
        .prop_map(
            |(
                campaigns,
                agents,
                dispositions,
                statuses,
                numbers,
                (settles, connected, condition, kinds),
            )| {
                let own = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect();
                let low = |words: Vec<&str>| words.into_iter().map(str::to_lowercase).collect();
                Trigger {
                    every: None,
                    kinds: own(kinds),
                    settles,
                    condition: condition
                        .and_then(|source| Expr::parse(source, "", lang::Filters::default()).ok()),
                    filters: Filters {
                        campaigns: own(campaigns),
                        agents: own(agents),
                        dispositions: low(dispositions),
                        statuses: low(statuses),
                        numbers: own(numbers),
                        connected,
                        ..Filters::default()
                    },
                }
            },
        )
}

fn values() -> impl Strategy<Value = Value> {
    let values = [
        json!("a"),
        json!("b"),
        json!("A"),
        json!(7),
        json!("7"),
        json!(7.0),
        json!(0),
        json!(-0.0),
        json!(true),
        json!("true"),
        json!([1]),
        json!(null),
        json!(9_007_199_254_740_993_u64),
        json!("ä"),
    ];
    prop::sample::select(values.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_index_finds_what_matches_and_nothing_else(
        triggers in prop::collection::vec(triggers(), 0..40),
        words in prop::collection::vec(prop::option::of(prop::sample::select(WORDS.as_slice())), 6),
        numbers in prop::collection::vec(prop::option::of(prop::sample::select(vec!["+14155550100", "+1", "1 (415)", "＋1", ""])), 2),
        (x, y, k) in (values(), values(), values()),
        (kind, settled) in (prop::sample::select(vec!["call.ended", "call.answered"]), any::<bool>()),
        connected in prop::option::of(any::<bool>()),
    ) {
        let mut scope = Map::new();
        scope.insert("o".into(), json!({ "k": k }));
        scope.insert("y".into(), y);
        if x != "b" {
            scope.insert("x".into(), x);
        }
        let facts = Facts {
            kind,
            settled,
            campaign: [words[0], words[1]],
            agent: [words[2], words[3]],
            disposition: words[4],
            status: words[5],
            connected,
            duration_s: None,
            flow: [None, None],
            numbers: [numbers[0], numbers[1]],
            scope: &scope,
        };
        let found = Index::new(kind, triggers.iter()).matching(&facts, |at| &triggers[at]);
        let expected: Vec<usize> =
            (0..triggers.len()).filter(|at| matches(&triggers[*at], &facts)).collect();
        prop_assert_eq!(found, expected);
    }
}

/// What the index is for: few triggers are looked at, however many there are.
#[test]
fn only_triggers_that_may_match_are_looked_at() {
    let triggers: Vec<Trigger> = (0..1_000)
        .map(|at| Trigger {
            every: None,
            kinds: vec!["call.ended".into()],
            settles: false,
            condition: Expr::parse(
                &format!("campaign_name == 'c{at}' and x > 1"),
                "",
                lang::Filters::default(),
            )
            .ok(),
            filters: Filters {
                statuses: vec!["completed".into()],
                ..Filters::default()
            },
        })
        .collect();
    let scope = json!({ "campaign_name": "c7", "x": 2 });
    let facts = Facts {
        kind: "call.ended",
        settled: false,
        campaign: [None; 2],
        agent: [None; 2],
        disposition: None,
        status: Some("completed"),
        connected: None,
        duration_s: None,
        flow: [None, None],
        numbers: [None; 2],
        scope: scope.as_object().unwrap(),
    };
    let looked = std::cell::Cell::new(0);
    let found = Index::new("call.ended", triggers.iter()).matching(&facts, |at| {
        looked.set(looked.get() + 1);
        &triggers[at]
    });
    assert_eq!((found, looked.get()), (vec![7], 1));
}
