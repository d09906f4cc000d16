//! Whatever order, repetition and loss do to the messages of a platform's calls, each call ends once and settles once, and the same
//! messages lead to the same moments. The messages are those of the fixtures and, where they are at hand, of the shared facts.

use crate::world::{facts, json_file, now, post, provider};
use calls::{Call, Kind, Observation, fold};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use providers::all;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// What all messages say that are at hand of a platform.
pub fn messages_of(name: &str) -> Vec<Observation> {
    let mut bodies = fixtures(name);
    if let Some(folder) = facts(name) {
        let index = json_file(&folder.join("index.json"));
        let samples = index["samples"].as_array().unwrap().iter();
        for sample in samples.filter(|sample| sample["role"] == "request") {
            bodies.push(std::fs::read(folder.join(sample["file"].as_str().unwrap())).unwrap());
        }
    }
    let read = |body: &Vec<u8>| provider(name).read(&post(&[], body)).unwrap();
    bodies.iter().flat_map(read).collect()
}

/// The messages of every call of a platform. Samples use one id for calls of both directions, which are two calls then.
fn calls_of(name: &str) -> BTreeMap<String, Vec<Observation>> {
    let all = messages_of(name);
    let mut calls: BTreeMap<String, Vec<Observation>> = BTreeMap::new();
    for direction in ["inbound", "outbound"] {
        let of_it = |one: &&Observation| {
            one.call
                .direction
                .as_deref()
                .is_none_or(|way| way == direction)
        };
        for observation in all.iter().filter(of_it) {
            let id = format!("{} {direction}", observation.call.provider_call_id);
            let told = calls.entry(id).or_default();
            // Samples are variants of one message at times: no platform sends two under one key.
            if told.iter().all(|known| known.dedupe != observation.dedupe) {
                told.push(observation.clone());
            }
        }
    }
    calls
}

fn fixtures(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name);
    let Ok(files) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = files.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let body = |path: std::path::PathBuf| match &json_file(&path)["request"]["body"] {
        Value::String(text) => text.clone().into_bytes(),
        Value::Null => Vec::new(),
        body => body.to_string().into_bytes(),
    };
    paths
        .into_iter()
        .map(body)
        .filter(|body| !body.is_empty())
        .collect()
}

/// Tells the messages one after the other, then lets all timers fire.
fn tell<'a>(
    name: &str,
    told: impl IntoIterator<Item = &'a Observation>,
) -> (Call, BTreeMap<(Kind, bool), usize>) {
    let policy = provider(name).policy();
    let mut call: Option<Call> = None;
    let mut counts = BTreeMap::new();
    let mut count = |moments: &[calls::Moment]| {
        for moment in moments {
            *counts.entry((moment.kind, moment.settled)).or_default() += 1;
        }
    };
    for observation in told {
        let folded = fold(call.take(), observation, "e-1", now(), &policy);
        count(&folded.moments);
        call = Some(folded.call);
    }
    let mut call = call.unwrap();
    while let Some((timer, due)) = calls::fold::timers(&call)
        .into_iter()
        .min_by_key(|(_, due)| *due)
    {
        let folded = calls::expire(call, timer, due, &policy);
        count(&folded.moments);
        call = folded.call;
    }
    (call, counts)
}

fn is_awaited(told: &[&Observation]) -> bool {
    told.iter().any(|one| {
        let only_asked = !one.claims.is_empty()
            && one
                .claims
                .iter()
                .all(|kind| matches!(kind, Kind::Dialing | Kind::Incoming));
        one.claims.contains(&Kind::Ended) || !(one.made_up || only_asked)
    })
}

#[test]
fn in_any_order_with_repeats_and_losses_a_call_ends_once() {
    for provider in all() {
        let name = provider.name();
        for (id, told) in calls_of(name) {
            let mut runner = TestRunner::new(Config {
                failure_persistence: None,
                ..Config::with_cases(64)
            });
            let sent = prop::collection::vec(0..told.len(), 1..(told.len() * 3).max(2));
            let proven = runner.run(&sent, |sent| {
                let sent: Vec<&Observation> = sent.iter().map(|index| &told[*index]).collect();
                let (call, counts) = tell(name, sent.iter().copied());
                let ends = usize::from(is_awaited(&sent));
                prop_assert_eq!(
                    counts.get(&(Kind::Ended, false)).copied().unwrap_or(0),
                    ends
                );
                prop_assert_eq!(counts.get(&(Kind::Ended, true)).copied().unwrap_or(0), ends);
                prop_assert_eq!(call.settled, ends == 1);
                for ((kind, _), count) in counts {
                    prop_assert!(
                        !kind.is_one_shot() || count == 1,
                        "{} {} times",
                        kind.name(),
                        count
                    );
                }
                Ok(())
            });
            proven.unwrap_or_else(|failure| panic!("{name} {id}: {failure}"));
        }
    }
}

#[test]
fn all_messages_in_any_order_lead_to_the_same_moments_and_the_same_end() {
    for provider in all() {
        let name = provider.name();
        for (id, told) in calls_of(name) {
            let (expected, moments) = tell(name, &told);
            let mut runner = TestRunner::new(Config {
                failure_persistence: None,
                ..Config::with_cases(64)
            });
            let order = Just((0..told.len()).collect::<Vec<_>>()).prop_shuffle();
            let proven = runner.run(
                &(order, prop::collection::vec(0..told.len(), 0..6)),
                |(order, repeats)| {
                    let sent = order.iter().chain(&repeats).map(|index| &told[*index]);
                    let (call, found) = tell(name, sent);
                    let without_analyses = |counts: &BTreeMap<(Kind, bool), usize>| {
                        let mut counts = counts.clone();
                        // Which of two different analyses comes second depends on the order.
                        counts.remove(&(Kind::Reanalyzed, false));
                        counts
                    };
                    prop_assert_eq!(without_analyses(&found), without_analyses(&moments));
                    let facts = |call: &Call| {
                        let known = &call.snapshot;
                        (
                            known.direction.clone(),
                            known.parent_id.clone(),
                            known.session_id.clone(),
                            known.started_at,
                            known.answered_at,
                            known.connected,
                            known.transcript.len(),
                        )
                    };
                    prop_assert_eq!(facts(&call), facts(&expected));
                    Ok(())
                },
            );
            proven.unwrap_or_else(|failure| panic!("{name} {id}: {failure}"));
        }
    }
}
