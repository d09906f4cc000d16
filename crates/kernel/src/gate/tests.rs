//! Facts about gates: what passes, what is held and until when.

#![allow(clippy::unwrap_used)]

use super::breaker::{Breaker, Settings};
use super::bucket::{Rate, take};
use super::{Answer, Gate, Policy, State, Tally, Tick, Ticket, Verdict, Why};
use crate::Timestamp;
use jiff::SignedDuration;
use std::time::Duration;

fn s(seconds: u64) -> Tick {
    Duration::from_secs(seconds)
}

fn ms(millis: u64) -> Tick {
    Duration::from_millis(millis)
}

fn rate(count: u32, period: Duration, burst: u32) -> Rate {
    Rate {
        count,
        period,
        burst,
    }
}

fn settings() -> Settings {
    Settings {
        failures: 3,
        ..Settings::default()
    }
}

fn end(breaker: &mut Breaker, turn: u32, verdict: Verdict, now: Tick) {
    breaker.end(turn, verdict, now, &settings(), 7);
}

/// A breaker that has just opened at `now`.
fn open(now: Tick) -> Breaker {
    let mut breaker = Breaker::default();
    for _ in 0..3 {
        let turn = breaker.begin(now);
        end(&mut breaker, turn, Verdict::Failed, now);
    }
    assert_eq!(breaker.state(), State::Open);
    breaker
}

fn probe(breaker: &mut Breaker) -> (u32, Tick) {
    let at = breaker.next_probe().unwrap();
    assert_eq!(breaker.allows(at - ms(1)), Err(Some(at)));
    assert_eq!(breaker.allows(at), Ok(()));
    (breaker.begin(at), at)
}

#[test]
fn failures_in_a_row_open_it_and_anything_that_shows_life_does_not() {
    let mut breaker = Breaker::default();
    for verdict in [
        Verdict::Failed,
        Verdict::Failed,
        Verdict::Refused,
        Verdict::Failed,
        Verdict::Failed,
        Verdict::Nothing,
    ] {
        let turn = breaker.begin(s(1));
        end(&mut breaker, turn, verdict, s(1));
    }
    assert_eq!(
        (breaker.state(), breaker.failing_since()),
        (State::Closed, Some(s(1)))
    );
    let turn = breaker.begin(s(2));
    end(&mut breaker, turn, Verdict::Failed, s(2));
    assert_eq!(
        (breaker.state(), breaker.failing_since(), breaker.since()),
        (State::Open, Some(s(1)), s(2))
    );
}

#[test]
fn it_is_open_for_twice_as_long_each_time_up_to_a_bound() {
    let mut breaker = open(s(0));
    let mut waits = Vec::new();
    let mut began = s(0);
    for _ in 0..10 {
        let (turn, at) = probe(&mut breaker);
        waits.push((at - began).as_secs_f64());
        end(&mut breaker, turn, Verdict::Failed, at);
        began = at;
    }
    for (wait, most) in waits.iter().zip([
        5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 300.0, 300.0, 300.0, 300.0,
    ]) {
        assert!((most * 0.8..=most * 1.2).contains(wait), "{waits:?}");
    }
    assert_eq!(breaker.failing_since(), Some(s(0)));
}

#[test]
fn one_probes_at_a_time_and_one_that_hangs_does_not_hold_it_for_ever() {
    let mut breaker = open(s(0));
    let (hangs, at) = probe(&mut breaker);
    assert_eq!(breaker.allows(at), Err(Some(at + s(30))));
    assert_eq!(breaker.allows(at + s(30)), Ok(()));
    let second = breaker.begin(at + s(30));
    end(&mut breaker, second, Verdict::Well, at + s(31));
    assert_eq!(
        (breaker.state(), breaker.failing_since()),
        (State::HalfOpen, None)
    );
    end(&mut breaker, hangs, Verdict::Failed, at + s(40));
    assert_eq!(
        (breaker.state(), breaker.failing_since()),
        (State::HalfOpen, None)
    );
}

#[test]
fn a_probe_that_was_not_sent_makes_way_for_another() {
    let mut breaker = open(s(0));
    let (turn, at) = probe(&mut breaker);
    end(&mut breaker, turn, Verdict::Nothing, at);
    assert_eq!(breaker.allows(at), Ok(()));
}

#[test]
fn after_a_success_more_and_more_may_go_until_it_is_closed() {
    let mut breaker = open(s(0));
    let (turn, at) = probe(&mut breaker);
    end(&mut breaker, turn, Verdict::Well, at);
    let mut widths = Vec::new();
    while breaker.state() == State::HalfOpen {
        let mut turns = Vec::new();
        while breaker.allows(at).is_ok() {
            turns.push(breaker.begin(at));
        }
        widths.push(turns.len());
        turns
            .into_iter()
            .for_each(|turn| end(&mut breaker, turn, Verdict::Well, at));
    }
    assert_eq!(widths, [2, 4, 8, 16, 32]);
    assert_eq!(breaker.state(), State::Closed);
}

#[test]
fn without_traffic_it_closes_with_time() {
    let mut breaker = open(s(0));
    let (turn, at) = probe(&mut breaker);
    end(&mut breaker, turn, Verdict::Well, at);
    let mut now = at;
    while breaker.state() != State::Closed {
        now += s(30);
        assert_eq!(breaker.allows(now), Ok(()));
    }
    assert_eq!(now, at + s(150));
}

#[test]
fn while_it_closes_a_single_failure_only_slows_it_down() {
    let mut breaker = open(s(0));
    let (turn, at) = probe(&mut breaker);
    end(&mut breaker, turn, Verdict::Well, at);
    for verdict in [Verdict::Failed, Verdict::Failed, Verdict::Well] {
        let turn = breaker.begin(at);
        end(&mut breaker, turn, verdict, at);
        assert_eq!(breaker.state(), State::HalfOpen);
    }
    for _ in 0..3 {
        let turn = breaker.begin(at);
        end(&mut breaker, turn, Verdict::Failed, at);
    }
    assert_eq!(breaker.state(), State::Open);
}

#[test]
fn what_comes_back_late_changes_nothing() {
    let mut breaker = Breaker::default();
    let late: Vec<u32> = (0..64).map(|_| breaker.begin(s(0))).collect();
    for turn in &late[..3] {
        end(&mut breaker, *turn, Verdict::Failed, s(1));
    }
    let until = breaker.next_probe();
    for turn in &late[3..] {
        end(&mut breaker, *turn, Verdict::Failed, s(2));
        end(&mut breaker, *turn, Verdict::Well, s(2));
        end(&mut breaker, *turn, Verdict::Asked(s(900)), s(2));
    }
    assert_eq!(
        (breaker.state(), breaker.next_probe()),
        (State::Open, until)
    );
}

#[test]
fn a_receiver_may_ask_for_an_hour_and_not_for_more() {
    for (asked, waits) in [
        (s(7), s(7)),
        (s(99_999_999), s(3600)),
        (Duration::MAX, s(3600)),
    ] {
        let mut breaker = Breaker::default();
        let turn = breaker.begin(s(10));
        end(&mut breaker, turn, Verdict::Asked(asked), s(10));
        assert_eq!(
            (breaker.state(), breaker.next_probe()),
            (State::Limited, Some(s(10) + waits))
        );
    }
}

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(1_790_000_000_000 + ms).unwrap()
}

#[test]
fn after_a_rest_a_burst_goes_at_once_and_then_one_at_a_time() {
    let rate = rate(20, s(1), 5);
    let taken = take(&rate, None, at(0), 50).unwrap();
    // Five now, the others within the second that is taken ahead.
    assert_eq!(
        (taken.chunk.count, taken.chunk.first),
        (25, SignedDuration::from_millis(-200))
    );
    assert_eq!(taken.used_until, at(1250));
    assert_eq!(take(&rate, Some(taken.used_until), at(0), 1), Err(ms(1050)));
    let next = take(&rate, Some(taken.used_until), at(1050), 1).unwrap();
    assert_eq!(
        (next.chunk.count, next.chunk.first, next.used_until),
        (1, SignedDuration::ZERO, at(1300))
    );
}

#[test]
fn a_slow_rate_says_when_the_next_is_due() {
    let rate = rate(1, s(60), 1);
    let taken = take(&rate, None, at(0), 9).unwrap();
    assert_eq!((taken.chunk.count, taken.used_until), (1, at(60_000)));
    assert_eq!(
        take(&rate, Some(taken.used_until), at(20_000), 1),
        Err(s(40))
    );
}

#[test]
fn a_clock_that_went_back_stops_nobody() {
    let rate = rate(20, s(1), 5);
    for used_until in [at(86_400_000), Timestamp::MAX] {
        let taken = take(&rate, Some(used_until), at(0), 3).unwrap();
        // Now and then at the rate: no burst.
        assert_eq!(
            (taken.chunk.first, taken.used_until),
            (SignedDuration::ZERO, at(350))
        );
    }
    assert!(take(&rate, Some(Timestamp::MIN), at(0), 1).is_ok());
}

/// Takers that ask at any time, for any number, and spend each token at its time: in every window there are at most as many
/// as the rate allows.
#[test]
fn takers_together_never_pass_the_rate() {
    let mut x = 1u64;
    let mut draw = |most: u64| {
        x = x
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (x >> 33) % most
    };
    for _ in 0..20 {
        let rate = rate(
            1 + draw(40) as u32,
            ms(100 + draw(3000)),
            1 + draw(8) as u32,
        );
        let (mut used, mut now, mut spent) = (None, 0i64, Vec::new());
        for _ in 0..100 {
            now += draw(300) as i64;
            if let Ok(taken) = take(&rate, used, at(now), 1 + draw(20) as u32) {
                used = Some(taken.used_until);
                let base = at(now).as_nanosecond();
                spent.extend((0..taken.chunk.count).map(|n| {
                    let after = taken.chunk.first.as_nanos()
                        + i128::from(n) * taken.chunk.step.as_nanos() as i128;
                    base + after.max(0)
                }));
            }
        }
        spent.sort_unstable();
        assert!(spent.len() > 4);
        for (n, from) in spent.iter().enumerate() {
            for (m, to) in spent.iter().enumerate().skip(n) {
                let most = i128::from(rate.burst) + (to - from) / rate.step().as_nanos() as i128;
                assert!(
                    (m - n + 1) as i128 <= most,
                    "{rate:?}: {} from {from} to {to}",
                    m - n + 1
                );
            }
        }
    }
}

fn limited(rate: Rate) -> Gate {
    let mut gate = Gate::default();
    gate.set_policy(
        Policy {
            rate: Some(rate),
            ..Policy::default()
        },
        s(0),
    );
    gate
}

fn held(answer: Answer) -> (Why, Option<Tick>, u32) {
    match answer {
        Answer::Hold(hold) => (hold.why, hold.until, hold.wants),
        Answer::Go(ticket) => panic!("{ticket:?}"),
    }
}

fn go(gate: &mut Gate, now: Tick) -> Ticket {
    match gate.ask(now, 1) {
        Answer::Go(ticket) => ticket,
        Answer::Hold(hold) => panic!("{hold:?}"),
    }
}

#[test]
fn tokens_are_asked_for_once_and_spent_at_their_times() {
    let rate = rate(20, s(1), 2);
    let mut gate = limited(rate);
    assert_eq!(held(gate.ask(s(1), 4)), (Why::Rate, None, 4));
    assert_eq!(held(gate.ask(s(1), 4)), (Why::Rate, None, 0));
    let taken = take(&rate, None, at(0), 4).unwrap();
    gate.fill(rate, taken.chunk, s(1), s(1));
    go(&mut gate, s(1));
    go(&mut gate, s(1));
    assert_eq!(held(gate.ask(s(1), 2)), (Why::Rate, Some(ms(1050)), 0));
    go(&mut gate, ms(1050));
    // The fourth has lain too long.
    assert_eq!(held(gate.ask(s(3), 1)), (Why::Rate, None, 1));
    gate.refill_at(rate, s(4));
    assert_eq!(held(gate.ask(s(3), 1)), (Why::Rate, Some(s(4)), 0));
    assert_eq!(held(gate.ask(s(4), 1)), (Why::Rate, None, 1));
}

#[test]
fn a_token_of_a_slow_rate_waits_for_a_busy_node() {
    let rate = rate(1, s(60), 1);
    for (late, passes) in [(s(15), true), (s(16), false)] {
        let mut gate = limited(rate);
        gate.ask(s(1), 1);
        gate.fill(rate, take(&rate, None, at(0), 1).unwrap().chunk, s(1), s(1));
        let answer = gate.ask(s(1) + late, 1);
        assert_eq!(
            matches!(answer, Answer::Go(_)),
            passes,
            "{late:?}: {answer:?}"
        );
    }
}

#[test]
fn tokens_of_a_rate_that_was_changed_are_not_spent() {
    let (old, new) = (rate(20, s(1), 5), rate(1, s(60), 1));
    let mut gate = limited(old);
    gate.ask(s(1), 1);
    gate.set_policy(
        Policy {
            rate: Some(new),
            ..Policy::default()
        },
        s(1),
    );
    gate.fill(old, take(&old, None, at(0), 1).unwrap().chunk, s(1), s(1));
    assert_eq!(held(gate.ask(s(1), 1)), (Why::Rate, None, 1));
}

#[test]
fn what_a_person_holds_stays_and_then_resumes_one_by_one() {
    let mut gate = Gate::default();
    gate.set_policy(
        Policy {
            is_paused: true,
            ..Policy::default()
        },
        s(0),
    );
    assert_eq!(held(gate.ask(s(1), 9)), (Why::Paused, None, 0));
    assert_eq!(gate.state(), State::Paused);
    gate.set_policy(Policy::default(), s(2));
    go(&mut gate, s(2));
    assert_eq!(held(gate.ask(s(2), 8)).0, Why::Circuit);
}

#[test]
fn at_most_so_many_are_under_way_at_once() {
    let mut gate = Gate::default();
    gate.set_policy(
        Policy {
            at_once: Some(2),
            ..Policy::default()
        },
        s(0),
    );
    let first = go(&mut gate, s(1));
    go(&mut gate, s(1));
    assert_eq!(held(gate.ask(s(1), 1)), (Why::Concurrency, None, 0));
    gate.end(first, Verdict::Well, s(2), &settings(), 0);
    go(&mut gate, s(2));
}

#[test]
fn counts_are_of_the_last_minutes() {
    let mut tally = Tally::default();
    for second in [10, 290, 310, 590] {
        tally.count(Verdict::Well, s(second));
    }
    tally.count(Verdict::Failed, s(590));
    tally.count(Verdict::Nothing, s(590));
    assert_eq!(tally.sums(s(599)), (4, 1));
    assert_eq!(tally.sums(s(601)), (2, 1));
    assert_eq!(tally.sums(s(1200)), (0, 0));
}
