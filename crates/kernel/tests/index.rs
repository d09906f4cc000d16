//! The index finds exactly the triggers that match, whatever they demand.
#![allow(clippy::unwrap_used)]

use kernel::flow::{Facts, Filters, Index, Trigger, matches};
use kernel::lang::{self, Expr};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const WORDS: [&str; 5] = ["a", "b", "A", "7", "ä"];
const NUMBERS: [&str; 7] = ["+1415*", "+14155550100", "*", "+1", "", "+1 4", "＋1*"];
const CONDITIONS: [&str; 24] = [
    "x > 7",
    "x >= 7 and y < 3",
    "7 <= x",
    "7 > x and x > -1",
    "x < 9007199254740993",
    "x >= 9007199254740993",
    "x > 'a'",
    "x <= '7'",
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
        [seconds(), seconds()],
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
                (settles, connected, condition, kinds, [min_duration_s, max_duration_s]),
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
                        min_duration_s,
                        max_duration_s,
                        ..Filters::default()
                    },
                }
            },
        )
}

fn seconds() -> impl Strategy<Value = Option<f64>> {
    prop::option::of(prop::sample::select(vec![-0.0, 0.0, 59.9, 60.0]))
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
        (connected, duration_s) in (prop::option::of(any::<bool>()), seconds()),
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
            campaign: [words[0], words[1], None, None],
            agent: [words[2], words[3], None, None],
            disposition: words[4],
            status: words[5],
            connected,
            duration_s,
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
    let of_a_campaign = |at| format!("campaign_name == 'c{at}' and x > 1");
    assert_eq!(looked_at(of_a_campaign, None), (vec![7], 1));
    // The status of all of them is the same, so the bound decides, though it is no demand for one value.
    let above = |at| format!("x > {at}");
    assert_eq!(looked_at(above, None), (vec![0, 1], 3));
    let below = |at| format!("{at} > x and y exists");
    assert_eq!(looked_at(below, None), (vec![], 998));
    assert_eq!(
        looked_at(|_| "true".into(), Some(990.0)),
        (vec![990, 991, 992, 993, 994, 995, 996, 997, 998, 999], 10)
    );
}

/// Of 1,000 triggers with these conditions, and perhaps durations from 0 s on, those that match and how many were looked at.
fn looked_at(condition: impl Fn(usize) -> String, at_most_s: Option<f64>) -> (Vec<usize>, usize) {
    let triggers: Vec<Trigger> = (0..1_000)
        .map(|at| Trigger {
            every: None,
            kinds: vec!["call.ended".into()],
            settles: false,
            condition: Expr::parse(&condition(at), "", lang::Filters::default()).ok(),
            filters: Filters {
                statuses: vec!["completed".into()],
                max_duration_s: at_most_s.map(|_| at as f64),
                ..Filters::default()
            },
        })
        .collect();
    let scope = json!({ "campaign_name": "c7", "x": 2 });
    let facts = Facts {
        kind: "call.ended",
        settled: false,
        campaign: [None; 4],
        agent: [None; 4],
        disposition: None,
        status: Some("completed"),
        connected: None,
        duration_s: at_most_s,
        flow: [None, None],
        numbers: [None; 2],
        scope: scope.as_object().unwrap(),
    };
    let looked = std::cell::Cell::new(0);
    let found = Index::new("call.ended", triggers.iter()).matching(&facts, |at| {
        looked.set(looked.get() + 1);
        &triggers[at]
    });
    (found, looked.get())
}
