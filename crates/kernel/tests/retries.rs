//! The arithmetic of retries.
#![allow(clippy::unwrap_used)]

use kernel::retry::{Retry, Schedule, asked_for, next_attempt};
use proptest::prelude::*;
use std::time::Duration;

fn s(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn exponential(attempts: u32, first: u64, factor: f64, max: u64) -> Retry {
    Retry {
        attempts,
        schedule: Schedule::Exponential {
            first: s(first),
            factor,
            max: s(max),
        },
    }
}

/// Whether a wait is `seconds`, give or take a fifth.
fn is_about(wait: Option<Duration>, seconds: f64) -> bool {
    wait.is_some_and(|wait| (0.8 * seconds..=1.2 * seconds).contains(&wait.as_secs_f64()))
}

#[test]
fn the_default_is_five_attempts_over_about_three_minutes() {
    for (attempt, wait) in [(1, 2.0), (2, 8.0), (3, 32.0), (4, 128.0)] {
        assert!(
            is_about(next_attempt(&Retry::default(), attempt, 1), wait),
            "{attempt}"
        );
    }
    assert_eq!(next_attempt(&Retry::default(), 5, 1), None);
}

#[test]
fn a_wait_never_grows_beyond_its_maximum() {
    let retry = exponential(20, 10, 10.0, 600);
    assert!(is_about(next_attempt(&retry, 3, 1), 600.0));
    assert!(is_about(next_attempt(&retry, 19, 1), 600.0));
}

#[test]
fn a_fixed_schedule_repeats_its_last_wait() {
    let retry = Retry {
        attempts: 4,
        schedule: Schedule::Fixed(vec![s(5), s(300)]),
    };
    assert!(is_about(next_attempt(&retry, 1, 1), 5.0));
    assert!(is_about(next_attempt(&retry, 2, 1), 300.0));
    assert!(is_about(next_attempt(&retry, 3, 1), 300.0));
    assert_eq!(next_attempt(&retry, 4, 1), None);
    assert_eq!(
        next_attempt(
            &Retry {
                attempts: 4,
                schedule: Schedule::Fixed(Vec::new())
            },
            1,
            1
        ),
        None
    );
}

#[test]
fn the_same_seed_gives_the_same_wait_and_seeds_spread_evenly() {
    let retry = exponential(2, 100, 1.0, 100);
    let waits: Vec<f64> = (0..1000)
        .map(|seed| next_attempt(&retry, 1, seed).unwrap().as_secs_f64())
        .collect();
    assert_eq!(waits[7], next_attempt(&retry, 1, 7).unwrap().as_secs_f64());
    let mean = waits.iter().sum::<f64>() / 1000.0;
    let early = waits.iter().filter(|wait| **wait < 90.0).count();
    assert!((98.0..102.0).contains(&mean), "{mean}");
    assert!((200..300).contains(&early), "{early}");
}

#[test]
fn a_receiver_may_ask_for_later_but_not_for_sooner_or_for_ever() {
    assert_eq!(asked_for(s(0), s(10)), s(10));
    assert_eq!(asked_for(s(60), s(10)), s(60));
    assert_eq!(asked_for(s(99_999_999), s(10)), s(3_600));
    assert_eq!(asked_for(s(99_999_999), s(7_200)), s(7_200));
}

proptest! {
    #[test]
    fn any_retry_gives_a_wait_within_bounds(
        attempts in any::<u32>(), attempt in any::<u32>(), seed in any::<u64>(),
        first in any::<u64>(), max in any::<u64>(), factor in any::<f64>(),
    ) {
        let wait = next_attempt(&exponential(attempts, first, factor, max), attempt, seed);
        prop_assert_eq!(wait.is_some(), attempt < attempts);
        prop_assert!(wait.is_none_or(|wait| wait.as_secs_f64() <= 1.21 * max as f64));
    }
}
