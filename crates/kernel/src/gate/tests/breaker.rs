//! A breaker: when it opens, how it probes, how it closes.

use super::*;

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
